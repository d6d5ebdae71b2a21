// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/findbar.h"

#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace quintet::ui {

using namespace Qt::StringLiterals;

FindBar::FindBar(QWidget *parent) : QFrame(parent)
{
    setObjectName(u"findBar"_s);
    setProperty("look", u"card"_s);
    setAutoFillBackground(true);
    m_words = new QLineEdit;
    m_words->setObjectName(u"findWords"_s);
    m_words->setAccessibleName(tr("Find in the conversation"));
    m_words->setPlaceholderText(tr("Find"));
    m_words->setClearButtonEnabled(true);
    if (auto *clear = m_words->findChild<QToolButton *>()) {
        clear->setObjectName(u"findWordsClear"_s);
        clear->setAccessibleName(tr("Clear the search"));
    }
    m_count = makeLabel({}, TextStyle::Facts, Tone::Second);
    m_count->setMinimumWidth(64);
    auto *previous = new Button(u"findPrevious"_s, tr("Previous"), Button::Quiet, Button::Small);
    auto *next = new Button(u"findNext"_s, tr("Next"), Button::Quiet, Button::Small);
    auto *close = new Button(u"findClose"_s, {}, Button::Quiet, Button::Small);
    close->setIcon(icon(u"close"_s));
    close->setAccessibleName(tr("Close"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 6, 6);
    row->setSpacing(4);
    row->addWidget(m_words, 1);
    row->addWidget(m_count);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(close);
    connect(m_words, &QLineEdit::textChanged, this, &FindBar::wordsChanged);
    connect(previous, &Button::clicked, this, [this] { Q_EMIT nextAsked(true); });
    connect(next, &Button::clicked, this, [this] { Q_EMIT nextAsked(false); });
    connect(close, &Button::clicked, this, &FindBar::closed);
    hide();
}

void FindBar::open()
{
    const bool wasOpen = isVisible();
    show();
    raise();
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
    if (!wasOpen && !m_words->text().isEmpty())
        Q_EMIT wordsChanged(m_words->text());
}

void FindBar::showCount(int current, int count)
{
    if (m_words->text().isEmpty())
        m_count->clear();
    else if (count == 0)
        m_count->setText(tr("none"));
    else if (current < 0)
        m_count->setText(tr("%1 found").arg(count));
    else
        m_count->setText(tr("%1 of %2").arg(current + 1).arg(count));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT nextAsked(event->modifiers() & Qt::ShiftModifier);
    else
        QFrame::keyPressEvent(event);
}

} // namespace quintet::ui
