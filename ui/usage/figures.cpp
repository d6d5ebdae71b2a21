// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/figures.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUuid>

#include <algorithm>
#include <array>
#include <cmath>

namespace quintet::ui::figures {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Usage", text);
}

/// Where one bar of the distribution of times ends, in seconds.
constexpr std::array latencyEnds{0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0};

FigureCell count(qint64 value)
{
    return {number(value), value, {}};
}

FigureCell amount(std::optional<usage::Money> value)
{
    return {money(value), value ? QVariant(value->nanoDollars) : QVariant(qint64(-1)), {}};
}

FigureCell costCell(const usage::UsageRow &row)
{
    FigureCell cell = amount(row.knownCost());
    if (row.unpriced > 0 && row.knownCost()) {
        cell.text = tr("%1 + ?").arg(cell.text);
        cell.hint = QCoreApplication::translate("Usage", "The price of %n request(s) is not known.", nullptr,
                                                int(row.unpriced));
    }
    return cell;
}

FigureCell time(const std::optional<usage::Latency> &latency, bool isMedian)
{
    if (!latency)
        return {u"–"_s, qint64(-1), {}};
    const auto value = isMedian ? latency->median : latency->p95;
    return {seconds(value), qint64(value.count()), {}};
}

FigureCell share(double value)
{
    return {percentage(value), value, {}};
}

usage::Money dividedBy(usage::Money money, double divisor)
{
    return usage::Money::fromDollars(money.dollars() / divisor);
}

QString barName(const QDateTime &bar, usage::BarLength length)
{
    const QLocale locale;
    switch (length) {
    case usage::BarLength::Hour: return locale.toString(bar, QLocale::ShortFormat);
    case usage::BarLength::Day: return locale.toString(bar.date(), QLocale::LongFormat);
    case usage::BarLength::Month: return locale.toString(bar.date(), u"MMMM yyyy"_s);
    }
    Q_UNREACHABLE();
}

QString barLabel(const QDateTime &bar, usage::BarLength length)
{
    const QLocale locale;
    switch (length) {
    case usage::BarLength::Hour: return locale.toString(bar.time(), u"HH:mm"_s);
    case usage::BarLength::Day: return locale.toString(bar.date(), tr("d MMM"));
    case usage::BarLength::Month: return locale.toString(bar.date(), u"MMM yyyy"_s);
    }
    Q_UNREACHABLE();
}

QString lengthName(usage::BarLength length)
{
    switch (length) {
    case usage::BarLength::Hour: return tr("Hour");
    case usage::BarLength::Day: return tr("Day");
    case usage::BarLength::Month: return tr("Month");
    }
    Q_UNREACHABLE();
}

const usage::CostStack &stackOf(const UsageState &state, usage::SplitBy split)
{
    static const usage::CostStack none;
    const auto found = state.costs.find(split);
    return found == state.costs.end() ? none : found->second;
}

/// Bars over time, without series.
BarData emptyBars(const UsageState &state, const usage::CostStack &stack)
{
    BarData data;
    for (const QDateTime &bar : stack.bars) {
        data.bars << barName(bar, state.bars);
        data.labels << barLabel(bar, state.bars);
    }
    return data;
}

QString layerName(const usage::CostStack::Layer &layer, usage::SplitBy split)
{
    return layer.name.isEmpty() ? tr("others") : nameOf(layer.name, split);
}

std::vector<double> distribution(const usage::LatencyHistogram &histogram)
{
    std::vector<double> counts(latencyEnds.size() + 1);
    for (const auto &step : histogram.steps()) {
        const double middle = (step.from.count() + step.to.count()) / 2000;
        const auto end = std::ranges::upper_bound(latencyEnds, middle);
        counts[size_t(end - latencyEnds.begin())] += double(step.count);
    }
    return counts;
}

QString latencyName(size_t bar)
{
    const auto written = [](double value) { return QLocale().toString(value, 'g', 3); };
    if (bar == latencyEnds.size())
        return tr("over %1 s").arg(written(latencyEnds.back()));
    return bar == 0 ? tr("under %1 s").arg(written(latencyEnds.front()))
                    : tr("%1 to %2 s").arg(written(latencyEnds[bar - 1]), written(latencyEnds[bar]));
}

} // namespace

QString shortNumber(double number)
{
    const QLocale locale;
    if (number >= 1e9)
        return tr("%1 bn").arg(locale.toString(number / 1e9, 'f', number < 1e10 ? 2 : 1));
    if (number >= 1e6)
        return tr("%1 M").arg(locale.toString(number / 1e6, 'f', number < 1e7 ? 2 : 1));
    if (number >= 1e4)
        return tr("%1 k").arg(locale.toString(number / 1e3, 'f', number < 1e5 ? 1 : 0));
    return locale.toString(qint64(std::llround(number)));
}

QString number(qint64 number)
{
    return QLocale().toString(number);
}

QString money(std::optional<usage::Money> money)
{
    if (!money)
        return tr("unknown");
    // Large amounts are grouped; small ones keep the two digits that count.
    return std::abs(money->dollars()) >= 1000 ? u'$' + QLocale().toString(money->dollars(), 'f', 2)
                                              : usage::display(*money);
}

QString cost(const usage::UsageRow &row)
{
    if (!row.knownCost())
        return tr("unknown");
    return row.unpriced > 0 ? tr("%1 and unknown").arg(money(row.cost)) : money(row.cost);
}

QString seconds(std::chrono::duration<double, std::milli> time)
{
    const double value = time.count() / 1000;
    return tr("%1 s").arg(QLocale().toString(value, 'f', value < 10 ? 2 : 1));
}

QString percentage(double share)
{
    return tr("%1 %").arg(QLocale().toString(share * 100, 'f', share > 0 && share < 0.0995 ? 1 : 0));
}

QString nameOf(const QString &key, usage::SplitBy split)
{
    if (split == usage::SplitBy::Pattern) {
        static const QHash<QString, const char *> names{{u"summarize"_s, QT_TRANSLATE_NOOP("Usage", "Summarize")},
                                                        {u"chat"_s, QT_TRANSLATE_NOOP("Usage", "Chat")},
                                                        {u"batch"_s, QT_TRANSLATE_NOOP("Usage", "Batch")},
                                                        {u"knowledge"_s, QT_TRANSLATE_NOOP("Usage", "Knowledge")},
                                                        {u"agent"_s, QT_TRANSLATE_NOOP("Usage", "Agent")}};
        const char *name = names.value(key);
        return name ? tr(name) : key;
    }
    if (split == usage::SplitBy::Run && !key.isEmpty()) {
        // The first 48 bits of an id of version 7 are its time.
        const QUuid id = QUuid::fromString(key);
        if (id.data3 >> 12 != 7)
            return key;
        const qint64 began = (qint64(id.data1) << 16) | id.data2;
        return tr("%1 · %2").arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(began), QLocale::ShortFormat),
                                 key.right(6));
    }
    if (split == usage::SplitBy::Day)
        return QLocale().toString(QDate::fromString(key, Qt::ISODate), QLocale::ShortFormat);
    if (!key.isEmpty())
        return key;
    return split == usage::SplitBy::Run ? tr("No run") : split == usage::SplitBy::Model ? tr("No model") : u"–"_s;
}

Figures table(const UsageState &state, usage::SplitBy split)
{
    const bool isPerDay = split != usage::SplitBy::Day && split != usage::SplitBy::Run;
    Figures figures;
    const std::array titles{tr("Pattern"), tr("Model"), tr("Endpoint"), tr("Day"), tr("Run")};
    figures.columns = {{titles[size_t(split)], {}}, {tr("Requests"), {}}};
    if (isPerDay)
        figures.columns.push_back({tr("a day"), tr("Requests a day, over the days since the first one in the period")});
    figures.columns.insert(figures.columns.end(),
                           {{tr("Average time"), tr("Of answers that a model gave, from question to end")},
                            {tr("Median"), tr("Half of the answers took no longer")},
                            {tr("95 %"), tr("Of twenty answers, nineteen took no longer")},
                            {tr("First token"), tr("Half of the answers began no later")},
                            {tr("95 %"), tr("Of twenty answers, nineteen began no later")}});
    if (isPerDay)
        figures.columns.push_back({tr("Cost a day"), {}});
    figures.columns.insert(figures.columns.end(),
                           {{tr("Cost"), {}},
                            {tr("a request"), tr("Of requests whose price is known, cached ones among them")},
                            {tr("Tokens in"), {}},
                            {tr("out"), {}},
                            {tr("Cached"), tr("Share of requests that the cache answered")},
                            {tr("Saved"), tr("What these would have cost")},
                            {tr("Failed"), {}}});
    const auto rows = state.rows.find(split);
    if (rows == state.rows.end())
        return figures;
    for (const usage::UsageRow &row : rows->second) {
        FigureCell name{nameOf(row.key, split), row.key, split == usage::SplitBy::Run ? row.key : QString()};
        std::vector<FigureCell> cells{name, count(row.requests)};
        if (isPerDay) {
            const double perDay = double(row.requests) / state.days;
            cells.push_back(
                {perDay < 10 ? QLocale().toString(perDay, 'f', 1) : number(std::llround(perDay)), perDay, {}});
        }
        const auto average = row.averageTime;
        cells.push_back(average ? FigureCell{seconds(*average), qint64(average->count()), {}}
                                : FigureCell{u"–"_s, qint64(-1), {}});
        cells.insert(cells.end(), {time(row.total, true), time(row.total, false), time(row.firstToken, true),
                                   time(row.firstToken, false)});
        if (isPerDay)
            cells.push_back(
                amount(row.knownCost().transform([&state](usage::Money all) { return dividedBy(all, state.days); })));
        cells.insert(cells.end(),
                     {costCell(row), amount(usage::costPerRequest(row)), count(row.promptTokens),
                      count(row.completionTokens), share(row.hitRate()), amount(row.saved), count(row.failed)});
        figures.rows.push_back(std::move(cells));
    }
    return figures;
}

BarData costBars(const UsageState &state, usage::SplitBy split)
{
    const usage::CostStack &stack = stackOf(state, split);
    BarData data = emptyBars(state, stack);
    for (const auto &layer : stack.layers) {
        BarData::Series series{layerName(layer, split), {}};
        for (const usage::Money cost : layer.cost)
            series.values.push_back(cost.dollars());
        data.series.push_back(std::move(series));
    }
    if (data.series.empty())
        data.series.push_back({tr("Cost"), std::vector<double>(stack.bars.size())});
    data.written = [](double value) { return money(usage::Money::fromDollars(value)); };
    return data;
}

QStringList costLegend(const UsageState &state, usage::SplitBy split)
{
    QStringList texts;
    for (const auto &layer : stackOf(state, split).layers)
        texts << tr("%1 %2").arg(layerName(layer, split), money(layer.total));
    return texts;
}

Figures costTable(const UsageState &state, usage::SplitBy split)
{
    const usage::CostStack &stack = stackOf(state, split);
    Figures figures;
    figures.columns = {{lengthName(state.bars), {}}, {tr("Cost"), {}}};
    for (const auto &layer : stack.layers)
        figures.columns.push_back({layerName(layer, split), {}});
    for (size_t bar = stack.bars.size(); bar-- > 0;) {
        std::vector<FigureCell> cells{{barName(stack.bars[bar], state.bars), stack.bars[bar], {}},
                                      costCell(stack.all[bar])};
        for (const auto &layer : stack.layers)
            cells.push_back(amount(layer.cost[bar]));
        figures.rows.push_back(std::move(cells));
    }
    return figures;
}

BarData latencyBars(const UsageState &state)
{
    BarData data;
    data.isStacked = false;
    for (size_t bar = 0; bar <= latencyEnds.size(); ++bar) {
        data.bars << latencyName(bar);
        data.labels << (bar == latencyEnds.size() ? tr("more")
                                                  : u"≤ %1"_s.arg(QLocale().toString(latencyEnds[bar], 'g', 3)));
    }
    data.series = {{tr("First token"), distribution(state.sums.firstToken)},
                   {tr("Whole answer"), distribution(state.sums.total)}};
    data.written = [](double value) { return shortNumber(value); };
    return data;
}

QStringList latencyLegend(const UsageState &state)
{
    const auto told = [](const QString &name, const std::optional<usage::Latency> &latency) {
        return latency ? tr("%1: median %2, 95 % within %3").arg(name, seconds(latency->median), seconds(latency->p95))
                       : tr("%1: none").arg(name);
    };
    return {told(tr("First token"), state.total.firstToken), told(tr("Whole answer"), state.total.total)};
}

Figures latencyTable(const UsageState &state)
{
    const auto first = distribution(state.sums.firstToken);
    const auto whole = distribution(state.sums.total);
    Figures figures;
    figures.columns = {{tr("Time"), {}},
                       {tr("First token"), tr("Answers that began in that time")},
                       {tr("Whole answer"), tr("Answers that took that time")}};
    for (size_t bar = 0; bar < first.size(); ++bar)
        figures.rows.push_back(
            {{latencyName(bar), qint64(bar), {}}, count(qint64(first[bar])), count(qint64(whole[bar]))});
    return figures;
}

BarData cacheBars(const UsageState &state)
{
    const usage::CostStack &stack = stackOf(state, usage::SplitBy::Pattern);
    BarData data = emptyBars(state, stack);
    BarData::Series series{tr("From the cache"), {}};
    for (const usage::UsageRow &row : stack.all)
        series.values.push_back(row.hitRate() * 100);
    data.series.push_back(std::move(series));
    data.most = 100;
    data.written = [](double value) { return percentage(value / 100); };
    return data;
}

QStringList cacheLegend(const UsageState &state)
{
    return {
        tr("%1 of requests, %2 saved (%3 of what all would have cost)")
            .arg(percentage(state.total.hitRate()), money(state.total.saved), percentage(state.total.savedShare()))};
}

Figures cacheTable(const UsageState &state)
{
    const usage::CostStack &stack = stackOf(state, usage::SplitBy::Pattern);
    Figures figures;
    figures.columns = {{lengthName(state.bars), {}},
                       {tr("Requests"), {}},
                       {tr("From the cache"), {}},
                       {tr("Share"), {}},
                       {tr("Saved"), {}}};
    for (size_t bar = stack.bars.size(); bar-- > 0;) {
        const usage::UsageRow &row = stack.all[bar];
        figures.rows.push_back({{barName(stack.bars[bar], state.bars), stack.bars[bar], {}},
                                count(row.requests),
                                count(row.cached),
                                share(row.hitRate()),
                                amount(row.saved)});
    }
    return figures;
}

} // namespace quintet::ui::figures
