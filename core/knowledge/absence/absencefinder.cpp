// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/absence/absencefinder.h"

#include "knowledge/retrieval/hitselection.h"
#include "knowledge/retrieval/keywordleg.h"

#include <algorithm>
#include <functional>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostRanked = 200'000; // passages that a rank is looked for among

/// The documents that `wanted` means: those whose path or last parts it is, else those that end with it, else those
/// that have it in their name, else anywhere.
std::vector<DocumentRow> documentsLike(const std::vector<DocumentRow> &documents, const QString &wanted)
{
    using Fits = std::function<bool(const QString &path)>;
    const Fits ways[] = {
        [&wanted](const QString &path) { return path == wanted; },
        [&wanted](const QString &path) { return path.endsWith(u'/' + wanted); },
        [&wanted](const QString &path) { return path.endsWith(u'/' + wanted, Qt::CaseInsensitive); },
        [&wanted](const QString &path) { return path.endsWith(wanted, Qt::CaseInsensitive); },
        [&wanted](const QString &path) {
            return QStringView(path).sliced(path.lastIndexOf(u'/') + 1).contains(wanted, Qt::CaseInsensitive);
        },
        [&wanted](const QString &path) { return path.contains(wanted, Qt::CaseInsensitive); }};
    std::vector<DocumentRow> found;
    for (const Fits &fits : ways) {
        std::ranges::copy_if(documents, std::back_inserter(found),
                             [&fits](const DocumentRow &row) { return fits(row.path); });
        if (!found.empty())
            break;
    }
    return found;
}

bool holdsAny(const TermCounts &counts, const std::vector<TermId> &terms)
{
    return std::ranges::any_of(terms, [&counts](TermId id) { return find(counts, id) != nullptr; });
}

Absence::Reason reasonOf(DocumentState state)
{
    return state == DocumentState::Failed    ? Absence::Failed
           : state == DocumentState::Skipped ? Absence::Skipped
                                             : Absence::Waiting;
}

} // namespace

struct AbsenceFinder::Looked {
    Question question;
    Findings findings;
    std::vector<Hit> hits;
    std::vector<PassageRow> rows; ///< of the document, those that may be found
    std::vector<qint64> chunks;   ///< theirs, sorted
    std::vector<ChunkTerms> terms;
    Absence absence;

    void noteChunks()
    {
        chunks.clear();
        for (const PassageRow &row : rows)
            chunks.push_back(row.chunk);
        std::ranges::sort(chunks);
    }
    bool isOfDocument(qint64 chunk) const { return std::ranges::binary_search(chunks, chunk); }
};

Result<Absence> AbsenceFinder::find(const Query &query, const QString &wanted, const std::vector<float> &questionVector,
                                    CancelToken token)
{
    Looked looked{.question = questionFrom(query.text)};
    Absence &absence = looked.absence;
    absence.wanted = wanted;
    const auto documents = DocumentStore(m_connection).all();
    if (!documents)
        return std::unexpected(documents.error());
    const std::vector<DocumentRow> alike = documentsLike(*documents, wanted);
    if (alike.empty())
        return absence;
    if (alike.size() > 1) {
        absence.reason = Absence::SeveralFit;
        for (const DocumentRow &row : alike)
            absence.documents << row.path;
        return absence;
    }
    const DocumentRow *document = &alike.front();
    absence.document = document->path;
    absence.detail = document->reason;
    absence.reason = reasonOf(document->state);
    if (document->content == 0)
        return absence;
    auto rows = m_passages.passagesOf(document->path);
    auto hits = m_search.search(query, questionVector, token);
    if (!rows || !hits)
        return std::unexpected(rows ? hits.error() : rows.error());
    const auto hit = std::ranges::find(*hits, document->path, &Hit::document);
    if (hit != hits->end()) {
        absence.reason = Absence::IsAmongHits;
        absence.hit = int(hit - hits->begin()) + 1;
        return absence;
    }
    looked.hits = std::move(*hits);
    looked.rows = std::move(*rows);
    std::erase_if(looked.rows, [](const PassageRow &row) { return !row.isEnabled; });
    if (looked.rows.empty()) {
        absence.reason = Absence::SwitchedOff;
        return absence;
    }
    looked.noteChunks();
    auto terms = m_passages.termsOf(looked.chunks);
    auto findings = m_search.find(query, looked.question, questionVector, token);
    if (!terms || !findings)
        return std::unexpected(terms ? findings.error() : terms.error());
    looked.terms = std::move(*terms);
    looked.findings = std::move(*findings);
    const auto leftOut = isLeftOut(looked);
    if (!leftOut)
        return std::unexpected(leftOut.error());
    if (*leftOut)
        return absence;
    if (const auto ranked = rankByWords(looked); !ranked)
        return std::unexpected(ranked.error());
    compare(looked);
    return absence;
}

/// Whether an operator of the question keeps the document out.
Result<bool> AbsenceFinder::isLeftOut(Looked &looked)
{
    const Question &question = looked.question;
    Absence &absence = looked.absence;
    absence.reason = Absence::LeftOutBy;
    for (const QString &part : question.files) {
        absence.detail = u"file:"_s + part;
        if (!absence.document.contains(part, Qt::CaseInsensitive))
            return true;
    }
    const auto filter = m_passages.filterFor(question);
    if (!filter)
        return std::unexpected(filter.error());
    absence.detail = u"after:"_s + question.after.toString(Qt::ISODate);
    if (question.after.isValid() && !std::ranges::binary_search(*filter->contents, looked.rows.front().content))
        return true;
    struct Operator {
        QString text;
        std::function<bool(const PassageRow &)> allows;
    };
    std::vector<Operator> operators;
    for (const QString &phrase : question.phrases)
        operators.push_back({u'"' + phrase + u'"', [&phrase](const PassageRow &row) {
                                 return row.text.simplified().contains(phrase, Qt::CaseInsensitive);
                             }});
    if (!question.without.isEmpty())
        operators.push_back({u'-' + question.without.join(u" -"_s), [&looked](const PassageRow &row) {
                                 const auto passage = std::ranges::find(looked.terms, row.chunk, &ChunkTerms::chunk);
                                 return passage == looked.terms.end()
                                        || !holdsAny(passage->counts, looked.findings.question.without);
                             }});
    // One passage must satisfy them all.
    const std::vector<PassageRow> all = looked.rows;
    QStringList named;
    for (const Operator &one : operators) {
        named << one.text;
        std::erase_if(looked.rows, [&one](const PassageRow &row) { return !one.allows(row); });
        if (looked.rows.empty()) {
            absence.detail = std::ranges::none_of(all, one.allows) ? one.text : named.join(u' ');
            return true;
        }
    }
    looked.noteChunks();
    return false;
}

/// Which words it has, and where its best passage stands among all that have some.
Result<void> AbsenceFinder::rankByWords(Looked &looked)
{
    Absence &absence = looked.absence;
    absence.detail.clear();
    for (const QuestionWord &word : looked.findings.question.words) {
        const bool isThere = std::ranges::any_of(
            looked.terms, [&word](const ChunkTerms &passage) { return holdsAny(passage.counts, word.terms); });
        (isThere ? absence.words : absence.missing) << word.text;
    }
    const QString expression = expressionFor(looked.findings.question);
    const auto filter = m_passages.filterFor(looked.question);
    if (expression.isEmpty() || !filter)
        return filter.transform([](const auto &) { });
    return m_passages.matching(expression, *filter, mostRanked).transform([&](const std::vector<ScoredChunk> &found) {
        const auto best =
            std::ranges::find_if(found, [&looked](const ScoredChunk &one) { return looked.isOfDocument(one.chunk); });
        absence.byWords = {best == found.end() ? 0 : best - found.begin() + 1, qint64(found.size())};
    });
}

/// Where both legs together put its best passage, and what became of it then.
void AbsenceFinder::compare(Looked &looked)
{
    Absence &absence = looked.absence;
    const Findings &findings = looked.findings;
    absence.hasVectors = findings.hasVectors;
    absence.lastScore = looked.hits.empty() ? 0 : looked.hits.back().score;
    absence.reason = Absence::NotReached;
    const Fused *best = nullptr;
    for (const Fused &passage : findings.passages) {
        if (!looked.isOfDocument(passage.chunk))
            continue;
        if (!best)
            best = &passage;
        if (passage.vectorRank > 0 && (absence.byVectors.rank == 0 || passage.vectorRank < absence.byVectors.rank))
            absence.byVectors.rank = passage.vectorRank;
    }
    if (!best)
        return;
    absence.score = best->score;
    absence.reason = Absence::Behind;
    const auto row = std::ranges::find(looked.rows, best->chunk, &PassageRow::chunk);
    const auto own = std::ranges::find(looked.terms, best->chunk, &ChunkTerms::chunk);
    for (size_t i = 0; i < looked.hits.size(); ++i) {
        const Hit &hit = looked.hits[i];
        const auto its = std::ranges::find(findings.terms, hit.chunk, &ChunkTerms::chunk);
        absence.other = hit.document;
        absence.hit = int(i) + 1;
        if (looked.isOfDocument(hit.chunk) || hit.text.simplified().contains(row->text.simplified())) {
            absence.reason = Absence::Duplicate;
            return;
        }
        const bool isAlike = its != findings.terms.end() && own != looked.terms.end()
                             && likeness(its->counts, own->counts) > freeLikeness;
        if (isAlike && best->score >= absence.lastScore) {
            absence.reason = Absence::TooAlike;
            return;
        }
    }
}

} // namespace quintet::knowledge
