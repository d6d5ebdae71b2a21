// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/usagereport.h"

#include "usage/usageperiods.h"

#include <QHash>

#include <algorithm>
#include <map>

namespace quintet::usage {

namespace {

QString keyOf(const UsageCell &cell, SplitBy split)
{
    switch (split) {
    case SplitBy::Pattern: return cell.key.pattern;
    case SplitBy::Model: return cell.key.model;
    case SplitBy::Endpoint: return cell.key.endpoint;
    case SplitBy::Day: return dayOf(cell.start).toString(Qt::ISODate);
    case SplitBy::Run: return {};
    }
    Q_UNREACHABLE();
}

QDateTime barOf(qint64 time, BarLength length)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    switch (length) {
    case BarLength::Hour: // by the clock's minutes, since hours do not begin with those of UTC everywhere
        return local.addMSecs(-(local.time().msecsSinceStartOfDay() % 3'600'000));
    case BarLength::Day: return local.date().startOfDay();
    case BarLength::Month: return QDate(local.date().year(), local.date().month(), 1).startOfDay();
    }
    Q_UNREACHABLE();
}

QDateTime nextBar(const QDateTime &bar, BarLength length)
{
    switch (length) {
    case BarLength::Hour: return bar.addSecs(3600);
    case BarLength::Day: return bar.date().addDays(1).startOfDay();
    case BarLength::Month: return bar.date().addMonths(1).startOfDay();
    }
    Q_UNREACHABLE();
}

/// The names of the layers, those that cost the most first.
QStringList largest(const std::vector<UsageCell> &cells, SplitBy split, size_t most)
{
    QHash<QString, Money> costs;
    for (const UsageCell &cell : cells)
        costs[keyOf(cell, split)] += cell.sums.cost;
    QStringList names = costs.keys();
    std::ranges::sort(names, [&costs](const QString &a, const QString &b) {
        return std::pair(-costs[a].nanoDollars, a) < std::pair(-costs[b].nanoDollars, b);
    });
    names.removeIf([&costs](const QString &name) { return costs[name].nanoDollars == 0; });
    return names.mid(0, static_cast<qsizetype>(most));
}

} // namespace

UsageSums UsageReport::sums() const
{
    UsageSums all;
    for (const UsageCell &cell : m_cells)
        all += cell.sums;
    return all;
}

std::vector<UsageRow> UsageReport::rows(SplitBy split) const
{
    std::map<QString, UsageSums> byKey;
    for (const UsageCell &cell : m_cells) {
        if (split != SplitBy::Run || !cell.key.inRun)
            byKey[keyOf(cell, split)] += cell.sums;
    }
    std::vector<UsageRow> rows;
    for (const auto &[key, sums] : byKey)
        rows.push_back(rowOf(key, sums));
    if (split == SplitBy::Run) {
        for (const RunSums &run : m_runs)
            rows.push_back(rowOf(run.run, run.sums));
    } else if (split != SplitBy::Day) {
        std::ranges::stable_sort(rows, std::ranges::greater(), &UsageRow::requests);
    }
    return rows;
}

CostStack UsageReport::costs(SplitBy split, BarLength length, size_t layers, const QDateTime &now) const
{
    CostStack stack;
    if (m_cells.empty())
        return stack;
    const auto first = std::ranges::min_element(m_cells, {}, &UsageCell::start);
    const auto last = std::ranges::max_element(m_cells, {}, &UsageCell::start);
    const qint64 begin = m_start.isValid() && m_start.toMSecsSinceEpoch() > 0
                             ? std::min(m_start.toMSecsSinceEpoch(), first->start)
                             : first->start;
    const qint64 end = std::max(now.toMSecsSinceEpoch(), last->start);
    std::map<qint64, size_t> index;
    for (QDateTime bar = barOf(begin, length); bar.toMSecsSinceEpoch() <= end; bar = nextBar(bar, length)) {
        index.emplace(bar.toMSecsSinceEpoch(), stack.bars.size());
        stack.bars.push_back(bar);
    }
    const QStringList names = largest(m_cells, split, layers);
    for (const QString &name : names)
        stack.layers.push_back({name, std::vector<Money>(stack.bars.size()), {}});
    CostStack::Layer others{{}, std::vector<Money>(stack.bars.size()), {}};
    std::vector<UsageSums> all(stack.bars.size());
    for (const UsageCell &cell : m_cells) {
        const size_t bar = std::prev(index.upper_bound(cell.start))->second;
        const auto place = names.indexOf(keyOf(cell, split));
        CostStack::Layer &layer = place < 0 ? others : stack.layers[static_cast<size_t>(place)];
        layer.cost[bar] += cell.sums.cost;
        layer.total += cell.sums.cost;
        all[bar] += cell.sums;
    }
    if (others.total.nanoDollars > 0)
        stack.layers.push_back(std::move(others));
    for (size_t i = 0; i < all.size(); ++i)
        stack.all.push_back(rowOf(stack.bars[i].toString(Qt::ISODate), all[i]));
    return stack;
}

QDateTime UsageReport::firstTime(const QDateTime &now) const
{
    const auto first = std::ranges::min_element(m_cells, {}, &UsageCell::start);
    return first == m_cells.end() ? now : QDateTime::fromMSecsSinceEpoch(first->start);
}

} // namespace quintet::usage
