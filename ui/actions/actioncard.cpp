// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actioncard.h"

#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QAction>
#include <QBoxLayout>
#include <QCheckBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;

ActionCard::ActionCard(const QString &name, const QList<QAction *> &actions)
{
    setObjectName(name);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(18, 14, 18, 14);
    for (QAction *action : actions) {
        if (!action->isVisible())
            continue;
        const QString key = action->objectName().section(u'.', -1);
        if (!action->isCheckable()) {
            auto *button = new Button(key + u"Button"_s, action->text());
            connect(button, &Button::clicked, action, &QAction::trigger);
            column->addWidget(button, 0, Qt::AlignLeft);
            continue;
        }
        auto *box = new QCheckBox(action->text());
        box->setObjectName(key + u"Box"_s);
        box->setAccessibleName(action->text());
        box->setChecked(action->isChecked());
        connect(box, &QCheckBox::toggled, action, &QAction::setChecked);
        connect(action, &QAction::toggled, box, &QCheckBox::setChecked);
        column->addWidget(box);
    }
    setLayout(column);
}

} // namespace quintet::ui
