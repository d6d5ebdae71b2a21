// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/gridtable.h"

#include "ui/theme/colors.h"

#include <QApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

namespace {

constexpr double mostGrouped = 1e15;

bool isWhole(double number)
{
    return std::floor(number) == number && std::abs(number) < mostGrouped;
}

/// Two where any is broken, so that they stand under each other; else none.
int decimalsOf(const agent::Grid &grid, qsizetype column)
{
    const bool isBroken = std::ranges::any_of(grid.rows, [column](const QJsonArray &row) {
        return row.at(column).isDouble() && !isWhole(row.at(column).toDouble());
    });
    return isBroken ? 2 : 0;
}

} // namespace

QString shownValue(const QJsonValue &value, int decimals)
{
    if (value.isDouble()) {
        const double number = value.toDouble();
        const bool isSmall = number != 0 && std::abs(number) < 0.01;
        return isSmall || std::abs(number) >= mostGrouped ? QLocale().toString(number, 'g', 6)
                                                          : QLocale().toString(number, 'f', decimals);
    }
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    return value.toString();
}

GridTable::GridTable(agent::Grid grid, int most, QObject *parent)
    : QAbstractTableModel(parent),
      m_grid(std::move(grid)),
      m_rows(most > 0 ? std::min(most, int(m_grid.rows.size())) : int(m_grid.rows.size()))
{
    for (qsizetype i = 0; i < m_grid.columns.size(); ++i)
        m_decimals.push_back(decimalsOf(m_grid, i));
}

int GridTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int GridTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_grid.columns.size());
}

QVariant GridTable::data(const QModelIndex &index, int role) const
{
    const QJsonValue value = m_grid.rows[size_t(index.row())].at(index.column());
    switch (role) {
    case Qt::DisplayRole: return shownValue(value, m_decimals[size_t(index.column())]);
    case Qt::ToolTipRole: return value.isString() && value.toString().size() > 30 ? value.toString() : QVariant();
    case Qt::TextAlignmentRole: return int((value.isDouble() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant GridTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const bool isNumbers = !m_grid.rows.empty() && m_grid.rows.front().at(section).isDouble();
    switch (role) {
    case Qt::DisplayRole: return m_grid.columns[section];
    case Qt::TextAlignmentRole: return int((isNumbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

QString rowsWord(const agent::Grid &grid)
{
    const auto count = static_cast<int>(grid.rows.size());
    if (!grid.isWhole)
        return GridTable::tr("%Ln row(s) and more", nullptr, count);
    return GridTable::tr("%Ln row(s)", nullptr, count);
}

} // namespace quintet::ui
