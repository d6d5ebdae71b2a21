// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/checkstore.h"

#include "knowledge/store/collectionstore.h"
#include "knowledge/store/termstore.h"

#include <QHash>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

QString strayVectors()
{
    return u"FROM vector WHERE chunk NOT IN (SELECT id FROM chunk)"_s;
}

QString strayPassages()
{
    return u"FROM passage_docsize WHERE id NOT IN (SELECT id FROM chunk)"_s;
}

} // namespace

Result<qint64> CheckStore::count(const QString &sql)
{
    return m_connection.value(sql).transform([](const QVariant &value) { return value.toLongLong(); });
}

Result<qint64> CheckStore::vectors()
{
    return count(u"SELECT count(*) FROM vector WHERE space IN (SELECT id FROM space WHERE serving = 1)"_s);
}

Result<CheckFindings> CheckStore::inspect()
{
    if (m_connection.isInTransaction())
        return inspectAll();
    if (const auto begun = m_connection.executeScript("BEGIN"); !begun)
        return std::unexpected(begun.error());
    auto findings = inspectAll();
    const auto ended = m_connection.executeScript("COMMIT");
    return ended ? findings : Result<CheckFindings>(std::unexpected(ended.error()));
}

Result<CheckFindings> CheckStore::inspectAll()
{
    CheckFindings findings;
    const auto damages = CollectionStore(m_connection).integrity();
    if (!damages)
        return std::unexpected(damages.error());
    findings.damages = *damages;
    return findings.damages.isEmpty() ? inspectRows() : findings;
}

Result<CheckFindings> CheckStore::inspectRows()
{
    CheckFindings findings;
    // A content that says it is whole has passages without gaps, each with its terms and in the keyword index.
    const auto read = m_connection.select(
        u"SELECT content.id FROM content LEFT JOIN (SELECT content, count(*) AS many, max(number) + 1 AS last, "
        "sum(chunk_terms.chunk IS NULL) AS bare, sum(passage_docsize.id IS NULL) AS unindexed FROM chunk "
        "LEFT JOIN chunk_terms ON chunk_terms.chunk = chunk.id LEFT JOIN passage_docsize ON passage_docsize.id = "
        "chunk.id "
        "GROUP BY content) AS parts ON parts.content = content.id "
        "WHERE content.whole = 1 AND (many IS NULL OR many <> last OR bare > 0 OR unindexed > 0) OR content.whole = 0 "
        "AND EXISTS (SELECT 1 FROM document WHERE document.content = content.id)"_s,
        {}, [&findings](const QSqlQuery &row) { findings.incomplete.push_back(row.value(0).toLongLong()); });
    if (!read)
        return std::unexpected(read.error());
    const auto vectors = count(u"SELECT count(*) "_s + strayVectors());
    const auto passages = count(u"SELECT count(*) "_s + strayPassages());
    if (!vectors || !passages)
        return std::unexpected(vectors ? passages.error() : vectors.error());
    findings.strayVectors = *vectors;
    findings.strayPassages = *passages;
    return inspectSums(findings).transform([&findings] { return findings; });
}

Result<void> CheckStore::inspectSums(CheckFindings &findings)
{
    QHash<TermId, qint64> real;
    qint64 chunks = 0;
    qint64 tokens = 0;
    const auto read = m_connection.select(u"SELECT tokens, counts FROM chunk_terms"_s, {}, [&](const QSqlQuery &row) {
        ++chunks;
        tokens += row.value(0).toLongLong();
        for (const TermCount &term : unpacked(row.value(1).toByteArray()))
            ++real[term.id];
    });
    if (!read)
        return read;
    const auto said = TermStore(m_connection).all();
    if (!said)
        return std::unexpected(said.error());
    for (const auto &[id, passages] : *said) {
        if (const qint64 is = real.take(id); is != passages)
            findings.wrongSums.push_back({id, is});
    }
    for (const auto &[id, is] : std::as_const(real).asKeyValueRange())
        findings.wrongSums.push_back({id, is});
    CollectionStore sums(m_connection);
    const auto saidChunks = sums.number(u"chunks"_s);
    const auto saidTokens = sums.number(u"tokens"_s);
    if (!saidChunks || !saidTokens)
        return std::unexpected(!saidChunks ? saidChunks.error() : saidTokens.error());
    if (*saidChunks != chunks)
        findings.chunks = chunks;
    if (*saidTokens != tokens)
        findings.tokens = tokens;
    return {};
}

Result<bool> CheckStore::isIndexSound()
{
    const auto checked = m_connection.execute(u"INSERT INTO passage (passage) VALUES ('integrity-check')"_s);
    if (!checked && checked.error().kind == ErrorKind::Corrupt)
        return false;
    return checked.transform([] { return true; });
}

Result<CheckFindings> CheckStore::repair()
{
    return inspectRows().and_then(
        [this](const CheckFindings &findings) { return mend(findings).transform([&findings] { return findings; }); });
}

Result<void> CheckStore::mend(const CheckFindings &findings)
{
    Result<void> done;
    const auto run = [&](const QString &sql, const QVariantList &values = {}) {
        if (done)
            done = m_connection.execute(sql, values);
    };
    for (const qint64 content : findings.incomplete) {
        run(u"UPDATE document SET content = NULL, state = 'pending', reason = '' WHERE content = ?"_s, {content});
        // The next ingestion sweeps it away, since no document has it, before it reads the bytes again.
        run(u"UPDATE content SET whole = 0, hash = randomblob(32) WHERE id = ?"_s, {content});
    }
    if (findings.strayVectors > 0)
        run(u"DELETE "_s + strayVectors());
    if (findings.strayPassages > 0)
        run(u"DELETE FROM passage WHERE rowid IN (SELECT id "_s + strayPassages() + u')');
    TermStore terms(m_connection);
    if (done)
        done = terms.addUp(0);
    for (const WrongSum &sum : findings.wrongSums) {
        if (done)
            done = terms.set(sum.id, sum.chunks);
    }
    if (findings.chunks)
        run(u"INSERT OR REPLACE INTO setting (name, value) VALUES ('chunks', ?)"_s, {*findings.chunks});
    if (findings.tokens)
        run(u"INSERT OR REPLACE INTO setting (name, value) VALUES ('tokens', ?)"_s, {*findings.tokens});
    return done;
}

} // namespace quintet::knowledge
