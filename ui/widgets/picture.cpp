// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture.h"

#include <QPainter>

namespace quintet::ui {

Picture::Picture(const QIcon &icon, int size, QIcon::Mode mode) : m_icon(icon), m_mode(mode)
{
    setFixedSize(size, size);
}

void Picture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_icon.paint(&painter, rect(), Qt::AlignCenter, m_mode);
}

} // namespace quintet::ui
