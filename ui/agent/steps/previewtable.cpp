// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/previewtable.h"

#include "ui/agent/steps/gridtable.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace quintet::ui {

namespace {

constexpr int rowHeight = 32;
constexpr int padding = 10;
constexpr int widest = 280;
constexpr int narrowest = 40;
constexpr int least = 90; // of a column that has hardly anything in it

} // namespace

PreviewTable::PreviewTable(const agent::Grid &grid, int rows) : m_table(new GridTable(grid, rows, this))
{
    setObjectName(QStringLiteral("resultTable"));
    setAccessibleName(tr("Result"));
    setFont(fontFor(TextStyle::Base));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    QStringList words;
    for (int column = 0; column < m_table->columnCount(); ++column) {
        int width = least;
        for (int row = -1; row < m_table->rowCount(); ++row)
            width = std::max(width, fontMetrics().horizontalAdvance(textAt(row, column)) + 2 * padding + 2);
        m_widths.push_back(std::min(width, widest));
    }
    for (int row = -1; row < m_table->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_table->columnCount(); ++column)
            cells << textAt(row, column);
        words << cells.join(QStringLiteral(", "));
    }
    setAccessibleDescription(words.join(u'\n'));
}

QString PreviewTable::textAt(int row, int column) const
{
    return row < 0 ? m_table->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
                   : m_table->data(m_table->index(row, column), Qt::DisplayRole).toString().simplified();
}

QSize PreviewTable::sizeHint() const
{
    return {std::accumulate(m_widths.begin(), m_widths.end(), 2), rowHeight * (m_table->rowCount() + 1) + 1};
}

QSize PreviewTable::minimumSizeHint() const
{
    const int wanted = sizeHint().width();
    return {std::min(wanted, narrowest * int(m_widths.size())), sizeHint().height()};
}

/// What the columns get of `room`: less of the wide ones where it is short.
std::vector<int> PreviewTable::widths(int room) const
{
    std::vector<int> given = m_widths;
    int tooMuch = std::accumulate(given.begin(), given.end(), 2) - room;
    while (tooMuch > 0) {
        const auto largest = std::ranges::max_element(given);
        if (*largest <= narrowest)
            break;
        const int less = std::min(tooMuch, std::max(1, (*largest - narrowest) / 4));
        *largest -= less;
        tooMuch -= less;
    }
    return given;
}

void PreviewTable::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    const std::vector<int> given = widths(width());
    const int whole = std::min(width(), std::accumulate(given.begin(), given.end(), 2)) - 1;
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, whole, rowHeight), colors.sunken);
    for (int row = -1; row < m_table->rowCount(); ++row) {
        int x = 1;
        const int y = (row + 1) * rowHeight;
        painter.setPen(row < 0 ? colors.second : colors.text);
        for (size_t column = 0; column < given.size(); ++column) {
            const QRect cell(x + padding, y, given[column] - 2 * padding, rowHeight);
            const auto alignment = row < 0 ? m_table->headerData(int(column), Qt::Horizontal, Qt::TextAlignmentRole)
                                           : m_table->data(m_table->index(row, int(column)), Qt::TextAlignmentRole);
            painter.drawText(cell, alignment.toInt() | Qt::TextSingleLine,
                             fontMetrics().elidedText(textAt(row, int(column)), Qt::ElideRight, cell.width()));
            x += given[column];
        }
        painter.setPen(colors.line);
        painter.drawLine(0, y, whole, y);
    }
    painter.setPen(colors.line);
    painter.drawRect(QRect(0, 0, whole, height() - 1));
}

} // namespace quintet::ui
