// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/facts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace quintet::ui {

namespace {

constexpr int wordsPerMinute = 250;

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("quintet::ui", text, comment, n);
}

QString seconds(std::chrono::milliseconds time)
{
    if (time < std::chrono::milliseconds(10))
        return tr("< 0.01 s");
    const double value = static_cast<double>(time.count()) / 1000;
    return tr("%1 s").arg(QLocale().toString(value, 'f', value < 10 ? 2 : 1));
}

} // namespace

QString duration(qint64 seconds)
{
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 600 && seconds % 60)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 3600)
        return tr("%1 min").arg((seconds + 30) / 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString wordFacts(qsizetype words)
{
    const QString count = words == 1 ? tr("1 word") : tr("%1 words").arg(QLocale().toString(words));
    return words == 0 ? count
                      : tr("%1 · reads in %2").arg(count, duration(std::max<qint64>(1, words * 60 / wordsPerMinute)));
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

QString answerFacts(const llm::Completion &completion, bool isBuiltin, bool isLocal)
{
    if (isBuiltin)
        return seconds(completion.totalTime);
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
    if (completion.cost)
        facts << usage::display(*completion.cost);
    else
        facts << (isLocal ? tr("free (local)") : tr("cost unknown"));
    if (completion.cached)
        facts << savedFacts(completion);
    return facts.join(QStringLiteral(" · "));
}

} // namespace quintet::ui
