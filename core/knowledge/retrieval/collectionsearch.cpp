// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/collectionsearch.h"

#include "knowledge/index/dotproduct.h"
#include "knowledge/index/latentmodel.h"
#include "knowledge/retrieval/hitselection.h"
#include "knowledge/retrieval/keywordleg.h"
#include "knowledge/store/collectionstore.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr int vectorCandidates = 100;
constexpr qsizetype longestScan = 200; // characters of stop words that are looked for
constexpr qint64 mostScanned = 50'000; // passages whose texts are read for that
constexpr double unmeasuredWeight = 0; // until the collection has been measured

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

/// What both legs found, each passage once.
std::vector<Fused> together(const std::vector<ScoredChunk> &byWords, const std::vector<Near> &byMeaning)
{
    std::vector<Fused> all;
    for (size_t i = 0; i < byWords.size(); ++i)
        all.push_back({.chunk = byWords[i].chunk, .keyword = byWords[i].score, .keywordRank = int(i) + 1});
    std::ranges::sort(all, {}, &Fused::chunk);
    std::vector<Fused> more;
    for (size_t i = 0; i < byMeaning.size(); ++i) {
        const auto known = std::ranges::lower_bound(all, byMeaning[i].chunk, {}, &Fused::chunk);
        if (known != all.end() && known->chunk == byMeaning[i].chunk)
            known->vectorRank = int(i) + 1;
        else
            more.push_back({.chunk = byMeaning[i].chunk, .vectorRank = int(i) + 1});
    }
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

bool holds(const TermCounts &counts, const std::vector<TermId> &terms)
{
    return std::ranges::any_of(terms, [&counts](TermId id) { return find(counts, id) != nullptr; });
}

/// "attr" may stand inside of "setattr", which an index of words does not tell.
bool isOneName(const QString &words)
{
    constexpr qsizetype shortest = 3;
    constexpr qsizetype longest = 64;
    return words.size() >= shortest && words.size() <= longest && !words.contains(u' ');
}

bool holdsPhrases(const QString &text, const QStringList &phrases)
{
    if (phrases.isEmpty())
        return true;
    const QString flat = text.simplified();
    return std::ranges::all_of(phrases,
                               [&flat](const QString &phrase) { return flat.contains(phrase, Qt::CaseInsensitive); });
}

} // namespace

Result<CollectionFigures> CollectionSearch::figures()
{
    CollectionStore sums(m_connection);
    return sums.number(QStringLiteral("chunks")).and_then([&](qint64 chunks) {
        return sums.number(QStringLiteral("tokens")).transform([chunks](qint64 tokens) {
            return CollectionFigures{double(chunks), chunks > 0 ? std::max(1.0, double(tokens) / double(chunks)) : 1.0};
        });
    });
}

/// The vectors to search with; null where there are none, or none are wanted.
Result<const ServingVectors *> CollectionSearch::vectors(const Query &query)
{
    if (query.mode == SearchMode::Keyword)
        return nullptr;
    const bool waits = !query.patience || query.mode == SearchMode::Vector;
    return m_source.get(m_connection, waits).transform([&query](const ServingVectors *vectors) {
        if (!vectors && query.notes)
            *query.notes << tr("The vectors of this collection are still being read; this was found by words alone.");
        return vectors && vectors->space() ? vectors : nullptr;
    });
}

/// The vector leg; `used` becomes the question's vector, empty where there is none.
Result<std::vector<Near>> CollectionSearch::nearest(const ServingVectors &vectors, const QuestionTerms &terms,
                                                    const std::vector<float> &questionVector,
                                                    const PassageFilter &filter, std::vector<float> &used)
{
    const SpaceRow &space = *vectors.space();
    used = questionVector;
    if (used.empty()) {
        std::vector<TermId> ids = terms.ids();
        std::ranges::sort(ids);
        auto directions = VectorStore(m_connection).directions(space.id, ids, space.dimensions);
        if (!directions)
            return std::unexpected(directions.error());
        const LatentModel model{space.dimensions, std::move(directions->terms), std::move(directions->values)};
        used = model.vectorOfQuestion(ids);
    }
    if (used.empty())
        return std::vector<Near>();
    MayBeFound mayBeFound;
    if (filter.isSet()) {
        auto chunks = m_passages.chunksIn(filter);
        if (!chunks)
            return std::unexpected(chunks.error());
        mayBeFound = [chunks = std::move(*chunks)](qint64 chunk) { return std::ranges::binary_search(chunks, chunk); };
    }
    return vectors.nearest(used, vectorCandidates, mayBeFound);
}

Result<Findings> CollectionSearch::find(const Query &query, const Question &question,
                                        const std::vector<float> &questionVector, CancelToken token)
{
    const auto figures = this->figures();
    const auto languages = CollectionStore(m_connection).languages();
    const auto filter = m_passages.filterFor(question);
    if (!figures || !languages || !filter)
        return std::unexpected(!figures ? figures.error() : !languages ? languages.error() : filter.error());
    auto terms = termsOf(question, *languages, *figures, m_passages);
    if (!terms)
        return std::unexpected(terms.error());
    KeywordLeg keywords(m_passages, *figures);
    const auto byWords = query.mode == SearchMode::Vector ? std::vector<ScoredChunk>() : keywords.find(*terms, *filter);
    if (!byWords)
        return std::unexpected(byWords.error());
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    std::vector<Near> byMeaning;
    std::vector<float> vector;
    const auto vectors = this->vectors(query);
    if (!vectors)
        return std::unexpected(vectors.error());
    if (*vectors) {
        auto near = nearest(**vectors, *terms, questionVector, *filter, vector);
        if (!near)
            return std::unexpected(near.error());
        byMeaning = std::move(*near);
    }
    Findings findings{.passages = together(*byWords, byMeaning), .question = std::move(*terms)};
    findings.hasVectors = !vector.empty();
    std::vector<qint64> chunks;
    for (const Fused &passage : findings.passages)
        chunks.push_back(passage.chunk);
    auto counts = m_passages.termsOf(chunks);
    if (!counts)
        return std::unexpected(counts.error());
    findings.terms = std::move(*counts);
    std::ranges::sort(findings.terms, {}, &ChunkTerms::chunk);

    // By words alone means what was typed; else the question is made richer by what it found first.
    std::vector<WeightedTerm> rich;
    if (query.mode == SearchMode::Hybrid && !byWords->empty()) {
        auto enriched = keywords.enrich(findings.question, *byWords, findings.terms);
        if (!enriched)
            return std::unexpected(enriched.error());
        rich = std::move(*enriched);
    }
    const DotProduct dot = dotProduct();
    for (Fused &passage : findings.passages) {
        const auto known = std::ranges::lower_bound(findings.terms, passage.chunk, {}, &ChunkTerms::chunk);
        const bool isThere = known != findings.terms.end() && known->chunk == passage.chunk;
        if (!isThere || holds(known->counts, findings.question.without)) {
            passage.keyword = 0; // gone meanwhile, or not wanted
            continue;
        }
        passage.coverage = findings.question.coverage(known->counts);
        if (!rich.empty()) {
            passage.exact = passage.keyword;
            passage.keyword = scoreOf(*known, rich, *figures);
        }
        const auto at = vector.empty() ? std::span<const float>() : (*vectors)->table().of(passage.chunk);
        if (!at.empty())
            passage.vector = dot(vector.data(), at.data(), at.size());
    }
    findings.weight = !*vectors ? 0
                      : query.mode == SearchMode::Vector
                          ? 1
                          : query.vectorWeight.value_or((*vectors)->space()->weight.value_or(unmeasuredWeight));
    // Without words in common, a model's vectors speak alone.
    if (query.mode == SearchMode::Hybrid && byWords->empty())
        findings.weight = 1;
    fuse(findings.passages, findings.weight);
    return findings;
}

Result<std::vector<Hit>> CollectionSearch::search(const Query &query, const std::vector<float> &questionVector,
                                                  CancelToken token)
{
    const Question question = questionFrom(query.text);
    auto findings = find(query, question, questionVector, token);
    if (!findings)
        return std::unexpected(findings.error());
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    const bool mayBePartOfName =
        isOneName(question.words) && question.without.empty() && findings->question.terms.empty();
    if (findings->passages.empty() && (findings->question.words.empty() || mayBePartOfName)) {
        if (const auto found = findAsWritten(query, question, *findings); !found)
            return std::unexpected(found.error());
    }
    return hitsFrom(query, question, std::move(*findings));
}

/// For a question of stop words alone, which the index of words leaves out, and for a part of a name that no word is:
/// passages that hold it as it stands, else all of its words. They are no answer to anything: they cover nothing. Words
/// that begin with it the index tells; for the others texts are read, the newest ones where they are many.
Result<void> CollectionSearch::findAsWritten(const Query &query, const Question &question, Findings &findings)
{
    const QString words = question.words.simplified().left(longestScan);
    const auto filter = m_passages.filterFor(question);
    if (words.isEmpty() || !filter)
        return filter.transform([](const auto &) { });
    const int most = std::max(0, query.count) + 20;
    const auto take = [&findings](const std::vector<qint64> &chunks) {
        for (const qint64 chunk : chunks)
            findings.passages.push_back({.chunk = chunk, .keywordRank = int(findings.passages.size()) + 1});
        return !findings.passages.empty();
    };
    if (!findings.question.words.empty()) {
        const auto known = wordsBeginningWith(words, *filter, most);
        if (!known || take(*known))
            return known.transform([](const auto &) { });
    }
    const auto behind = m_passages.lastBefore(mostScanned);
    if (!behind)
        return std::unexpected(behind.error());
    if (*behind > 0 && query.notes)
        *query.notes << tr("The index of words does not know “%1”; the newest %2 passages were read for it.")
                            .arg(words, QLocale().toString(mostScanned));
    for (const QStringList &texts : {QStringList{words}, words.split(u' ')}) {
        const auto chunks = m_passages.holding(texts, *filter, *behind, most);
        if (!chunks || take(*chunks))
            return chunks.transform([](const auto &) { });
    }
    return {};
}

/// Passages that hold `name`, at the beginning of a word.
Result<std::vector<qint64>> CollectionSearch::wordsBeginningWith(const QString &name, const PassageFilter &filter,
                                                                 int most)
{
    TermReader reader{QString()};
    QString term;
    reader.read(name, [&term](const Term *read) { term = term.isEmpty() && read ? read->text : term; });
    if (term.isEmpty())
        return std::vector<qint64>();
    return m_passages.withWordsFrom(term, filter, KeywordLeg::candidates)
        .and_then([&](const std::vector<qint64> &chunks) { return m_passages.holding({name}, filter, chunks, most); });
}

Result<std::vector<Hit>> CollectionSearch::hitsFrom(const Query &query, const Question &question, Findings findings)
{
    // Phrases are told from the text, so that many may fall away; the rest is as many as can become hits.
    const size_t looked = question.phrases.isEmpty() ? size_t(std::max(0, query.count)) * 3 + 20 : SIZE_MAX;
    findings.passages.resize(std::min(findings.passages.size(), looked));
    std::vector<qint64> chunks;
    for (const Fused &passage : findings.passages)
        chunks.push_back(passage.chunk);
    const auto rows = m_passages.passages(chunks, question);
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Candidate> candidates;
    for (const Fused &passage : findings.passages) {
        const auto row = std::ranges::lower_bound(*rows, passage.chunk, {}, &PassageRow::chunk);
        if (row == rows->end() || row->chunk != passage.chunk || !holdsPhrases(row->text, question.phrases))
            continue;
        const auto known = std::ranges::lower_bound(findings.terms, passage.chunk, {}, &ChunkTerms::chunk);
        const bool isThere = known != findings.terms.end() && known->chunk == passage.chunk;
        candidates.push_back({passage, *row, isThere ? known->counts : TermCounts()});
    }
    return selectHits(candidates, query.count, query.joinNeighbours);
}

} // namespace quintet::knowledge
