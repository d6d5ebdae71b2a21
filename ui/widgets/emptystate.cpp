// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/widgets/button.h"
#include "ui/widgets/picture.h"

#include <QLabel>
#include <QVBoxLayout>

namespace quintet::ui {

EmptyState::EmptyState(const QString &name, const QIcon &icon, const QString &sentence, const QString &action)
    : m_action(new Button(name + QStringLiteral("Action"), action, Button::Plain, Button::Small)),
      m_sentence(new QLabel(sentence))
{
    setObjectName(name);
    setProperty("look", QStringLiteral("dropzone"));
    setFrameShape(QFrame::StyledPanel);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setForegroundRole(QPalette::Dark);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addWidget(new Picture(icon, 28, QIcon::Disabled), 0, Qt::AlignHCenter);
    column->addWidget(m_sentence);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

} // namespace quintet::ui
