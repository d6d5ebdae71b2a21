// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/report/usagecsv.h"

#include "text/csv.h"

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

QString dollars(std::optional<Money> money)
{
    return money ? QString::number(money->dollars(), 'f', 9) : QString();
}

QString share(double value)
{
    return QString::number(value, 'f', 4);
}

QString milliseconds(const std::optional<Latency> &latency, bool isMedian)
{
    return latency ? QString::number((isMedian ? latency->median : latency->p95).count()) : QString();
}

} // namespace

QByteArray csvOf(const std::vector<UsageRow> &rows, SplitBy split)
{
    QByteArray csv =
        text::csvLine({nameOf(split), u"requests"_s, u"cached"_s, u"failed"_s, u"prompt_tokens"_s,
                       u"completion_tokens"_s, u"cost_usd"_s, u"unpriced_requests"_s, u"saved_usd"_s, u"hit_rate"_s,
                       u"saved_share"_s, u"first_token_ms_median"_s, u"first_token_ms_p95"_s, u"latency_ms_average"_s,
                       u"latency_ms_median"_s, u"latency_ms_p95"_s});
    for (const UsageRow &row : rows) {
        csv += text::csvLine(
            {text::safeForSpreadsheets(row.key), QString::number(row.requests), QString::number(row.cached),
             QString::number(row.failed), QString::number(row.promptTokens), QString::number(row.completionTokens),
             dollars(row.knownCost()), QString::number(row.unpriced), dollars(row.saved), share(row.hitRate()),
             share(row.savedShare()), milliseconds(row.firstToken, true), milliseconds(row.firstToken, false),
             row.averageTime ? QString::number(row.averageTime->count()) : QString(), milliseconds(row.total, true),
             milliseconds(row.total, false)});
    }
    return csv;
}

} // namespace quintet::usage
