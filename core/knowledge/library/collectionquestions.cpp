// SPDX-License-Identifier: GPL-3.0-or-later
// What is found in a collection, apart from what is done to it.
#include "knowledge/absence/absencefinder.h"
#include "knowledge/library/collection.h"
#include "knowledge/question.h"
#include "knowledge/retrieval/collectionsearch.h"
#include "knowledge/store/collectionstore.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace quintet::knowledge {

namespace {

using namespace std::chrono_literals;

constexpr int passagesOfPage = 500;
constexpr int hitsToRerank = 24;

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

Hit hitFrom(const PassageRow &row, const QString &collection)
{
    return {.collection = collection,
            .chunk = row.chunk,
            .document = row.document,
            .title = row.title,
            .page = row.page,
            .place = row.place,
            .start = row.start,
            .end = row.end,
            .text = row.text,
            .headings = row.headings};
}

/// The same search for as many hits as the model `reranker`, where there is one, is to choose from.
Query wideFor(const Query &query, const QString &reranker)
{
    Query wide = query;
    if (!reranker.isEmpty())
        wide.count = std::max(query.count * 4, hitsToRerank);
    return wide;
}

} // namespace

/// The question's vector where an endpoint's model serves; empty where none is needed.
Task<Result<std::vector<float>>> Collection::vectorOf(Query query, CancelToken token)
{
    if (query.mode == SearchMode::Keyword)
        co_return std::vector<float>();
    const auto space = co_await read<std::optional<SpaceRow>>(
        [](store::Connection &connection) { return VectorStore(connection).serving(); });
    if (!space)
        co_return std::unexpected(space.error());
    const QString words = questionFrom(query.text).words;
    if (!*space || (*space)->name == u"builtin" || words.isEmpty())
        co_return std::vector<float>();
    auto vectors = co_await m_parts.embedder.embed((*space)->name, {words}, Embedder::Kind::Question, token);
    if (!vectors)
        co_return std::unexpected(vectors.error());
    std::vector<float> vector = vectors->empty() ? std::vector<float>() : vectors->front();
    co_return normalize(vector) ? vector : std::vector<float>();
}

/// The model that puts the hits in order; empty: none.
Task<Result<QString>> Collection::rerankerOf(Query query)
{
    if (!m_parts.reranker || query.reranker == u"none")
        co_return QString();
    if (!query.reranker.isEmpty())
        co_return QString(query.reranker);
    co_return co_await read<QString>([](store::Connection &connection) {
        return CollectionStore(connection).settings().transform([](const CollectionSettings &settings) {
            return settings.reranker;
        });
    });
}

/// The best of more hits than are wanted, by a model. Where it cannot be asked they stay as they were found.
Task<Result<std::vector<Hit>>> Collection::reranked(std::vector<Hit> hits, Query query, QString reranker,
                                                    CancelToken token)
{
    QStringList texts;
    for (const Hit &hit : hits)
        texts << hit.text;
    const auto scores = co_await m_parts.reranker->scores(reranker, questionFrom(query.text).words, texts, token);
    if (!scores && scores.error().kind == ErrorKind::Cancelled)
        co_return std::unexpected(scores.error());
    if (!scores) {
        if (query.notes)
            *query.notes << tr("The passages are in the order in which they were found, since %1 did not put them in "
                               "order: %2")
                                .arg(reranker, scores.error().message);
    } else {
        const auto [least, most] = std::ranges::minmax(*scores);
        // Scores of models are of any size; between 0 and 1 they compare with others.
        const bool isShare = least >= 0 && most <= 1;
        for (size_t i = 0; i < hits.size(); ++i)
            hits[i].score = isShare ? scores->at(i) : 1 / (1 + std::exp(-scores->at(i)));
        std::ranges::stable_sort(hits, std::ranges::greater(), &Hit::score);
    }
    hits.resize(std::min(hits.size(), size_t(std::max(0, query.count))));
    co_return Result<std::vector<Hit>>(std::move(hits));
}

/// The hits of a search before a model puts them in order.
Task<Result<std::vector<Hit>>> Collection::found(Query query, CancelToken token)
{
    auto vector = co_await vectorOf(query, token);
    if (!vector) {
        // Words alone find something, too, while the model's server is away.
        if (query.mode != SearchMode::Hybrid || vector.error().kind == ErrorKind::Cancelled)
            co_return std::unexpected(vector.error());
        if (query.notes)
            *query.notes << tr("This was found by words alone, since the collection's model could not be asked: %1")
                                .arg(vector.error().message);
        query.mode = SearchMode::Keyword;
        vector = std::vector<float>();
    }
    if (query.patience && *query.patience > 0ms && query.mode == SearchMode::Hybrid) {
        const auto prepared =
            co_await VectorSource::prepared(m_vectors, *m_reading, m_parts.clock, query.patience, token);
        if (!prepared)
            co_return std::unexpected(prepared.error());
    }
    auto hits = co_await read<std::vector<Hit>>(
        [query, vector = std::move(*vector), vectors = m_vectors, token](store::Connection &connection) {
            return CollectionSearch(connection, *vectors).search(query, vector, token);
        });
    if (hits) {
        for (Hit &hit : *hits)
            hit.collection = id();
    }
    co_return hits;
}

Task<Result<std::vector<Hit>>> Collection::search(Query query, CancelToken token)
{
    const auto reranker = co_await rerankerOf(query);
    if (!reranker)
        co_return std::unexpected(reranker.error());
    auto hits = co_await found(wideFor(query, *reranker), token);
    if (hits && hits->size() > 1 && !reranker->isEmpty())
        co_return co_await reranked(std::move(*hits), query, *reranker, token);
    if (hits)
        hits->resize(std::min(hits->size(), size_t(std::max(0, query.count))));
    co_return hits;
}

Task<Result<QStringList>> Collection::whyNot(Query query, QString document, CancelToken token)
{
    query.notes.reset();
    const auto reranker = co_await rerankerOf(query);
    if (!reranker)
        co_return std::unexpected(reranker.error());
    Query wide = wideFor(query, *reranker);
    auto vector = co_await vectorOf(wide, token);
    if (!vector && vector.error().kind == ErrorKind::Cancelled)
        co_return std::unexpected(vector.error());
    if (!vector) {
        wide.mode = SearchMode::Keyword;
        vector = std::vector<float>();
    }
    const auto absenceOf = [this, document, vector = *vector, token](Query asked) {
        return read<Absence>([asked, document, vector, vectors = m_vectors, token](store::Connection &connection) {
            return AbsenceFinder(connection, *vectors).find(asked, document, vector, token);
        });
    };
    auto absence = co_await absenceOf(wide);
    if (!absence)
        co_return std::unexpected(absence.error());
    if (absence->reason != Absence::IsAmongHits || reranker->isEmpty())
        co_return sentencesFor(*absence);
    // It may be there only until the model puts the hits in order.
    auto hits = co_await found(wide, token);
    wide.notes = std::make_shared<QStringList>(); // that the model could not be asked, if so
    if (hits && hits->size() > 1)
        hits = co_await reranked(std::move(*hits), wide, *reranker, token);
    if (!hits)
        co_return std::unexpected(hits.error());
    const auto at = std::ranges::find(*hits, absence->document, &Hit::document);
    if (at == hits->end() || !wide.notes->isEmpty()) {
        query.mode = wide.mode;
        absence = co_await absenceOf(query);
        if (!absence)
            co_return std::unexpected(absence.error());
        co_return sentencesFor(*absence) + *wide.notes;
    }
    absence->hit = int(at - hits->begin()) + 1;
    if (absence->hit > query.count) {
        absence->reason = Absence::PutBehind;
        absence->detail = *reranker;
    }
    co_return sentencesFor(*absence);
}

Task<Result<PassagePage>> Collection::passagesBehind(qint64 after, QString query)
{
    return read<PassagePage>([after, query, id = id()](store::Connection &connection) -> Result<PassagePage> {
        PassageStore passages(connection);
        const auto filter = passages.filterFor(questionFrom(query));
        const auto rows = passages.passagesBehind(after, passagesOfPage);
        if (!filter || !rows)
            return std::unexpected(filter ? rows.error() : filter.error());
        PassagePage page;
        for (const PassageRow &row : *rows) {
            if (!filter->isSet() || std::ranges::binary_search(*filter->contents, row.content))
                page.passages.push_back(hitFrom(row, id));
        }
        page.last = rows->size() < passagesOfPage ? 0 : rows->back().chunk;
        return page;
    });
}

} // namespace quintet::knowledge
