// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <QTextLayout>

#include <functional>
#include <memory>
#include <vector>

namespace quintet::ui {

class Face;

/// A stretch of text set in lines of one width, that can grow at its end at constant cost: it is laid out in segments
/// that end where a line ends, and setText() keeps those that nothing changed in.
class TextPiece final {
public:
    struct Setting {
        QFont font;
        QColor color;
        double pitch = 0; ///< least distance of two lines
        bool wraps = true;
        Qt::Alignment alignment = Qt::AlignLeading;

        bool operator==(const Setting &) const = default;
    };

    TextPiece(const Face &face, const Setting &setting) : m_face(face), m_setting(setting) { }

    /// `formats` are in order and do not overlap. Lays out by the next layOut().
    void setText(const QString &text, const QList<QTextLayout::FormatRange> &formats);
    void setWraps(bool wraps);
    const QString &text() const { return m_text; }

    /// Lays out what is not yet; the height.
    double layOut(double width);
    double height() const { return m_height; }
    double changedFrom() const { return m_changedFrom; } ///< y from which the last layOut() made anything new
    double textWidth() const;                            ///< of the widest line

    void draw(QPainter *painter, QPointF origin, const QRectF &clip,
              const QList<QTextLayout::FormatRange> &selections = {}) const;

    /// The place between characters that is nearest to `point`.
    int positionAt(QPointF point) const;

    /// Where a caret stands at `position`.
    QRectF caretAt(int position) const;

    /// Calls for each line's part of `span`; `padding` goes on either side.
    void forEachRect(text::Span span, const std::function<void(QRectF)> &visit, double padding = 0) const;

    /// The positions whose lines reach into [top, bottom).
    text::Span between(double top, double bottom) const;

    /// Where the line of `position` starts and ends.
    text::Span lineAt(int position) const;

private:
    struct Segment {
        int start = 0;
        int end = 0;
        std::unique_ptr<QTextLayout> layout; ///< of a line more, where the text goes on
        int lines = 0;                       ///< of the layout's, those that are ours
        double y = 0;
        double height = 0;
    };

    Segment makeSegment(int start, double y) const;
    double lineTop(const QTextLine &line) const;
    double layOutLines(QTextLayout &layout) const;
    const Segment *segmentAt(int position) const;

    const Face &m_face;
    Setting m_setting;
    QString m_text;
    QList<QTextLayout::FormatRange> m_formats;
    std::vector<Segment> m_segments;
    double m_width = -1;
    double m_height = 0;
    double m_changedFrom = 0;
    bool m_isRightToLeft = false;
};

} // namespace quintet::ui
