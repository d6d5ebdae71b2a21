// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"

#include <QAbstractTableModel>

namespace quintet::ui {

/// A grid as a model: numbers right-aligned, in the user's own way of writing them.
class GridTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    /// `most`: rows that are shown; 0: all.
    GridTable(agent::Grid grid, int most, QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const agent::Grid &grid() const { return m_grid; }

private:
    agent::Grid m_grid;
    int m_rows;
    std::vector<int> m_decimals; ///< of each column of numbers
};

/// A value as it is shown: null as nothing, numbers grouped.
QString shownValue(const QJsonValue &value, int decimals);

/// "1 row", "12 rows", "100 rows and more".
QString rowsWord(const agent::Grid &grid);

} // namespace quintet::ui
