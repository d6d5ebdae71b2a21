// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace quintet::ui {

/// The names of the table's columns: flat, on the background, with a small arrow where the rows are sorted by one.
class ItemHeader final : public QHeaderView {
    Q_OBJECT

public:
    ItemHeader();

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace quintet::ui
