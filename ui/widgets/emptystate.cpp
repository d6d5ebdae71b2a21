// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/widgets/button.h"
#include "ui/widgets/picture.h"

#include <QLabel>
#include <QVBoxLayout>

namespace quintet::ui {

EmptyState::EmptyState(const QString &name, const QIcon &icon, const QString &sentence, const QString &action)
    : m_action(new Button(name + QStringLiteral("Action"), action, Button::Plain, Button::Small))
{
    setObjectName(name);
    setProperty("look", QStringLiteral("dropzone"));
    setFrameShape(QFrame::StyledPanel);
    auto *text = new QLabel(sentence);
    text->setTextFormat(Qt::PlainText);
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::Dark);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addWidget(new Picture(icon, 28, QIcon::Disabled), 0, Qt::AlignHCenter);
    column->addWidget(text);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
}

} // namespace quintet::ui
