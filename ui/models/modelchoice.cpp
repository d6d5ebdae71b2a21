// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/modelchoice.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ModelChoice", text);
}

QString tokens(qint64 count)
{
    return count >= 1'000'000 ? tr("reads %1 M tokens").arg(QString::number(double(count) / 1e6, 'g', 3))
           : count >= 10'000  ? tr("reads %1 k tokens").arg(count / 1000)
                              : tr("reads %1 tokens").arg(count);
}

} // namespace

QString titleOf(const ModelChoice &choice)
{
    if (choice.isBuiltin)
        return tr("Built-in engine");
    return choice.model.isEmpty() ? choice.endpoint : choice.model;
}

QString factsOf(const ModelChoice &choice)
{
    if (choice.isBuiltin)
        return tr("quotes key sentences; needs no model and no network");
    if (!choice.problem.isEmpty())
        return choice.problem;
    QStringList facts{choice.foundAt.isEmpty() ? choice.endpoint : tr("%1, found here").arg(choice.endpoint)};
    if (choice.contextTokens > 0)
        facts << tokens(choice.contextTokens);
    if (choice.isLocal)
        facts << tr("on this computer, free");
    else if (choice.price)
        facts << tr("$%1 in, $%2 out per million tokens")
                     .arg(QString::number(choice.price->input, 'g', 4), QString::number(choice.price->output, 'g', 4));
    else
        facts << tr("price unknown");
    if (!choice.state.isEmpty())
        facts << choice.state;
    return facts.join(u" · "_s);
}

void sortChoices(std::vector<ModelChoice> &choices)
{
    std::ranges::sort(choices, {}, [](const ModelChoice &choice) {
        const int rank = choice.isFavourite ? 0 : !choice.problem.isEmpty() ? 3 : choice.isBuiltin ? 2 : 1;
        return std::pair(rank, choice.place);
    });
}

bool fits(const ModelChoice &choice, const QString &wanted)
{
    const QString all = titleOf(choice) + u' ' + factsOf(choice);
    return std::ranges::all_of(wanted.split(u' ', Qt::SkipEmptyParts),
                               [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace quintet::ui
