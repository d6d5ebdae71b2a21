// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmentedcontrol.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace quintet::ui {

SegmentedControl::SegmentedControl(const QString &name, const QString &accessibleName) : m_group(new QButtonGroup(this))
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT chosen(id);
    });
}

QAbstractButton *SegmentedControl::add(int id, const QString &name, const QString &text)
{
    auto *segment = new QPushButton(text);
    segment->setObjectName(name);
    segment->setAccessibleName(text);
    segment->setCheckable(true);
    segment->setAutoDefault(false);
    segment->setProperty("look", QStringLiteral("segment"));
    segment->setProperty("edge", m_group->buttons().isEmpty() ? QStringLiteral("first") : QStringLiteral("last"));
    if (m_group->buttons().size() > 1)
        m_group->buttons().constLast()->setProperty("edge", QStringLiteral("middle"));
    m_group->addButton(segment, id);
    layout()->addWidget(segment);
    return segment;
}

int SegmentedControl::current() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrent(int id)
{
    const QSignalBlocker blocker(m_group);
    if (QAbstractButton *button = m_group->button(id))
        button->setChecked(true);
}

QAbstractButton *SegmentedControl::segment(int id) const
{
    return m_group->button(id);
}

} // namespace quintet::ui
