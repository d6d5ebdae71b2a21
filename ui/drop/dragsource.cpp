// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/drop/dragsource.h"

#include "ui/drop/dragout.h"

#include <QAbstractButton>
#include <QMimeData>
#include <QMouseEvent>

namespace quintet::ui {

DragSource::DragSource(QWidget *handle, std::function<QMimeData *()> data) : QObject(handle), m_data(std::move(data))
{
    handle->installEventFilter(this);
}

bool DragSource::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        m_isPressed = mouse->button() == Qt::LeftButton;
        m_pressed = mouse->position().toPoint();
    } else if (event->type() == QEvent::MouseMove && m_isPressed) {
        if (!isDragged(m_pressed, static_cast<QMouseEvent *>(event)->position().toPoint()))
            return false;
        m_isPressed = false;
        QMimeData *data = m_data();
        if (!data)
            return false;
        if (auto *button = qobject_cast<QAbstractButton *>(watched))
            button->setDown(false); // it was pulled, not clicked
        dragOut(watched, data);
        return true;
    } else if (event->type() == QEvent::MouseButtonRelease) {
        m_isPressed = false;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace quintet::ui
