// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/rowview.h"
#include "ui/transcript/rows/textpiece.h"

namespace quintet::ui {

/// A line of text with buttons, plain or in a frame.
class CardRow final : public RowView {
public:
    using RowView::RowView;

    bool update(const Row &row) override;
    double layOut(double width) override;
    void paint(QPainter *painter, const RowPaint &how) const override;
    int positionAt(QPointF point) const override;
    QRectF caretAt(int position) const override;
    text::Span lineAt(int position) const override;
    const std::vector<Target> &targets() const override { return m_targets; }
    double naturalWidth() const override;

private:
    void findTargets();
    double placeButtons(double top);
    void paintButton(QPainter *painter, const Card::Button &button, const Target &target, bool isHovered) const;

    Row m_row;
    std::unique_ptr<TextPiece> m_piece;
    std::vector<Target> m_targets;
    size_t m_firstButton = 0; ///< among the targets
    double m_width = 0;
    double m_height = 0;
    QPointF m_origin;
};

} // namespace quintet::ui
