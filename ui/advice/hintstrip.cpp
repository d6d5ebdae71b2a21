// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/advice/hintstrip.h"

#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/picture.h"

#include <QBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrow = 600;

} // namespace

HintStrip::HintStrip(const QString &name)
    : m_text(makeLabel({}, TextStyle::Small, Tone::Second)),
      m_go(new Button(name + u"Follow"_s, {}, Button::Quiet, Button::Small))
{
    setObjectName(name);
    setAccessibleName(tr("Hint"));
    m_text->setObjectName(name + u"Text"_s);
    m_text->setWordWrap(true);
    auto *dismiss = new Button(name + u"Dismiss"_s, tr("Not now"), Button::Quiet, Button::Small);
    auto *never = new Button(name + u"Never"_s, tr("No hints"), Button::Quiet, Button::Small);
    never->setToolTip(tr("Says no more where a simpler tab would do; the palette switches it on again"));
    QBoxLayout *words = makeRow(8);
    words->addWidget(new Picture(icon(u"hint"_s), 16, QIcon::Active));
    words->addWidget(m_text, 1);
    QBoxLayout *buttons = makeRow(2);
    for (Button *button : {m_go, dismiss, never})
        buttons->addWidget(button);
    buttons->addStretch(1);
    m_row = makeRow(4);
    m_row->addLayout(words, 1);
    m_row->addLayout(buttons);
    setLayout(m_row);
    connect(m_go, &Button::clicked, this, [this] { Q_EMIT followed(m_pattern); });
    connect(dismiss, &Button::clicked, this, [this] {
        m_isDismissed = true;
        hide();
    });
    connect(never, &Button::clicked, this, [this] {
        setWanted(false);
        Q_EMIT unwanted();
    });
    hide();
}

/// In a narrow place the buttons go below the words.
void HintStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_row->setDirection(width() < narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void HintStrip::setWanted(bool isWanted)
{
    m_isWanted = isWanted;
    if (!isWanted)
        hide();
}

void HintStrip::showHint(const std::optional<pattern::Hint> &hint)
{
    const bool isShown = hint && m_isWanted && !m_isDismissed;
    if (isShown) {
        const pattern::Traits traits = pattern::traitsOf(hint->pattern);
        m_pattern = traits.key;
        m_text->setText(hint->text);
        setAccessibleDescription(hint->text);
        m_go->setText(tr("Use %1").arg(traits.title));
        m_go->setAccessibleName(m_go->text());
    }
    setVisible(isShown);
}

} // namespace quintet::ui
