// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/foldingbar.h"

#include <QBoxLayout>
#include <QEvent>

namespace quintet::ui {

FoldingBar::FoldingBar(QWidget *start, QWidget *end)
    : m_start(start),
      m_end(end),
      m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_row->setContentsMargins(16, 10, 16, 10);
    m_row->setSpacing(8);
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
    m_row->addWidget(start, 0, Qt::AlignLeft | Qt::AlignVCenter);
    m_row->addWidget(end, 0, Qt::AlignRight | Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

bool FoldingBar::isFolded() const
{
    return m_row->direction() == QBoxLayout::TopToBottom;
}

QSize FoldingBar::minimumSizeHint() const
{
    const QMargins margins = m_row->contentsMargins();
    const int width = std::max(m_start->minimumSizeHint().width(), m_end->minimumSizeHint().width());
    return {width + margins.left() + margins.right(), sizeHint().height()};
}

QSize FoldingBar::sizeHint() const
{
    const QMargins margins = m_row->contentsMargins();
    const QSize start = m_start->sizeHint();
    const QSize end = m_end->sizeHint();
    const int height =
        isFolded() ? start.height() + m_row->spacing() + end.height() : std::max(start.height(), end.height());
    return {start.width() + m_row->spacing() + end.width() + margins.left() + margins.right(),
            height + margins.top() + margins.bottom()};
}

void FoldingBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

bool FoldingBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        fold();
    return QWidget::event(event);
}

void FoldingBar::fold()
{
    const auto direction = sizeHint().width() > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (direction == m_row->direction())
        return;
    m_row->setDirection(direction);
    updateGeometry();
}

} // namespace quintet::ui
