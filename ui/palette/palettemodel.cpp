// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/palettemodel.h"

namespace quintet::ui {

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteEntry &row = entry(index.row());
    if (role == Qt::DisplayRole)
        return row.title;
    if (role == Qt::AccessibleTextRole) {
        QStringList words{row.title, row.category, row.shortcut, row.detail};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    return {};
}

} // namespace quintet::ui
