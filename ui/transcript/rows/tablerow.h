// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/rowview.h"
#include "ui/transcript/rows/textpiece.h"

namespace quintet::ui {

/// A row of a table. All rows of one have the same columns, so that each can be laid out alone.
class TableRow final : public RowView {
public:
    using RowView::RowView;

    bool update(const Row &row) override;
    double layOut(double width) override;
    void paint(QPainter *painter, const RowPaint &how) const override;
    int positionAt(QPointF point) const override;
    QRectF caretAt(int position) const override;
    text::Span lineAt(int position) const override;
    const std::vector<Target> &targets() const override { return m_targets; }
    double naturalWidth() const override { return m_width; }

private:
    struct Column {
        text::LeafBlock leaf; ///< the cell's text alone
        std::unique_ptr<TextPiece> piece;
        QRectF rect;
        QPointF origin;
        text::Span span; ///< in the row's text
    };

    const Column *columnOf(int position) const;
    void findTargets();

    Row m_row;
    std::vector<Column> m_columns;
    std::vector<Target> m_targets;
    double m_width = 0;
    double m_indent = 0;
    double m_height = 0;
};

} // namespace quintet::ui
