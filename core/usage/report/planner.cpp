// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/planner.h"

#include <algorithm>

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 enoughAnswers = 5; // to tell a mean from

} // namespace

PlannedCost &PlannedCost::operator+=(const PlannedCost &other)
{
    plain += other.plain;
    cached += other.cached;
    best += other.best;
    return *this;
}

PlannedCost plannedCost(const PlannedUse &use, const Price &price)
{
    const double request = (use.promptTokens * price.input + use.completionTokens * price.output) / 1e6;
    PlannedCost cost;
    cost.plain = static_cast<double>(use.requests) * request;
    cost.cached = cost.plain * (1 - std::clamp(use.cacheShare, 0.0, 1.0));
    cost.best = use.isBatch ? cost.cached * price.batchFactor : cost.cached;
    return cost;
}

std::vector<PlannedUse> usualPlan(const std::vector<UsageRow> &measured)
{
    std::vector<PlannedUse> plan{
        {.pattern = u"summarize"_s,
         .requests = 500'000,
         .promptTokens = 1500,
         .completionTokens = 250,
         .cacheShare = 0.2},
        {.pattern = u"chat"_s, .requests = 300'000, .promptTokens = 1200, .completionTokens = 350, .cacheShare = 0.05},
        {.pattern = u"batch"_s,
         .requests = 150'000,
         .promptTokens = 1000,
         .completionTokens = 200,
         .cacheShare = 0.1,
         .isBatch = true},
        {.pattern = u"knowledge"_s,
         .requests = 40'000,
         .promptTokens = 2500,
         .completionTokens = 300,
         .cacheShare = 0.15},
        {.pattern = u"agent"_s, .requests = 10'000, .promptTokens = 12'000, .completionTokens = 900},
    };
    for (PlannedUse &use : plan) {
        const auto row = std::ranges::find(measured, use.pattern, &UsageRow::key);
        if (row == measured.end())
            continue;
        const qint64 answered = row->requests - row->cached - row->failed;
        if (answered < enoughAnswers)
            continue;
        use.promptTokens = static_cast<double>(row->promptTokens) / static_cast<double>(answered);
        use.completionTokens = static_cast<double>(row->completionTokens) / static_cast<double>(answered);
        use.cacheShare = row->hitRate();
        use.isMeasured = true;
    }
    return plan;
}

} // namespace quintet::usage
