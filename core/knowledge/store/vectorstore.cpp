// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/vectorstore.h"

#include <QSqlQuery>

#include <cstring>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

QByteArray bytesOf(const std::vector<float> &values, size_t row, size_t dimensions)
{
    return QByteArray(reinterpret_cast<const char *>(values.data() + row * dimensions),
                      qsizetype(dimensions * sizeof(float)));
}

/// Appends the numbers of `bytes`; false where they are not `dimensions`.
bool append(std::vector<float> &values, const QByteArray &bytes, int dimensions)
{
    if (bytes.size() != dimensions * qsizetype(sizeof(float)))
        return false;
    const size_t at = values.size();
    values.resize(at + size_t(dimensions));
    std::memcpy(values.data() + at, bytes.constData(), size_t(bytes.size()));
    return true;
}

} // namespace

Result<std::vector<SpaceRow>> VectorStore::spaces()
{
    std::vector<SpaceRow> rows;
    return m_connection
        .select(u"SELECT id, name, dimensions, trained, weight, serving, mark FROM space ORDER BY id"_s, {},
                [&rows](const QSqlQuery &row) {
                    rows.push_back({.id = row.value(0).toLongLong(),
                                    .name = row.value(1).toString(),
                                    .dimensions = row.value(2).toInt(),
                                    .trained = row.value(3).toLongLong(),
                                    .weight = row.isNull(4) ? std::nullopt : std::optional(row.value(4).toDouble()),
                                    .isServing = row.value(5).toBool(),
                                    .mark = row.value(6).toLongLong()});
                })
        .transform([&rows] { return std::move(rows); });
}

Result<std::optional<SpaceRow>> VectorStore::serving()
{
    return spaces().transform([](const std::vector<SpaceRow> &rows) {
        for (const SpaceRow &row : rows) {
            if (row.isServing)
                return std::optional(row);
        }
        return std::optional<SpaceRow>();
    });
}

Result<qint64> VectorStore::make(const SpaceRow &space)
{
    return m_connection
        .execute(
            u"INSERT INTO space (name, dimensions, trained, serving, mark) VALUES (?, ?, ?, 0, abs(random() / 2))"_s,
            {space.name, space.dimensions, space.trained})
        .and_then([&] { return m_connection.value(u"SELECT last_insert_rowid()"_s); })
        .transform([](const QVariant &id) { return id.toLongLong(); });
}

Result<void> VectorStore::serve(qint64 space)
{
    return m_connection.execute(u"UPDATE space SET serving = (id = ?)"_s, {space});
}

Result<void> VectorStore::setWeight(qint64 space, double weight)
{
    return m_connection.execute(u"UPDATE space SET weight = ? WHERE id = ?"_s, {weight, space});
}

Result<int> VectorStore::sweep(qint64 keep, int most)
{
    const QString old = u"SELECT id FROM space WHERE serving = 0 AND id <> %1"_s.arg(keep);
    for (const auto &[table, key] : {std::pair(u"vector"_s, u"chunk"_s), std::pair(u"direction"_s, u"term"_s)}) {
        const auto removed = m_connection.execute(
            u"DELETE FROM %1 WHERE (space, %2) IN (SELECT space, %2 FROM %1 WHERE space IN (%3) LIMIT ?)"_s.arg(
                table, key, old),
            {most});
        if (!removed)
            return std::unexpected(removed.error());
        if (const auto count = m_connection.changes(); count > 0)
            return int(count);
    }
    return m_connection.execute(u"DELETE FROM space WHERE serving = 0 AND id <> ?"_s, {keep}).transform([] {
        return 0;
    });
}

Result<void> VectorStore::addDirections(qint64 space, const DirectionBatch &batch)
{
    const size_t dimensions = batch.terms.empty() ? 0 : batch.values.size() / batch.terms.size();
    for (size_t i = 0; i < batch.terms.size(); ++i) {
        const auto added =
            m_connection.execute(u"INSERT OR REPLACE INTO direction (space, term, data) VALUES (?, ?, ?)"_s,
                                 {space, batch.terms[i], bytesOf(batch.values, i, dimensions)});
        if (!added)
            return added;
    }
    return {};
}

Result<void> VectorStore::add(qint64 space, const VectorBatch &batch)
{
    const size_t dimensions = batch.chunks.empty() ? 0 : batch.values.size() / batch.chunks.size();
    for (size_t i = 0; i < batch.chunks.size(); ++i) {
        // A passage that went meanwhile gets none.
        const auto added = m_connection.execute(
            u"INSERT OR REPLACE INTO vector (space, chunk, data) SELECT ?, id, ? FROM chunk WHERE id = ?"_s,
            {space, bytesOf(batch.values, i, dimensions), batch.chunks[i]});
        if (!added)
            return added;
    }
    return {};
}

Result<DirectionBatch> VectorStore::directions(qint64 space, const std::vector<TermId> &terms, int dimensions)
{
    QString list;
    for (const TermId term : terms)
        list += (list.isEmpty() ? QString() : u","_s) + QString::number(term);
    DirectionBatch batch;
    return m_connection
        .select(u"SELECT term, data FROM direction WHERE space = ? AND term IN (%1)"_s.arg(list), {space},
                [&](const QSqlQuery &row) {
                    if (append(batch.values, row.value(1).toByteArray(), dimensions))
                        batch.terms.push_back(row.value(0).toUInt());
                })
        .transform([&batch] { return std::move(batch); });
}

Result<DirectionBatch> VectorStore::allDirections(qint64 space, int dimensions)
{
    DirectionBatch batch;
    return m_connection
        .select(u"SELECT term, data FROM direction WHERE space = ? ORDER BY term"_s, {space},
                [&](const QSqlQuery &row) {
                    if (append(batch.values, row.value(1).toByteArray(), dimensions))
                        batch.terms.push_back(row.value(0).toUInt());
                })
        .transform([&batch] { return std::move(batch); });
}

Result<VectorBatch> VectorStore::vectorsBehind(qint64 space, qint64 after, int most, int dimensions)
{
    VectorBatch batch;
    return m_connection
        .select(u"SELECT chunk, data FROM vector WHERE space = ? AND chunk > ? ORDER BY chunk LIMIT ?"_s,
                {space, after, most},
                [&](const QSqlQuery &row) {
                    if (append(batch.values, row.value(1).toByteArray(), dimensions))
                        batch.chunks.push_back(row.value(0).toLongLong());
                })
        .transform([&batch] { return std::move(batch); });
}

Result<qint64> VectorStore::lastChunk(qint64 space)
{
    return m_connection.value(u"SELECT max(chunk) FROM vector WHERE space = ?"_s, {space})
        .transform([](const QVariant &chunk) { return chunk.toLongLong(); });
}

Result<qint64> VectorStore::removeOrphans(qint64 space, int dimensions)
{
    return m_connection
        .execute(u"DELETE FROM vector WHERE space = ? AND (length(data) <> ? OR chunk NOT IN (SELECT id FROM chunk))"_s,
                 {space, dimensions * int(sizeof(float))})
        .transform([this] { return m_connection.changes(); });
}

} // namespace quintet::knowledge
