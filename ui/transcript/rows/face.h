// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/leafblock.h"
#include "ui/theme/fonts.h"

#include <QHash>
#include <QTextLayout>

namespace quintet::ui {

struct Colors;

/// How a transcript is drawn: colours, fonts and lengths at a zoom. Counts the layouts made with it, for guards.
class Face final {
public:
    struct Work {
        qint64 layouts = 0;    ///< QTextLayouts laid out
        qint64 characters = 0; ///< in them
        qint64 live = 0;       ///< row views that exist
    };

    Face(const Colors &colors, double zoom) : m_colors(&colors), m_zoom(zoom) { }

    /// Views made before are to be made anew.
    void change(const Colors &colors, double zoom);

    const Colors &colors() const { return *m_colors; }
    double zoom() const { return m_zoom; }

    QFont font(TextStyle style) const;
    QFont headingFont(int level) const;

    /// A length of the design at this zoom, in whole pixels.
    double px(double length) const;

    /// Distance of two lines of text for reading in `font`.
    double readingPitch(const QFont &font) const;

    /// How the runs of a leaf are set, on top of `base`.
    QList<QTextLayout::FormatRange> formats(const text::LeafBlock &leaf, const QFont &base) const;

    /// Code in a text that is set in `base`.
    QFont codeFont(const QFont &base) const;

    Work &work() const { return m_work; }

private:
    QTextCharFormat format(quint16 styles, const QFont &base) const;

    const Colors *m_colors;
    double m_zoom;
    mutable QHash<std::pair<quint16, QString>, QTextCharFormat> m_formats; ///< made once each
    mutable Work m_work;
};

} // namespace quintet::ui
