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
    QBoxLayout *row = makeRow(4);
    row->addWidget(new Picture(icon(u"hint"_s), 16, QIcon::Active));
    row->addSpacing(4);
    row->addWidget(m_text, 1);
    row->addWidget(m_go);
    row->addWidget(dismiss);
    row->addWidget(never);
    setLayout(row);
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
