// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/passagestore.h"

#include "knowledge/store/idlist.h"

#include <QFileInfo>
#include <QSqlQuery>

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

bool fits(const QString &path, const QStringList &parts)
{
    return std::ranges::all_of(parts,
                               [&path](const QString &part) { return path.contains(part, Qt::CaseInsensitive); });
}

} // namespace

Result<PassageFilter> PassageStore::filterFor(const Question &question)
{
    if (!question.isFiltered())
        return PassageFilter();
    std::vector<qint64> contents;
    const qint64 after = question.after.isValid() ? question.after.startOfDay(QTimeZone::UTC).toMSecsSinceEpoch() : 0;
    const auto read = m_connection.select(
        u"SELECT document.path, content.id, coalesce(content.date, document.modified) FROM document "
        "JOIN content ON content.id = document.content"_s,
        {}, [&](const QSqlQuery &row) {
            const bool isNew = !question.after.isValid() || row.value(2).toLongLong() >= after;
            if (isNew && fits(row.value(0).toString(), question.files))
                contents.push_back(row.value(1).toLongLong());
        });
    if (!read)
        return std::unexpected(read.error());
    std::ranges::sort(contents);
    contents.erase(std::ranges::unique(contents).begin(), contents.end());
    return PassageFilter{std::move(contents)};
}

Result<std::vector<ScoredChunk>> PassageStore::matching(const QString &expression, const PassageFilter &filter,
                                                        int most)
{
    std::vector<ScoredChunk> found;
    const QString within =
        filter.isSet() ? u"AND rowid IN (SELECT id FROM chunk WHERE content IN (%1)) "_s.arg(listOf(*filter.contents))
                       : QString();
    return m_connection
        .select(
            u"SELECT rowid, bm25(passage, 2.0, 1.0) AS score FROM passage WHERE passage MATCH ? "_s + within
                + u"ORDER BY score, rowid LIMIT ?"_s,
            {expression, most},
            [&found](const QSqlQuery &row) { found.push_back({row.value(0).toLongLong(), -row.value(1).toDouble()}); })
        .transform([&found] { return std::move(found); });
}

Result<std::vector<qint64>> PassageStore::withWordsFrom(const QString &start, const PassageFilter &filter, int most)
{
    const QString within = filter.isSet() ? u" AND content IN (%1)"_s.arg(listOf(*filter.contents)) : QString();
    std::vector<qint64> chunks;
    return m_connection
        .select(u"SELECT rowid FROM passage WHERE passage MATCH ? AND rowid IN (SELECT id FROM chunk WHERE "
                "enabled = 1"_s
                    + within + u") LIMIT ?"_s,
                {u'"' + start + u"\" *"_s, most},
                [&chunks](const QSqlQuery &row) { chunks.push_back(row.value(0).toLongLong()); })
        .transform([&chunks] { return std::move(chunks); });
}

Result<std::vector<qint64>> PassageStore::holding(const QStringList &texts, const PassageFilter &filter,
                                                  const std::vector<qint64> &among, int most)
{
    return holding(texts, filter, u"id IN (%1) AND enabled = 1"_s.arg(listOf(among)), most);
}

Result<std::vector<qint64>> PassageStore::holding(const QStringList &texts, const PassageFilter &filter, qint64 behind,
                                                  int most)
{
    return holding(texts, filter, u"id > %1 AND enabled = 1"_s.arg(behind), most);
}

Result<std::vector<qint64>> PassageStore::holding(const QStringList &texts, const PassageFilter &filter,
                                                  QString condition, int most)
{
    QVariantList values;
    for (QString text : texts) {
        condition += u" AND text LIKE ? ESCAPE '\\'"_s;
        values << u'%' + text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s) + u'%';
    }
    if (filter.isSet())
        condition += u" AND content IN (%1)"_s.arg(listOf(*filter.contents));
    std::vector<qint64> chunks;
    return m_connection
        .select(u"SELECT id FROM chunk WHERE %1 ORDER BY id LIMIT ?"_s.arg(condition), values + QVariantList{most},
                [&chunks](const QSqlQuery &row) { chunks.push_back(row.value(0).toLongLong()); })
        .transform([&chunks] { return std::move(chunks); });
}

Result<std::vector<ChunkTerms>> PassageStore::termsOf(const std::vector<qint64> &chunks)
{
    std::vector<ChunkTerms> found;
    return m_connection
        .select(u"SELECT chunk, tokens, counts FROM chunk_terms WHERE chunk IN (%1)"_s.arg(listOf(chunks)), {},
                [&found](const QSqlQuery &row) {
                    found.push_back(
                        {row.value(0).toLongLong(), row.value(1).toInt(), unpacked(row.value(2).toByteArray())});
                })
        .transform([&found] { return std::move(found); });
}

Result<std::vector<ChunkTerms>> PassageStore::termsBehind(qint64 after, int most)
{
    std::vector<ChunkTerms> found;
    return m_connection
        .select(u"SELECT chunk, tokens, counts FROM chunk_terms WHERE chunk > ? ORDER BY chunk LIMIT ?"_s,
                {after, most},
                [&found](const QSqlQuery &row) {
                    found.push_back(
                        {row.value(0).toLongLong(), row.value(1).toInt(), unpacked(row.value(2).toByteArray())});
                })
        .transform([&found] { return std::move(found); });
}

Result<std::vector<PassageRow>> PassageStore::select(const QString &condition, const QVariantList &values)
{
    std::vector<PassageRow> rows;
    return m_connection
        .select(u"SELECT chunk.id, chunk.content, number, start, end, page, place, headings, gap, header, text, "
                "enabled, document.path, content.title FROM chunk JOIN content ON content.id = chunk.content "
                "JOIN document ON document.content = chunk.content "_s
                    + condition,
                values,
                [&rows](const QSqlQuery &row) {
                    PassageRow passage{.chunk = row.value(0).toLongLong(),
                                       .content = row.value(1).toLongLong(),
                                       .number = row.value(2).toInt(),
                                       .start = row.value(3).toLongLong(),
                                       .end = row.value(4).toLongLong(),
                                       .place = row.value(6).toString(),
                                       .headings = row.value(7).toString().split(u'\n', Qt::SkipEmptyParts),
                                       .gap = row.value(8).toString(),
                                       .header = row.value(9).toString(),
                                       .text = row.value(10).toString(),
                                       .isEnabled = row.value(11).toBool(),
                                       .document = row.value(12).toString(),
                                       .title = row.value(13).toString()};
                    if (!row.isNull(5))
                        passage.page = row.value(5).toInt();
                    if (passage.title.isEmpty())
                        passage.title = QFileInfo(passage.document).fileName();
                    rows.push_back(std::move(passage));
                })
        .transform([&rows] { return std::move(rows); });
}

Result<std::vector<PassageRow>> PassageStore::passages(const std::vector<qint64> &chunks, const Question &question)
{
    return select(u"WHERE chunk.enabled = 1 AND chunk.id IN (%1) ORDER BY document.path"_s.arg(listOf(chunks)))
        .transform([&question](std::vector<PassageRow> rows) {
            std::erase_if(rows, [&question](const PassageRow &row) { return !fits(row.document, question.files); });
            std::ranges::stable_sort(rows, {}, &PassageRow::chunk);
            const auto again = std::ranges::unique(rows, {}, &PassageRow::chunk);
            rows.erase(again.begin(), again.end());
            return rows;
        });
}

Result<std::vector<PassageRow>> PassageStore::passagesOf(const QString &document)
{
    return select(u"WHERE document.path = ? ORDER BY chunk.number"_s, {document});
}

Result<std::vector<PassageRow>> PassageStore::switchedOff(int most)
{
    return select(u"WHERE chunk.enabled = 0 GROUP BY chunk.id ORDER BY chunk.id LIMIT ?"_s, {most});
}

Result<std::vector<PassageRow>> PassageStore::passagesBehind(qint64 after, int most)
{
    return select(u"WHERE chunk.enabled = 1 AND chunk.id > ? GROUP BY chunk.id ORDER BY chunk.id LIMIT ?"_s,
                  {after, most});
}

Result<qint64> PassageStore::lastChunk()
{
    return m_connection.value(u"SELECT max(chunk) FROM chunk_terms"_s).transform([](const QVariant &chunk) {
        return chunk.toLongLong();
    });
}

Result<qint64> PassageStore::lastGiven()
{
    return m_connection.value(u"SELECT seq FROM sqlite_sequence WHERE name = 'chunk'"_s)
        .transform([](const QVariant &chunk) { return chunk.toLongLong(); });
}

Result<qint64> PassageStore::lastBefore(qint64 count)
{
    return m_connection.value(u"SELECT chunk FROM chunk_terms ORDER BY chunk DESC LIMIT 1 OFFSET ?"_s, {count})
        .transform([](const QVariant &chunk) { return chunk.toLongLong(); });
}

Result<qint64> PassageStore::countBehind(qint64 chunk)
{
    return m_connection.value(u"SELECT count(*) FROM chunk_terms WHERE chunk > ?"_s, {chunk})
        .transform([](const QVariant &count) { return count.toLongLong(); });
}

Result<std::vector<qint64>> PassageStore::chunksIn(const PassageFilter &filter)
{
    std::vector<qint64> chunks;
    return m_connection
        .select(u"SELECT id FROM chunk WHERE content IN (%1) ORDER BY id"_s.arg(
                    listOf(filter.contents.value_or(std::vector<qint64>()))),
                {}, [&chunks](const QSqlQuery &row) { chunks.push_back(row.value(0).toLongLong()); })
        .transform([&chunks] { return std::move(chunks); });
}

} // namespace quintet::knowledge
