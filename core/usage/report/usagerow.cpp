// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/usagerow.h"

#include <array>

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

struct Named {
    SplitBy split;
    QLatin1StringView name;
};

constexpr std::array splits{Named{SplitBy::Pattern, "pattern"_L1}, Named{SplitBy::Model, "model"_L1},
                            Named{SplitBy::Endpoint, "endpoint"_L1}, Named{SplitBy::Day, "day"_L1},
                            Named{SplitBy::Run, "run"_L1}};

} // namespace

std::optional<SplitBy> splitNamed(const QString &name)
{
    const auto found = std::ranges::find(splits, name, &Named::name);
    return found == splits.end() ? std::nullopt : std::optional(found->split);
}

QString nameOf(SplitBy split)
{
    return std::ranges::find(splits, split, &Named::split)->name;
}

std::optional<Money> UsageRow::knownCost() const
{
    return unpriced < requests || requests == 0 || cost.nanoDollars > 0 ? std::optional(cost) : std::nullopt;
}

double UsageRow::hitRate() const
{
    return requests > 0 ? static_cast<double>(cached) / static_cast<double>(requests) : 0;
}

double UsageRow::savedShare() const
{
    const qint64 whole = cost.nanoDollars + saved.nanoDollars;
    return whole > 0 ? static_cast<double>(saved.nanoDollars) / static_cast<double>(whole) : 0;
}

UsageRow rowOf(const QString &key, const UsageSums &sums)
{
    return {.key = key,
            .requests = sums.requests,
            .cached = sums.cached,
            .failed = sums.failed,
            .promptTokens = sums.promptTokens,
            .completionTokens = sums.completionTokens,
            .cost = sums.cost,
            .unpriced = sums.unpriced,
            .saved = sums.saved,
            .firstToken = sums.firstToken.latency(),
            .total = sums.total.latency(),
            .averageTime = sums.averageTime()};
}

std::optional<Money> costPerRequest(const UsageRow &row)
{
    const qint64 priced = row.requests - row.unpriced;
    return priced > 0 ? std::optional(Money{row.cost.nanoDollars / priced}) : std::nullopt;
}

} // namespace quintet::usage
