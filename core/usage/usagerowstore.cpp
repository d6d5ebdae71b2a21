// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/usagerowstore.h"

#include <QSqlQuery>

namespace quintet::usage {

using namespace Qt::StringLiterals;

size_t qHash(const UsageKey &key, size_t seed)
{
    return qHashMulti(seed, key.pattern, key.model, key.endpoint, key.inRun);
}

QString eventColumns()
{
    return u"time, pattern, model, endpoint, run, cached, outcome, prompt_tokens, completion_tokens, cost, saved, "
           "first_token_time, total_time"_s;
}

EventRow eventFrom(const QSqlQuery &row)
{
    const QString outcome = row.value(6).toString();
    EventRow event{
        .time = row.value(0).toLongLong(),
        .key = {row.value(1).toString(), row.value(2).toString(), row.value(3).toString(), !row.value(4).isNull()},
        .run = row.value(4).toString(),
        .sums = {}};
    UsageSums &sums = event.sums;
    const bool isCached = row.value(5).toBool();
    sums.requests = 1;
    sums.cached = isCached;
    sums.failed = outcome != u"done" && outcome != u"cancelled";
    sums.promptTokens = isCached ? 0 : row.value(7).toLongLong();
    sums.completionTokens = isCached ? 0 : row.value(8).toLongLong();
    sums.cost = {row.value(9).toLongLong()};
    sums.unpriced = row.value(9).isNull();
    sums.saved = {row.value(10).toLongLong()};
    if (isCached || outcome != u"done")
        return event;
    if (!row.value(11).isNull())
        sums.firstToken.add(std::chrono::milliseconds(row.value(11).toLongLong()));
    sums.answerTime = std::chrono::milliseconds(row.value(12).toLongLong());
    sums.total.add(sums.answerTime);
    return event;
}

QString sumColumns()
{
    return u"requests, cached, failed, prompt_tokens, completion_tokens, cost, unpriced, saved, answer_time, first_token, total"_s;
}

UsageSums sumsFrom(const QSqlQuery &row)
{
    const auto number = [&row](int column) { return row.value(column).toLongLong(); };
    return {.requests = number(0),
            .cached = number(1),
            .failed = number(2),
            .promptTokens = number(3),
            .completionTokens = number(4),
            .cost = {number(5)},
            .unpriced = number(6),
            .saved = {number(7)},
            .answerTime = std::chrono::milliseconds(number(8)),
            .firstToken = LatencyHistogram::fromBytes(row.value(9).toByteArray()),
            .total = LatencyHistogram::fromBytes(row.value(10).toByteArray())};
}

QVariantList valuesOf(const UsageSums &sums)
{
    return {sums.requests,
            sums.cached,
            sums.failed,
            sums.promptTokens,
            sums.completionTokens,
            sums.cost.nanoDollars,
            sums.unpriced,
            sums.saved.nanoDollars,
            qint64(sums.answerTime.count()),
            sums.firstToken.toBytes(),
            sums.total.toBytes()};
}

} // namespace quintet::usage
