// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/modelscard.h"

#include "ui/models/modellist.h"
#include "ui/models/modelsession.h"
#include "ui/settings/settingssession.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFrame>

namespace quintet::ui {

using namespace Qt::StringLiterals;

ModelsCard::ModelsCard(ModelSession &models, SettingsSession &session)
{
    auto *list = new ModelList(models);
    connect(list, &ModelList::chosen, &session,
            [&session](const ModelChoice &choice) { session.useModel(choice.endpoint, choice.model); });
    QBoxLayout *column = makeColumn(0);
    column->setContentsMargins(10, 10, 10, 6);
    column->addWidget(list);
    QFrame *card = makeCard(u"models"_s);
    card->setLayout(column);
    const auto fit = [card, &models] {
        card->setFixedHeight(std::clamp(74 + 48 * static_cast<int>(models.choices().size()), 140, 320));
    };
    connect(&models, &ModelSession::changed, card, fit);
    fit();
    QBoxLayout *all = makeColumn(10);
    all->addWidget(makeLabel(tr("A click makes a model the one that is asked where a tab has none of its own; the "
                                "star makes it a favourite."),
                             TextStyle::Facts, Tone::Second));
    all->addWidget(card);
    setLayout(all);
}

} // namespace quintet::ui
