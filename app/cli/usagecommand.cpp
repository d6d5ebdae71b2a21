// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/table.h"
#include "app/resultjson.h"
#include "usage/report/usagecsv.h"
#include "usage/report/usagereportstore.h"

#include <QCoreApplication>
#include <QLocale>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString shown(const std::optional<usage::Latency> &latency)
{
    return latency ? u"%1 s"_s.arg(QString::number(static_cast<double>(latency->median.count()) / 1000, 'f', 2))
                   : u"-"_s;
}

QStringList columnsFrom(const usage::UsageRow &row, const QString &name)
{
    const QString cost = row.unpriced > 0 ? tr("%1 + ?").arg(display(row.cost)) : display(row.cost);
    return {name,
            QString::number(row.requests),
            QString::number(row.failed),
            QString::number(row.promptTokens + row.completionTokens),
            cost,
            percent(row.hitRate()),
            row.savedShare() > 0 ? tr("%1 (%2)").arg(display(row.saved), percent(row.savedShare()))
                                 : display(row.saved),
            shown(row.firstToken),
            shown(row.total)};
}

int report(Invocation &invocation, Services &services)
{
    const QString split = invocation.isSet(u"by"_s) ? invocation.value(u"by"_s) : u"pattern"_s;
    const auto by = usage::splitNamed(split);
    if (!by)
        return invocation.failUsage(tr("--by takes pattern, model, endpoint, day or run, not %1.").arg(split));
    const int days = invocation.isSet(u"days"_s) ? invocation.value(u"days"_s).toInt() : 30;
    const QDateTime start = QDate::currentDate().addDays(1 - days).startOfDay();
    services.ledger().rollUp();
    const auto read =
        usage::UsageReportStore(services.database()).read(start, usage::Grain::Day, *by == usage::SplitBy::Run);
    if (!read)
        return invocation.fail(read.error());
    const std::vector<usage::UsageRow> rows = read->rows(*by);
    if (invocation.isSet(u"csv"_s)) {
        invocation.output().text(QString::fromUtf8(usage::csvOf(rows, *by)));
        return exitStatus::done;
    }
    Table table(invocation.output(), {split, tr("requests"), tr("failed"), tr("tokens"), tr("cost"), tr("cached"),
                                      tr("saved"), tr("first token"), tr("answer")});
    for (const usage::UsageRow &row : rows)
        table.add(resultJson(row, split), columnsFrom(row, row.key.isEmpty() ? u"-"_s : row.key));
    if (!invocation.output().isJson() && rows.size() > 1)
        table.add({}, columnsFrom(read->total(), tr("all")));
    table.print();
    if (rows.empty())
        invocation.output().note(tr("No model was asked in the last %1 days.").arg(days));
    return exitStatus::done;
}

/// Takes a limit over from an option: "none" takes it away.
Result<void> takeMoney(Invocation &invocation, const QString &option, std::optional<usage::Money> &limit)
{
    if (!invocation.isSet(option))
        return {};
    const QString value = invocation.value(option);
    bool isNumber = false;
    const double dollars = value.toDouble(&isNumber);
    if (value == u"none")
        limit.reset();
    else if (isNumber && dollars >= 0 && dollars < 1e9)
        limit = usage::Money::fromDollars(dollars);
    else
        return failure(ErrorKind::BadInput, tr("--%1 takes an amount of dollars or none, not %2.").arg(option, value));
    return {};
}

Result<void> takeTokens(Invocation &invocation, const QString &option, std::optional<qint64> &limit)
{
    if (!invocation.isSet(option))
        return {};
    const QString value = invocation.value(option);
    bool isNumber = false;
    const qint64 tokens = value.toLongLong(&isNumber);
    if (value == u"none")
        limit.reset();
    else if (isNumber && tokens >= 0)
        limit = tokens;
    else
        return failure(ErrorKind::BadInput, tr("--%1 takes a number of tokens or none, not %2.").arg(option, value));
    return {};
}

Result<usage::Budgets> budgetsFrom(Invocation &invocation, usage::Budgets budgets)
{
    if (invocation.isSet(u"allow-unpriced"_s)) {
        budgets.unpricedAllowed << invocation.value(u"allow-unpriced"_s);
        budgets.unpricedAllowed.removeDuplicates();
    }
    return takeMoney(invocation, u"day"_s, budgets.day.money)
        .and_then([&] { return takeMoney(invocation, u"month"_s, budgets.month.money); })
        .and_then([&] { return takeTokens(invocation, u"day-tokens"_s, budgets.day.tokens); })
        .and_then([&] { return takeTokens(invocation, u"month-tokens"_s, budgets.month.tokens); })
        .transform([&] { return budgets; });
}

void printLimit(Table &table, const QString &name, const usage::Limit &limit, const usage::Spent &spent)
{
    const QJsonValue money = limit.money ? QJsonValue(limit.money->dollars()) : QJsonValue();
    const QJsonValue tokens = limit.tokens ? QJsonValue(*limit.tokens) : QJsonValue();
    table.add({{u"period"_s, name},
               {u"limit_usd"_s, money},
               {u"spent_usd"_s, spent.money.dollars()},
               {u"limit_tokens"_s, tokens},
               {u"spent_tokens"_s, spent.tokens}},
              {name, display(spent.money), limit.money ? display(*limit.money) : u"-"_s, QString::number(spent.tokens),
               limit.tokens ? QString::number(*limit.tokens) : u"-"_s});
}

int budget(Invocation &invocation, Services &services)
{
    const usage::Budgets before = services.gatewaySettings().budgets();
    const auto budgets = budgetsFrom(invocation, before);
    if (!budgets)
        return invocation.failUsage(budgets.error().message);
    if (*budgets != before) {
        if (const auto set = services.gatewaySettings().setBudgets(*budgets); !set)
            return invocation.fail(set.error());
    }
    const auto spent = services.spending().spentSoFar();
    if (!spent)
        return invocation.fail(spent.error());
    Table table(invocation.output(), {QString(), tr("spent"), tr("budget"), tr("tokens"), tr("budget")});
    printLimit(table, tr("day"), budgets->day, spent->day);
    printLimit(table, tr("month"), budgets->month, spent->month);
    table.print();
    return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QString verb = invocation.arguments().value(0, u"report"_s);
    if ((verb != u"report" && verb != u"budget") || invocation.arguments().size() > 1)
        co_return invocation.failUsage(tr("usage stands alone, or with the word budget."));
    for (const QString &option : {u"day"_s, u"month"_s, u"day-tokens"_s, u"month-tokens"_s, u"allow-unpriced"_s}) {
        if (verb == u"report" && invocation.isSet(option))
            co_return invocation.failUsage(tr("--%1 belongs to \"quintet usage budget\".").arg(option));
    }
    if (invocation.isSet(u"allow-unpriced"_s) && invocation.value(u"allow-unpriced"_s).trimmed().isEmpty())
        co_return invocation.failUsage(tr("--allow-unpriced takes the name of a model."));
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    co_return verb == u"budget" ? budget(invocation, **services) : report(invocation, **services);
}

} // namespace

Command usageCommand()
{
    return {
        u"usage"_s,
        u"[budget]"_s,
        tr("What was asked, how long it took, what it cost and what the cache saved; or the budgets."),
        {{u"days"_s, u"N"_s, tr("of the last N days, today among them; else 30")},
         {u"by"_s, u"WHAT"_s, tr("a row for each pattern (the default), model, endpoint, day or run")},
         {u"csv"_s, {}, tr("as CSV, for other programs")},
         {u"day"_s, u"USD"_s, tr("with budget: spend no more than this a day; none takes the limit away")},
         {u"month"_s, u"USD"_s, tr("with budget: spend no more than this a month")},
         {u"day-tokens"_s, u"TOKENS"_s, tr("with budget: use no more tokens than this a day")},
         {u"month-tokens"_s, u"TOKENS"_s, tr("with budget: use no more tokens than this a month")},
         {u"allow-unpriced"_s, u"MODEL"_s, tr("with budget: this model may be asked though its price is not known")}},
        run};
}

} // namespace quintet::cli
