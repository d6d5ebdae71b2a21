// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/rowview.h"
#include "ui/transcript/rows/textpiece.h"

namespace quintet::ui {

/// A paragraph, heading, formula or rule, in the lists and quotes that it stands in.
class ProseRow final : public RowView {
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
    double changedFrom() const override { return m_piece->changedFrom(); }

private:
    QFont baseFont() const;
    double indentOf(const text::Container &container) const;
    void findTargets();
    void paintContainers(QPainter *painter) const;
    void paintChips(QPainter *painter, const QRectF &clip) const;

    Row m_row;
    std::unique_ptr<TextPiece> m_piece;
    std::vector<Target> m_targets;
    double m_width = 0;
    double m_indent = 0;
    double m_height = 0;
    QPointF m_origin; ///< of the text
    bool m_isRightToLeft = false;
};

} // namespace quintet::ui
