// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/table.h"
#include "base/valueof.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

int show(Invocation &invocation, Services &services)
{
    const auto statistics = services.cache().statistics();
    if (!statistics)
        return invocation.fail(statistics.error());
    const llm::CacheSettings bounds = services.gatewaySettings().cache();
    const QString oldest =
        statistics->oldest.isValid() ? statistics->oldest.toLocalTime().date().toString(Qt::ISODate) : u"-"_s;
    Table table(invocation.output());
    const QJsonObject row{{u"answers"_s, statistics->answers},
                          {u"bytes"_s, statistics->bytes},
                          {u"hits"_s, statistics->hits},
                          {u"oldest"_s, statistics->oldest.isValid() ? QJsonValue(oldest) : QJsonValue()},
                          {u"largest_bytes"_s, bounds.largestBytes},
                          {u"longest_days"_s, bounds.longestDays},
                          {u"off_for"_s, QJsonArray::fromStringList(bounds.patternsOff)}};
    const QLocale locale;
    table.add(row, {tr("answers kept"), locale.toString(statistics->answers)});
    if (!invocation.output().isJson()) {
        table.add({}, {tr("given again"), locale.toString(statistics->hits)});
        table.add({}, {tr("size"), tr("%1 of %2")
                                       .arg(locale.formattedDataSize(statistics->bytes),
                                            locale.formattedDataSize(bounds.largestBytes))});
        if (!bounds.patternsOff.isEmpty())
            table.add({}, {tr("not used for"), bounds.patternsOff.join(u", "_s)});
        table.add({}, {tr("oldest"), tr("%1 (kept %2 days)").arg(oldest).arg(bounds.longestDays)});
    }
    table.print();
    return exitStatus::done;
}

Task<int> clear(Invocation &invocation, Services &services)
{
    const Result<void> result = co_await valueOf(services.cache().clear());
    if (!result)
        co_return invocation.fail(result.error());
    invocation.output().note(tr("The cache is empty."));
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QString verb = invocation.arguments().value(0, u"show"_s);
    if ((verb != u"show" && verb != u"clear") || invocation.arguments().size() > 1)
        co_return invocation.failUsage(tr("cache knows show and clear."));
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    if (verb == u"clear")
        co_return co_await clear(invocation, **services);
    llm::CacheSettings bounds = (*services)->gatewaySettings().cache();
    if (invocation.isSet(u"largest-mb"_s))
        bounds.largestBytes = invocation.value(u"largest-mb"_s).toLongLong() * 1024 * 1024;
    if (invocation.isSet(u"keep-days"_s))
        bounds.longestDays = invocation.value(u"keep-days"_s).toInt();
    const QStringList &patterns = patternNames();
    for (const QString &pattern : invocation.values(u"on"_s) + invocation.values(u"off"_s)) {
        if (!patterns.contains(pattern))
            co_return invocation.failUsage(
                tr("--on and --off take one of %1, not %2.").arg(patterns.join(u", "_s), pattern));
        bounds.patternsOff.removeAll(pattern);
    }
    bounds.patternsOff += invocation.values(u"off"_s);
    bounds.patternsOff.removeDuplicates();
    if (bounds != (*services)->gatewaySettings().cache()) {
        if (const auto set = (*services)->gatewaySettings().setCache(bounds); !set)
            co_return invocation.fail(set.error());
    }
    co_return show(invocation, **services);
}

} // namespace

Command cacheCommand()
{
    return {
        u"cache"_s,
        u"show | clear"_s,
        tr("The answers that are kept, so that an equal request need not be paid for again."),
        {{u"largest-mb"_s, u"N"_s, tr("with show: from now on, keep no more megabytes than this")},
         {u"keep-days"_s, u"N"_s, tr("with show: from now on, keep an answer no longer than this")},
         {u"off"_s, u"PATTERN"_s, tr("with show: ask anew each time for summarize, chat, batch, knowledge or agent")},
         {u"on"_s, u"PATTERN"_s, tr("with show: give kept answers again")}},
        run};
}

} // namespace quintet::cli
