// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include <QKeyEvent>
#include <QStyle>
#include <QToolButton>

namespace quintet::ui {

namespace {

constexpr int crossSize = 18;

} // namespace

Chip::Chip(const QString &name, const QString &text, const QIcon &cross)
    : QPushButton(text),
      m_cross(new QToolButton(this))
{
    setObjectName(name);
    setAccessibleName(text);
    setProperty("look", QStringLiteral("chip"));
    setProperty("trailing", crossSize - 4);
    setCheckable(true);
    setAutoDefault(false);
    m_cross->setObjectName(name + QStringLiteral("Remove"));
    m_cross->setAccessibleName(tr("Remove %1").arg(text));
    m_cross->setToolTip(m_cross->accessibleName());
    m_cross->setIcon(cross);
    m_cross->setIconSize(QSize(12, 12));
    m_cross->setAutoRaise(true);
    m_cross->setFocusPolicy(Qt::NoFocus); // by keyboard it is the Delete key on the chip
    connect(m_cross, &QToolButton::clicked, this, &Chip::removalAsked);
}

void Chip::resizeEvent(QResizeEvent *)
{
    const QRect place(width() - crossSize - 4, (height() - crossSize) / 2, crossSize, crossSize);
    m_cross->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        Q_EMIT removalAsked();
    else
        QPushButton::keyPressEvent(event);
}

} // namespace quintet::ui
