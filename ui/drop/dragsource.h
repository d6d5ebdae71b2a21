// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>

#include <functional>

class QMimeData;
class QWidget;

namespace quintet::ui {

/// Makes a button a handle as well: pressed and pulled away, it drags a result out of the window. Owned by the handle.
class DragSource final : public QObject {
    Q_OBJECT

public:
    /// `data` makes what is dragged; null where there is nothing.
    DragSource(QWidget *handle, std::function<QMimeData *()> data);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::function<QMimeData *()> m_data;
    QPoint m_pressed;
    bool m_isPressed = false;
};

} // namespace quintet::ui
