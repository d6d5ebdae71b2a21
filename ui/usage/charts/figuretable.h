// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/charts/figuremodel.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace quintet::ui {

/// A table of figures: a click on a title sorts by it, Ctrl+C copies the chosen rows. As high as its rows, up to a
/// dozen of them.
class FigureTable final : public QTableView {
    Q_OBJECT

public:
    FigureTable(const QString &name, const QString &accessibleName);

    /// Keeps the sorting where it was chosen.
    void setFigures(Figures figures);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, 80}; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();

    FigureModel *m_model;
    QSortFilterProxyModel *m_sorted;
};

} // namespace quintet::ui
