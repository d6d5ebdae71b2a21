// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/rowview.h"
#include "ui/transcript/rows/textpiece.h"

namespace quintet::ui {

class PictureLoader;

/// A picture from a file of the user's, its description below.
class PictureRow final : public RowView {
public:
    PictureRow(const Face &face, PictureLoader &pictures) : RowView(face), m_pictures(pictures) { }

    bool update(const Row &row) override;
    double layOut(double width) override;
    void paint(QPainter *painter, const RowPaint &how) const override;
    int positionAt(QPointF point) const override;
    QRectF caretAt(int position) const override;
    text::Span lineAt(int position) const override;
    const std::vector<Target> &targets() const override { return m_targets; }
    double naturalWidth() const override { return m_width; }

private:
    PictureLoader &m_pictures;
    QString m_path;
    QString m_address;
    std::unique_ptr<TextPiece> m_caption;
    std::vector<Target> m_targets;
    QSizeF m_size; ///< of the picture
    double m_width = 0;
};

} // namespace quintet::ui
