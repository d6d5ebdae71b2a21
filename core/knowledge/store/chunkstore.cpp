// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/chunkstore.h"

#include "knowledge/store/collectionstore.h"
#include "knowledge/store/idlist.h"
#include "knowledge/store/termstore.h"

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

QVariant orNull(const std::optional<int> &number)
{
    return number ? QVariant(*number) : QVariant();
}

} // namespace

Result<void> ChunkStore::expectMuch()
{
    return m_connection.executeScript("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;");
}

Result<std::optional<KnownContent>> ChunkStore::contentOf(const QByteArray &hash)
{
    std::optional<KnownContent> known;
    return m_connection
        .select(u"SELECT id, whole FROM content WHERE hash = ?"_s, {hash},
                [&known](const QSqlQuery &row) { known = {row.value(0).toLongLong(), row.value(1).toBool()}; })
        .transform([&known] { return known; });
}

Result<KnownContent> ChunkStore::begin(const ContentRow &content)
{
    const QVariant date = content.date.isValid() ? QVariant(content.date.toMSecsSinceEpoch()) : QVariant();
    // A null QString would be bound as NULL.
    const auto text = [](const QString &value) { return value.isNull() ? u""_s : value; };
    return m_connection
        .execute(u"INSERT INTO content (hash, title, author, language, format, date, characters, whole) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (hash) DO NOTHING"_s,
                 {content.hash, text(content.title), text(content.author), text(content.language), text(content.format),
                  date, content.characters})
        .and_then([&] { return contentOf(content.hash); })
        .transform([](const std::optional<KnownContent> &known) { return known.value_or(KnownContent()); });
}

Result<int> ChunkStore::chunksOf(qint64 content)
{
    return m_connection.value(u"SELECT count(*) FROM chunk WHERE content = ?"_s, {content})
        .transform([](const QVariant &count) { return count.toInt(); });
}

Result<void> ChunkStore::add(qint64 content, const std::vector<PreparedChunk> &chunks)
{
    const auto text = [](const QString &value) { return value.isNull() ? u""_s : value; };
    for (const PreparedChunk &chunk : chunks) {
        auto added = m_connection.execute(
            u"INSERT INTO chunk (content, number, start, end, page, place, headings, gap, header, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {content, chunk.number, chunk.start, chunk.end, orNull(chunk.page), text(chunk.place),
             text(chunk.headings.join(u'\n')), text(chunk.gap), text(chunk.header), text(chunk.text)});
        if (!added)
            return added;
        added = m_connection.execute(
            u"INSERT INTO chunk_terms (chunk, tokens, counts) VALUES (last_insert_rowid(), ?, ?)"_s,
            {chunk.tokens, packed(chunk.counts)});
        // A table whose key is given as the row id leaves last_insert_rowid() at the passage's id.
        if (added) {
            added =
                m_connection.execute(u"INSERT INTO passage (rowid, heading, body) VALUES (last_insert_rowid(), ?, ?)"_s,
                                     {text(chunk.headingTerms), text(chunk.bodyTerms)});
        }
        if (!added)
            return added;
        for (const TermCount &count : chunk.counts)
            m_terms.push_back(count.id);
        m_tokens += chunk.tokens;
    }
    m_passages += qint64(chunks.size());
    return {};
}

Result<void> ChunkStore::addSums()
{
    if (m_passages == 0)
        return {};
    return TermStore(m_connection).note(std::exchange(m_terms, {}), m_passages).and_then([&] {
        return addToSums(std::exchange(m_passages, 0), std::exchange(m_tokens, 0));
    });
}

Result<void> ChunkStore::addToSums(qint64 chunks, qint64 tokens)
{
    CollectionStore sums(m_connection);
    return sums.add(u"chunks"_s, chunks).and_then([&] { return sums.add(u"tokens"_s, tokens); });
}

Result<void> ChunkStore::finish(qint64 content)
{
    return m_connection.execute(u"UPDATE content SET whole = 1 WHERE id = ?"_s, {content});
}

Result<int> ChunkStore::sweep(int most, const std::vector<qint64> &underWay)
{
    const QString unused = u"NOT EXISTS (SELECT 1 FROM document WHERE document.content = content.id) "
                           "AND content.id NOT IN (%1)"_s.arg(listOf(underWay));
    std::vector<qint64> chunks;
    const auto read = m_connection.select(
        u"SELECT chunk.id FROM content JOIN chunk ON chunk.content = content.id WHERE "_s + unused + u" LIMIT ?"_s,
        {most}, [&chunks](const QSqlQuery &row) { chunks.push_back(row.value(0).toLongLong()); });
    if (!read)
        return std::unexpected(read.error());
    if (!chunks.empty()) {
        // From now on it is no file's content any more, also where the rest of it is removed by another process.
        return m_connection
            .execute(u"UPDATE content SET whole = 0, hash = randomblob(32) WHERE "_s + unused
                     + u" AND (whole = 1 OR id IN (SELECT content FROM chunk WHERE id IN (%1)))"_s.arg(listOf(chunks)))
            .and_then([&] { return removeChunks(chunks); })
            .transform([&chunks] { return int(chunks.size()); });
    }
    return m_connection
        .execute(u"DELETE FROM content WHERE "_s + unused
                 + u" AND NOT EXISTS (SELECT 1 FROM chunk WHERE chunk.content = content.id)"_s)
        .transform([] { return 0; });
}

Result<void> ChunkStore::removeChunks(const std::vector<qint64> &chunks)
{
    const QString list = listOf(chunks);
    std::vector<TermId> terms;
    qint64 tokens = 0;
    const auto read = m_connection.select(u"SELECT tokens, counts FROM chunk_terms WHERE chunk IN (%1)"_s.arg(list), {},
                                          [&](const QSqlQuery &row) {
                                              tokens += row.value(0).toLongLong();
                                              for (const TermCount &count : unpacked(row.value(1).toByteArray()))
                                                  terms.push_back(count.id);
                                          });
    if (!read)
        return read;
    if (auto done = TermStore(m_connection).remove(std::move(terms)); !done)
        return done;
    for (const QString &statement :
         {u"DELETE FROM passage WHERE rowid IN (%1)"_s, u"DELETE FROM chunk_terms WHERE chunk IN (%1)"_s,
          u"DELETE FROM vector WHERE space IN (SELECT id FROM space) AND chunk IN (%1)"_s,
          u"DELETE FROM chunk WHERE id IN (%1)"_s}) {
        if (auto done = m_connection.executeScript(statement.arg(list).toUtf8()); !done)
            return done;
    }
    if (auto counted = CollectionStore(m_connection).add(u"removed"_s, qint64(chunks.size())); !counted)
        return counted;
    return addToSums(-qint64(chunks.size()), -tokens);
}

Result<void> ChunkStore::clear()
{
    return m_connection.executeScript("UPDATE document SET content = NULL, state = 'pending', reason = '';"
                                      "DELETE FROM vector; DELETE FROM direction; DELETE FROM space;"
                                      "DELETE FROM chunk_terms; DELETE FROM chunk; DELETE FROM content;"
                                      "DELETE FROM term; DELETE FROM term_news;"
                                      "INSERT INTO passage (passage) VALUES ('delete-all');"
                                      "DELETE FROM setting WHERE name IN ('chunks', 'tokens', 'removed');");
}

Result<void> ChunkStore::setEnabled(qint64 chunk, bool enabled)
{
    return m_connection.execute(u"UPDATE chunk SET enabled = ? WHERE id = ?"_s, {enabled ? 1 : 0, chunk});
}

} // namespace quintet::knowledge
