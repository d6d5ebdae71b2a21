// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/errorstrip.h"

#include "ui/widgets/button.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace quintet::ui {

ErrorStrip::ErrorStrip(const QString &name, const QMargins &around, Kind kind)
    : m_message(new QLabel),
      m_action(new Button(name + QStringLiteral("Action"), {}, Button::Plain, Button::Small))
{
    setObjectName(name);
    auto *frame = new QFrame;
    frame->setProperty("look", kind == Failure ? QStringLiteral("errorcard") : QStringLiteral("notice"));
    frame->setFrameShape(QFrame::StyledPanel);
    auto *outside = new QVBoxLayout(this);
    outside->setContentsMargins(around);
    outside->addWidget(frame);
    setAccessibleName(kind == Failure ? tr("Error") : tr("Notice"));
    m_message->setObjectName(name + QStringLiteral("Message"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(14, 8, 10, 8);
    row->setSpacing(12);
    row->addWidget(m_message, 1);
    row->addWidget(m_action);
    auto *close = new Button(name + QStringLiteral("Close"), tr("Dismiss"), Button::Quiet, Button::Small);
    row->addWidget(close);
    connect(m_action, &Button::clicked, this, &ErrorStrip::actionChosen);
    connect(close, &Button::clicked, this, &ErrorStrip::hide);
    hide();
}

void ErrorStrip::showError(const QString &message, const QString &action)
{
    m_message->setText(message);
    setAccessibleDescription(message);
    m_action->setText(action);
    m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString ErrorStrip::message() const
{
    return m_message->text();
}

} // namespace quintet::ui
