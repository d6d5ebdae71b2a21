// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

namespace quintet::ui {

/// An icon beside a text, drawn when it is painted, so that it follows the theme and the screen. The mode says in which
/// colour: Normal as text, Active in the second, Disabled in the third, Selected in the accent.
class Picture final : public QWidget {
    Q_OBJECT

public:
    Picture(const QIcon &icon, int size, QIcon::Mode mode = QIcon::Normal);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    QIcon::Mode m_mode;
};

} // namespace quintet::ui
