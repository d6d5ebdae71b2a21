// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"

#include <QWidget>

class QTableView;

namespace quintet::ui {

/// The rows that a query gave: the first of them, a chart beside them where one suits, and the way to all of them and
/// to a CSV file.
class GridView final : public QWidget {
    Q_OBJECT

public:
    explicit GridView(const agent::Grid &grid);

private:
    QTableView *makeTable();
    QWidget *makeFoot();
    void showAll();
    void save();

    agent::Grid m_grid;
};

} // namespace quintet::ui
