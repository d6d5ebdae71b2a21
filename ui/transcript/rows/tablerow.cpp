// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/tablerow.h"

#include "ui/theme/colors.h"
#include "ui/transcript/rows/paint.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quintet::ui {

namespace {

Qt::Alignment alignmentOf(text::Alignment alignment)
{
    switch (alignment) {
    case text::Alignment::Start: return Qt::AlignLeading;
    case text::Alignment::Left: return Qt::AlignLeft | Qt::AlignAbsolute;
    case text::Alignment::Center: return Qt::AlignHCenter;
    case text::Alignment::Right: return Qt::AlignRight | Qt::AlignAbsolute;
    }
    Q_UNREACHABLE();
}

text::LeafBlock cellOf(const text::LeafBlock &row, text::Span span)
{
    text::LeafBlock cell;
    cell.text = row.text.sliced(span.start, span.size());
    for (text::Run run : row.runs) {
        if (run.span.start < span.start || run.span.end > span.end) {
            run.span = {std::max(run.span.start, span.start), std::min(run.span.end, span.end)};
            if (run.span.isEmpty())
                continue;
        }
        run.span = {run.span.start - span.start, run.span.end - span.start};
        cell.runs.push_back(run);
    }
    return cell;
}

} // namespace

bool TableRow::update(const Row &row)
{
    const text::LeafBlock *leaf = row.leaf();
    if (!leaf || leaf->kind != text::LeafKind::TableRow)
        return false;
    m_row = row;
    m_columns.clear();
    QFont font = face().font(m_row.isInset ? TextStyle::Small : TextStyle::Base);
    if (leaf->isFirst)
        font.setWeight(QFont::Medium);
    for (const text::Cell &cell : leaf->cells) {
        Column column{.leaf = cellOf(*leaf, cell.span), .span = cell.span};
        column.piece = std::make_unique<TextPiece>(
            face(), TextPiece::Setting{.font = font,
                                       .color = leaf->isFirst ? face().colors().second : face().colors().text,
                                       .pitch = face().px(19),
                                       .alignment = alignmentOf(cell.alignment)});
        column.piece->setText(column.leaf.text, face().formats(column.leaf, font));
        m_columns.push_back(std::move(column));
    }
    return true;
}

double TableRow::layOut(double width)
{
    const text::LeafBlock &leaf = *m_row.leaf();
    m_width = width;
    m_indent = m_row.isInset ? face().px(16) : 0;
    for (const text::Container &container : leaf.containers)
        m_indent += face().px(container.kind == text::Container::Item ? 24 : 16);
    m_indent = std::min(m_indent, width / 2);
    const QSizeF padding(face().px(10), face().px(7));
    // Each column has the room of a few characters, the rest goes by what stands in it.
    const double all = std::accumulate(leaf.columns.begin(), leaf.columns.end(), 4.0 * double(leaf.columns.size()));
    double x = m_indent;
    double height = face().px(19);
    for (size_t i = 0; i < m_columns.size(); ++i) {
        Column &column = m_columns[i];
        const double share = qsizetype(i) < leaf.columns.size() ? leaf.columns[qsizetype(i)] + 4 : 4;
        const bool isLast = i + 1 == m_columns.size();
        const double columnWidth = isLast ? width - x : std::round((width - m_indent) * share / std::max(all, 1.0));
        column.rect = {x, 0, columnWidth, 0};
        column.origin = {x + padding.width(), padding.height()};
        height = std::max(height, column.piece->layOut(std::max(columnWidth - 2 * padding.width(), 8.0)));
        x += columnWidth;
    }
    m_height = height + 2 * padding.height() + (leaf.isFirst ? 1 : 0);
    findTargets();
    return m_height;
}

void TableRow::findTargets()
{
    m_targets.clear();
    for (Column &column : m_columns) {
        column.rect.setHeight(m_height);
        for (const text::Run &run : column.leaf.runs) {
            if (!(run.styles & (text::LinkStyle | text::CitationStyle)))
                continue;
            m_targets.push_back({run.styles & text::LinkStyle ? Target::Link : Target::Citation,
                                 run.target,
                                 run.span.of(column.leaf.text).toString(),
                                 {}});
            column.piece->forEachRect(
                run.span, [&](QRectF rect) { m_targets.back().rects.push_back(rect.translated(column.origin)); });
        }
    }
}

void TableRow::paint(QPainter *painter, const RowPaint &how) const
{
    const Colors &colors = face().colors();
    const bool isHead = m_row.leaf()->isFirst;
    const QRectF box(m_indent, 0, m_width - m_indent, m_height);
    if (isHead)
        painter->fillRect(box, colors.sunken);
    if (isHead)
        painter->fillRect(QRectF(box.left(), 0, box.width(), 1), colors.line);
    painter->fillRect(QRectF(box.left(), m_height - 1, box.width(), 1), colors.line);
    for (const double x : {box.left(), box.right() - 1})
        painter->fillRect(QRectF(x, 0, 1, m_height), colors.line);
    for (const Column &column : m_columns) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mixed(colors.surface, colors.text, 0.06));
        for (const text::Run &run : column.leaf.runs) {
            if (run.styles & (text::CodeStyle | text::FormulaStyle))
                column.piece->forEachRect(
                    run.span, [&](QRectF rect) { painter->drawRoundedRect(rect.translated(column.origin), 4, 4); }, 2);
        }
        column.piece->draw(painter, column.origin, how.clip, overlays(how, face(), column.span));
    }
    paintFocus(painter, m_targets, how, face());
}

const TableRow::Column *TableRow::columnOf(int position) const
{
    if (m_columns.empty())
        return nullptr;
    const auto found =
        std::ranges::find_if(m_columns, [position](const Column &each) { return position <= each.span.end; });
    return found == m_columns.end() ? &m_columns.back() : &*found;
}

int TableRow::positionAt(QPointF point) const
{
    if (m_columns.empty())
        return 0;
    auto column =
        std::ranges::find_if(m_columns, [point](const Column &each) { return point.x() < each.rect.right(); });
    if (column == m_columns.end())
        --column;
    return static_cast<int>(column->span.start) + column->piece->positionAt(point - column->origin);
}

QRectF TableRow::caretAt(int position) const
{
    const Column *column = columnOf(position);
    return column ? column->piece->caretAt(position - static_cast<int>(column->span.start)).translated(column->origin)
                  : QRectF();
}

text::Span TableRow::lineAt(int position) const
{
    const Column *column = columnOf(position);
    if (!column)
        return {};
    const text::Span line = column->piece->lineAt(position - static_cast<int>(column->span.start));
    return {line.start + column->span.start, line.end + column->span.start};
}

} // namespace quintet::ui
