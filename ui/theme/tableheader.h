// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QPalette>

namespace quintet::ui {

/// The names of a table's columns: flat, on what is around them, with a small arrow where the rows are sorted by one.
class TableHeader final : public QHeaderView {
    Q_OBJECT

public:
    /// `margin`: beside the words, in pixels.
    explicit TableHeader(const QString &name, QPalette::ColorRole fill = QPalette::Window, int margin = 8);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    QPalette::ColorRole m_fill;
    int m_margin; ///< beside the words
};

} // namespace quintet::ui
