// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/history/summaryhistorystore.h"

#include <QSqlQuery>
#include <QTimeZone>

#include <algorithm>

namespace quintet::summarize {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostKept = 2000;

/// A null string would become a NULL, which no column takes.
QString filled(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

} // namespace

QFuture<Result<void>> SummaryHistoryStore::put(const SummaryRecord &record)
{
    return m_database.writer().write([record](store::Connection &connection) {
        return connection
            .execute(u"INSERT INTO summary (id, time, name, origin, model, text, facts) VALUES (?, ?, ?, ?, ?, ?, ?) "
                     "ON CONFLICT (id) DO UPDATE SET model = excluded.model, text = excluded.text, facts = "
                     "excluded.facts"_s,
                     {record.id, record.time.toMSecsSinceEpoch(), filled(record.name), filled(record.origin),
                      filled(record.model), filled(record.text), filled(record.facts)})
            .and_then([&connection] {
                return connection.execute(u"DELETE FROM summary WHERE id IN (SELECT id FROM summary ORDER BY time DESC "
                                          "LIMIT -1 OFFSET ?)"_s,
                                          {mostKept});
            });
    });
}

QFuture<Result<void>> SummaryHistoryStore::remove(const QString &id)
{
    return m_database.writer().write([id](store::Connection &connection) {
        return connection.execute(u"DELETE FROM summary WHERE id = ?"_s, {id});
    });
}

QFuture<Result<void>> SummaryHistoryStore::clear()
{
    return m_database.writer().write(
        [](store::Connection &connection) { return connection.execute(u"DELETE FROM summary"_s); });
}

Result<std::vector<SummaryRecord>> SummaryHistoryStore::find(const QString &wanted, int count) const
{
    // SQLite folds the case of ASCII alone, so the words are looked for here; there are at most some thousand texts.
    const QStringList words = wanted.simplified().split(u' ', Qt::SkipEmptyParts);
    std::vector<SummaryRecord> records;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT id, time, name, origin, model, text, facts FROM summary ORDER BY time DESC, rowid DESC"_s, {},
                [&](const QSqlQuery &row) {
                    if (int(records.size()) >= count)
                        return;
                    SummaryRecord record{row.value(0).toString(),
                                         QDateTime::fromMSecsSinceEpoch(row.value(1).toLongLong(), QTimeZone::UTC),
                                         row.value(2).toString(),
                                         row.value(3).toString(),
                                         row.value(4).toString(),
                                         row.value(5).toString(),
                                         row.value(6).toString()};
                    const bool fits = std::ranges::all_of(words, [&record](const QString &word) {
                        return record.name.contains(word, Qt::CaseInsensitive)
                               || record.text.contains(word, Qt::CaseInsensitive);
                    });
                    if (fits)
                        records.push_back(std::move(record));
                });
        })
        .transform([&] { return std::move(records); });
}

} // namespace quintet::summarize
