// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/collectionstore.h"

#include <QSqlQuery>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

QString lines(const QStringList &values)
{
    return values.join(u'\n');
}

QStringList fromLines(const QVariant &value)
{
    return value.toString().split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

store::Schema collectionSchema()
{
    return {u":/sql/collection"_s, 0x51544b4e}; // "QTKN"
}

Result<CollectionSettings> CollectionStore::settings()
{
    QHash<QString, QVariant> values;
    const auto read = m_connection.select(u"SELECT name, value FROM setting"_s, {}, [&values](const QSqlQuery &row) {
        values.insert(row.value(0).toString(), row.value(1));
    });
    if (!read)
        return std::unexpected(read.error());
    return CollectionSettings{.name = values.value(u"name"_s).toString(),
                              .embedding = values.value(u"embedding"_s, u"builtin"_s).toString(),
                              .reranker = values.value(u"reranker"_s).toString(),
                              .watched = values.value(u"watched"_s).toBool(),
                              .paused = values.value(u"paused"_s).toBool(),
                              .include = fromLines(values.value(u"include"_s)),
                              .exclude = fromLines(values.value(u"exclude"_s))};
}

Result<void> CollectionStore::save(const CollectionSettings &settings)
{
    return set(u"name"_s, settings.name)
        .and_then([&] { return set(u"embedding"_s, settings.embedding); })
        .and_then([&] { return set(u"reranker"_s, settings.reranker); })
        .and_then([&] { return set(u"watched"_s, settings.watched ? 1 : 0); })
        .and_then([&] { return set(u"paused"_s, settings.paused ? 1 : 0); })
        .and_then([&] { return set(u"include"_s, lines(settings.include)); })
        .and_then([&] { return set(u"exclude"_s, lines(settings.exclude)); });
}

Result<void> CollectionStore::set(const QString &name, const QVariant &value)
{
    return m_connection.execute(u"INSERT INTO setting (name, value) VALUES (?, ?) "
                                "ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
                                {name, value});
}

Result<std::vector<SourceRow>> CollectionStore::sources()
{
    std::vector<SourceRow> rows;
    return m_connection
        .select(u"SELECT id, path FROM source ORDER BY path"_s, {},
                [&rows](const QSqlQuery &row) { rows.push_back({row.value(0).toLongLong(), row.value(1).toString()}); })
        .transform([&rows] { return std::move(rows); });
}

Result<qint64> CollectionStore::addSource(const QString &path, const QDateTime &now)
{
    return m_connection
        .execute(u"INSERT INTO source (path, added) VALUES (?, ?) ON CONFLICT (path) DO NOTHING"_s,
                 {path, now.toMSecsSinceEpoch()})
        .and_then([&] { return m_connection.value(u"SELECT id FROM source WHERE path = ?"_s, {path}); })
        .transform([](const QVariant &id) { return id.toLongLong(); });
}

Result<void> CollectionStore::removeSource(qint64 id)
{
    return m_connection.execute(u"DELETE FROM source WHERE id = ?"_s, {id});
}

Result<CollectionSums> CollectionStore::sums()
{
    CollectionSums sums;
    const auto read = m_connection.select(u"SELECT state, count(*), sum(size) FROM document GROUP BY state"_s, {},
                                          [&sums](const QSqlQuery &row) {
                                              const QString state = row.value(0).toString();
                                              const qint64 count = row.value(1).toLongLong();
                                              sums.documents += count;
                                              sums.bytes += row.value(2).toLongLong();
                                              (state == u"indexed"   ? sums.indexed
                                               : state == u"pending" ? sums.pending
                                               : state == u"failed"  ? sums.failed
                                                                     : sums.skipped) += count;
                                          });
    if (!read)
        return std::unexpected(read.error());
    return number(u"chunks"_s)
        .and_then([&](qint64 chunks) {
            sums.chunks = chunks;
            return number(u"tokens"_s);
        })
        .transform([&](qint64 tokens) {
            sums.tokens = tokens;
            return sums;
        });
}

Result<QStringList> CollectionStore::languages()
{
    QStringList languages;
    return m_connection
        .select(u"SELECT language FROM content GROUP BY language ORDER BY count(*) DESC"_s, {},
                [&languages](const QSqlQuery &row) { languages << row.value(0).toString(); })
        .transform([&languages] { return languages; });
}

Result<void> CollectionStore::copyTo(const QString &path)
{
    return m_connection.execute(u"VACUUM INTO ?"_s, {path});
}

Result<QStringList> CollectionStore::integrity()
{
    QStringList found;
    return m_connection
        .select(u"PRAGMA integrity_check(20)"_s, {},
                [&found](const QSqlQuery &row) {
                    if (const QString line = row.value(0).toString(); line != u"ok")
                        found << line;
                })
        .transform([&found] { return found; });
}

Result<qint64> CollectionStore::number(const QString &name)
{
    return m_connection.value(u"SELECT value FROM setting WHERE name = ?"_s, {name})
        .transform([](const QVariant &value) { return value.toLongLong(); });
}

Result<void> CollectionStore::add(const QString &name, qint64 difference)
{
    return m_connection.execute(u"INSERT INTO setting (name, value) VALUES (?, ?) "
                                "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value"_s,
                                {name, difference});
}

} // namespace quintet::knowledge
