// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"

#include <QWidget>

namespace quintet::ui {

class GridTable;

/// The first rows of a grid, drawn as plain as a table in a book; where they do not fit, cells lose their end.
class PreviewTable final : public QWidget {
    Q_OBJECT

public:
    PreviewTable(const agent::Grid &grid, int rows);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString textAt(int row, int column) const; ///< row -1: the titles
    std::vector<int> widths(int room) const;

    GridTable *m_table;
    std::vector<int> m_widths; ///< that the columns want
};

} // namespace quintet::ui
