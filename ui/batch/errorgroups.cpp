// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/errorgroups.h"

#include "ui/batch/runfacts.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostShown = 3;

} // namespace

ErrorGroups::ErrorGroups()
{
    setObjectName(u"errorGroups"_s);
    setLayout(makeRow());
}

void ErrorGroups::showGroups(const std::vector<batch::ErrorGroup> &groups)
{
    while (QLayoutItem *item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (size_t i = 0; i < std::min(mostShown, groups.size()); ++i)
        add(groups[i]);
    updateGeometry();
}

void ErrorGroups::add(const batch::ErrorGroup &group)
{
    auto *badge = makeLabel(tr("%1 × %2").arg(group.count).arg(problemWord(group.kind)), TextStyle::Facts, Tone::Bad);
    badge->setObjectName(u"errorGroup"_s);
    badge->setToolTip(group.message);
    layout()->addWidget(badge);
    const bool canRetry = mayHelpAgain(group.kind);
    if (!canRetry) {
        auto *show = new Button(u"showGroup"_s, tr("Show"), Button::Plain, Button::Small);
        show->setAccessibleName(tr("Show these: %1").arg(group.message));
        connect(show, &Button::clicked, this, [this, kind = group.kind] { Q_EMIT showAsked(kind); });
        layout()->addWidget(show);
    }
    // A file that cannot be read may have been mended, or put back, by the user.
    if (canRetry || kindNamed(group.kind) == ErrorKind::BadInput) {
        auto *retry = new Button(u"retryGroup"_s, tr("Retry"), Button::Plain, Button::Small);
        retry->setAccessibleName(tr("Try these again: %1").arg(group.message));
        connect(retry, &Button::clicked, this, [this, kind = group.kind] { Q_EMIT retryAsked(kind); });
        layout()->addWidget(retry);
    }
}

} // namespace quintet::ui
