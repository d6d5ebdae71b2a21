// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/charts/figuremodel.h"

namespace quintet::ui {

namespace {

int alignmentOf(int column)
{
    return int((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

void FigureModel::setFigures(Figures figures)
{
    beginResetModel();
    m_figures = std::move(figures);
    endResetModel();
}

int FigureModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_figures.rows.size());
}

int FigureModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_figures.columns.size());
}

QVariant FigureModel::data(const QModelIndex &index, int role) const
{
    const FigureCell &cell = m_figures.rows[size_t(index.row())][size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole: return cell.text;
    case Qt::UserRole: return cell.value;
    case Qt::ToolTipRole: return cell.hint.isEmpty() ? QVariant() : cell.hint.toHtmlEscaped();
    case Qt::TextAlignmentRole: return alignmentOf(index.column());
    // A screen reader says what the figure is.
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? cell.text
                                   : m_figures.columns[size_t(index.column())].title + QStringLiteral(": ") + cell.text;
    default: return {};
    }
}

QVariant FigureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const Figures::Column &column = m_figures.columns[size_t(section)];
    switch (role) {
    case Qt::DisplayRole: return column.title;
    case Qt::ToolTipRole: return column.hint.isEmpty() ? QVariant() : column.hint;
    case Qt::TextAlignmentRole: return alignmentOf(section);
    default: return {};
    }
}

} // namespace quintet::ui
