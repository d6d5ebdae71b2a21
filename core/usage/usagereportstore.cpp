// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/usagereportstore.h"

#include <QHash>
#include <QSqlQuery>

#include <cmath>
#include <map>

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

constexpr double step = 1.05; // of the histogram

/// How often each length of time was seen, in steps that grow.
class Histogram final {
public:
    void add(int bucket, qint64 count)
    {
        m_counts[bucket] += count;
        m_total += count;
    }

    std::optional<Latency> latency() const
    {
        return m_total == 0 ? std::nullopt : std::optional(Latency{quantile(0.5), quantile(0.95)});
    }

private:
    std::chrono::milliseconds quantile(double share) const
    {
        const double rank = share * static_cast<double>(m_total);
        qint64 seen = 0;
        for (const auto &[bucket, count] : m_counts) {
            seen += count;
            if (static_cast<double>(seen) >= rank)
                return std::chrono::milliseconds(std::llround(std::pow(step, bucket + 0.5) - 1));
        }
        return {};
    }

    std::map<int, qint64> m_counts;
    qint64 m_total = 0;
};

QString keyOf(SplitBy split)
{
    switch (split) {
    case SplitBy::Pattern: return u"pattern"_s;
    case SplitBy::Model: return u"model"_s;
    case SplitBy::Endpoint: return u"endpoint"_s;
    case SplitBy::Day: return u"strftime('%Y-%m-%d', time / 1000, 'unixepoch', 'localtime')"_s;
    case SplitBy::Run: return u"coalesce(run, '')"_s;
    }
    Q_UNREACHABLE();
}

UsageRow rowFrom(const QSqlQuery &query)
{
    const auto number = [&query](int column) { return query.value(column).toLongLong(); };
    return {.key = query.value(0).toString(),
            .requests = number(1),
            .cached = number(2),
            .failed = number(3),
            .promptTokens = number(4),
            .completionTokens = number(5),
            .cost = {number(6)},
            .unpriced = number(7),
            .saved = {number(8)}};
}

/// The histograms of a column of times, by key.
Result<QHash<QString, Histogram>> histograms(store::Connection &connection, const QString &key, const QString &column,
                                             qint64 start)
{
    QHash<QString, Histogram> all;
    return connection
        .select(u"SELECT %1 AS key, CAST(ln(1.0 + %2) / %3 AS INTEGER) AS bucket, count(*) FROM usage_event "
                "WHERE time >= ? AND cached = 0 AND outcome = 'done' AND %2 IS NOT NULL GROUP BY key, bucket"_s.arg(
                    key, column, QString::number(std::log(step), 'g', 12)),
                {start},
                [&all](const QSqlQuery &row) {
                    all[row.value(0).toString()].add(row.value(1).toInt(), row.value(2).toLongLong());
                })
        .transform([&all] { return all; });
}

} // namespace

std::optional<SplitBy> splitNamed(const QString &name)
{
    static const QHash<QString, SplitBy> names{{u"pattern"_s, SplitBy::Pattern},
                                               {u"model"_s, SplitBy::Model},
                                               {u"endpoint"_s, SplitBy::Endpoint},
                                               {u"day"_s, SplitBy::Day},
                                               {u"run"_s, SplitBy::Run}};
    const auto found = names.constFind(name);
    return found == names.cend() ? std::nullopt : std::optional(*found);
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

Result<std::vector<UsageRow>> UsageReportStore::rows(SplitBy split, const QDateTime &start) const
{
    const bool inOrder = split == SplitBy::Day || split == SplitBy::Run;
    return read(keyOf(split), inOrder ? u"key"_s : u"requests DESC, key"_s, start);
}

Result<UsageRow> UsageReportStore::total(const QDateTime &start) const
{
    return read(u"''"_s, u"key"_s, start).transform([](const std::vector<UsageRow> &rows) {
        return rows.empty() ? UsageRow() : rows.front();
    });
}

Result<std::vector<UsageRow>> UsageReportStore::read(const QString &key, const QString &order,
                                                     const QDateTime &start) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<UsageRow> rows;
    const qint64 since = start.toMSecsSinceEpoch();
    const auto sums = connection->select(
        u"SELECT %1 AS key, count(*) AS requests, sum(cached), sum(outcome NOT IN ('done', 'cancelled')), "
        "sum(prompt_tokens * (cached = 0)), sum(completion_tokens * (cached = 0)), coalesce(sum(cost), 0), "
        "sum(cost IS NULL), coalesce(sum(saved), 0) FROM usage_event WHERE time >= ? GROUP BY key ORDER BY %2"_s.arg(
            key, order),
        {since}, [&rows](const QSqlQuery &query) { rows.push_back(rowFrom(query)); });
    if (!sums)
        return std::unexpected(sums.error());
    const auto first = histograms(*connection, key, u"first_token_time"_s, since);
    const auto total = histograms(*connection, key, u"total_time"_s, since);
    if (!first || !total)
        return std::unexpected(first ? total.error() : first.error());
    for (UsageRow &row : rows) {
        row.firstToken = first->value(row.key).latency();
        row.total = total->value(row.key).latency();
    }
    return rows;
}

} // namespace quintet::usage
