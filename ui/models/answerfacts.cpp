// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/answerfacts.h"

#include <QCoreApplication>
#include <QLocale>

namespace quintet::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet::ui", text);
}

QString seconds(std::chrono::milliseconds time)
{
    if (time < std::chrono::milliseconds(10))
        return tr("< 0.01 s");
    const double value = static_cast<double>(time.count()) / 1000;
    return tr("%1 s").arg(QLocale().toString(value, 'f', value < 10 ? 2 : 1));
}

/// "cached, saved 3.1 s and $0.004".
QString savedFacts(const llm::Completion &completion)
{
    if (completion.savedTime.count() <= 0)
        return tr("cached");
    const QString time = seconds(completion.savedTime);
    return completion.saved && completion.saved->nanoDollars > 0
               ? tr("cached, saved %1 and %2").arg(time, usage::display(*completion.saved))
               : tr("cached, saved %1").arg(time);
}

} // namespace

QStringList answerFacts(const llm::Completion &completion, bool isBuiltin, bool isLocal)
{
    if (isBuiltin)
        return {seconds(completion.totalTime)};
    QStringList facts;
    if (completion.firstTokenTime)
        facts << tr("first token %1").arg(seconds(*completion.firstTokenTime));
    else
        facts << seconds(completion.totalTime);
    const auto writing = completion.totalTime - completion.firstTokenTime.value_or(std::chrono::milliseconds(0));
    const qint64 tokens = completion.usage.completion;
    if (tokens > 0 && writing.count() > 0)
        facts << tr("%1 tokens/s").arg(QLocale().toString(tokens * 1000 / writing.count()));
    if (const qint64 all = tokens + completion.usage.prompt; all > 0)
        facts << (completion.usage.estimated ? tr("about %1 tokens") : tr("%1 tokens")).arg(QLocale().toString(all));
    const bool isFree = isLocal && completion.cost.value_or(usage::Money()) == usage::Money();
    if (isFree)
        facts << tr("free (local)");
    else
        facts << (completion.cost ? usage::display(*completion.cost) : tr("cost unknown"));
    if (completion.cached)
        facts << savedFacts(completion);
    return facts;
}

} // namespace quintet::ui
