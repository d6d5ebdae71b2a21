// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/training/vectorkeeper.h"

#include "document/extraction/runonpool.h"
#include "knowledge/index/latenttrainer.h"
#include "knowledge/store/written.h"
#include "knowledge/training/agreement.h"
#include "store/lease.h"

#include <random>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr int passagesAtOnce = 2'000;
constexpr int embeddedAtOnce = 64;
constexpr size_t directionsAtOnce = 2'000;
constexpr size_t vectorsAtOnce = 1'000; // in one transaction
constexpr int rowsSwept = 2'000;
constexpr int probeCount = 150;
constexpr int probesAtOnce = 5; // between which searches have their turn

const SpaceRow *spaceNamed(const std::vector<SpaceRow> &spaces, const QString &name, bool isServing)
{
    for (const SpaceRow &space : spaces) {
        if (space.name == name && space.isServing == isServing)
            return &space;
    }
    return nullptr;
}

/// Whether a learnt space no longer stands for what the collection holds.
bool isOutdated(const SpaceRow &space, qint64 chunks)
{
    return chunks * 4 >= space.trained * 5 || chunks * 2 < space.trained;
}

} // namespace

void VectorKeeper::tell(VectorProgress::Stage stage, qint64 done, qint64 total) const
{
    if (m_onProgress)
        m_onProgress({stage, done, total});
}

Task<Result<void>> VectorKeeper::run(std::function<void(const VectorProgress &)> onProgress, CancelToken token)
{
    m_onProgress = std::move(onProgress);
    const auto taken =
        co_await written<bool>(m_database.writer(), [now = m_clock.now()](store::Connection &connection) {
            return store::takeLease(connection, leaseName(), store::thisProcess(), now);
        });
    if (!taken)
        co_return std::unexpected(taken.error());
    if (!*taken)
        co_return Result<void>();
    CancelSource stop;
    const std::stop_callback onCancel(token, [&stop] { stop.request_stop(); });
    store::LeaseKeeper keeper(m_database, m_clock, leaseName());
    QObject::connect(&keeper, &store::LeaseKeeper::lost, &keeper, [&stop] { stop.request_stop(); });
    co_return co_await runLeased(stop.get_token());
}

Task<Result<VectorKeeper::State>> VectorKeeper::state()
{
    return m_reading.read<State>([](store::Connection &connection) -> Result<State> {
        CollectionStore collection(connection);
        const auto settings = collection.settings();
        const auto sums = collection.sums();
        const auto spaces = VectorStore(connection).spaces();
        for (const Error *error : {settings ? nullptr : &settings.error(), sums ? nullptr : &sums.error(),
                                   spaces ? nullptr : &spaces.error()}) {
            if (error)
                return std::unexpected(*error);
        }
        return State{*settings, *sums, *spaces};
    });
}

Task<Result<void>> VectorKeeper::runLeased(CancelToken token)
{
    const auto state = co_await this->state();
    if (!state)
        co_return std::unexpected(state.error());
    const QString &name = state->settings.embedding;
    const bool isLearnt = name == u"builtin";
    const SpaceRow *serving = spaceNamed(state->spaces, name, true);
    qint64 space = serving ? serving->id : 0;
    if (isLearnt && (!serving || isOutdated(*serving, state->sums.chunks))
        && state->sums.chunks >= LatentTrainer::leastPassages) {
        const auto learnt = co_await learn(*state, token);
        if (!learnt)
            co_return std::unexpected(learnt.error());
        space = *learnt;
    } else if (!isLearnt && !serving && state->sums.chunks > 0) {
        const auto begun = co_await begin(*state, token);
        if (!begun)
            co_return std::unexpected(begun.error());
        space = *begun;
    }
    if (space == 0)
        co_return Result<void>(); // too few to learn from; what served before goes on
    if (const auto placed = co_await place(space, *state, token); !placed)
        co_return placed;
    const bool isNew = !serving || serving->id != space;
    if (isNew) {
        const auto served = co_await valueOf(m_database.writer().write(
            [space](store::Connection &connection) { return VectorStore(connection).serve(space); }));
        if (!served)
            co_return served;
    }
    if (isNew || !serving->weight) {
        if (const auto measured = co_await measure({.id = space, .name = name}, token); !measured)
            co_return measured;
    }
    if (const auto swept = co_await sweep(space, token); !swept)
        co_return swept;
    co_return co_await link(space, token);
}

/// A new space of directions without vectors; its id, 0 where nothing could be learnt.
Task<Result<qint64>> VectorKeeper::learn(State state, CancelToken token)
{
    const auto model = co_await train(state, token);
    if (!model)
        co_return std::unexpected(model.error());
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (model->dimensions == 0)
        co_return 0;
    const SpaceRow row{.name = state.settings.embedding, .dimensions = model->dimensions, .trained = state.sums.chunks};
    const auto space = co_await written<qint64>(
        m_database.writer(), [row](store::Connection &connection) { return VectorStore(connection).make(row); });
    if (!space)
        co_return space;
    const auto dimensions = qsizetype(model->dimensions);
    for (size_t from = 0; from < model->terms.size(); from += directionsAtOnce) {
        const auto to = qsizetype(std::min(model->terms.size(), from + directionsAtOnce));
        const auto start = qsizetype(from);
        DirectionBatch batch{
            {model->terms.begin() + start, model->terms.begin() + to},
            {model->directions.begin() + start * dimensions, model->directions.begin() + to * dimensions}};
        const auto added = co_await valueOf(
            m_database.writer().write([id = *space, batch = std::move(batch)](store::Connection &connection) {
                return VectorStore(connection).addDirections(id, batch);
            }));
        if (!added)
            co_return std::unexpected(added.error());
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
    }
    co_return space;
}

Task<Result<LatentModel>> VectorKeeper::train(State state, CancelToken token)
{
    const auto trainer = std::make_shared<LatentTrainer>();
    std::mt19937 random(1);
    std::uniform_real_distribution<double> any(0, 1);
    const double share = double(LatentTrainer::mostPassages) / double(std::max<qint64>(1, state.sums.chunks));
    for (qint64 after = 0;;) {
        const auto batch = co_await m_reading.read<std::vector<ChunkTerms>>([after](store::Connection &connection) {
            return PassageStore(connection).termsBehind(after, passagesAtOnce);
        });
        if (!batch)
            co_return std::unexpected(batch.error());
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        for (const ChunkTerms &passage : *batch) {
            if (share >= 1 || any(random) < share)
                trainer->add(passage.counts);
        }
        tell(VectorProgress::Learning, trainer->passages(), state.sums.chunks);
        if (batch->size() < size_t(passagesAtOnce))
            break;
        after = batch->back().chunk;
    }
    co_return co_await document::runOnPool<LatentModel>(
        m_pool, [trainer](CancelToken stop) -> Result<LatentModel> { return trainer->run(stop); }, token);
}

/// The space of a model, made if it is not under way already; its length is what the model's first vector has.
Task<Result<qint64>> VectorKeeper::begin(State state, CancelToken token)
{
    if (const SpaceRow *begun = spaceNamed(state.spaces, state.settings.embedding, false))
        co_return begun->id;
    const auto first =
        co_await m_embedder.embed(state.settings.embedding, {u"passage"_s}, Embedder::Kind::Passage, token);
    if (!first)
        co_return std::unexpected(first.error());
    const SpaceRow row{.name = state.settings.embedding,
                       .dimensions = first->empty() ? 0 : int(first->front().size()),
                       .trained = state.sums.chunks};
    co_return co_await written<qint64>(
        m_database.writer(), [row](store::Connection &connection) { return VectorStore(connection).make(row); });
}

/// Gives a vector to each passage behind the last that has one.
Task<Result<void>> VectorKeeper::place(qint64 space, State state, CancelToken token)
{
    const bool isLearnt = state.settings.embedding == u"builtin";
    struct Known {
        qint64 last = 0;
        std::shared_ptr<LatentModel> model;
    };
    const auto known =
        co_await m_reading.read<Known>([space, isLearnt](store::Connection &connection) -> Result<Known> {
            VectorStore vectors(connection);
            const auto last = vectors.lastChunk(space);
            const auto newest = PassageStore(connection).lastChunk();
            if (!last || !newest)
                return std::unexpected(last ? newest.error() : last.error());
            Known known{*last, {}};
            if (!isLearnt || *last >= *newest)
                return known;
            const auto spaces = vectors.spaces();
            if (!spaces)
                return std::unexpected(spaces.error());
            for (const SpaceRow &row : *spaces) {
                if (row.id != space)
                    continue;
                auto directions = vectors.allDirections(space, row.dimensions);
                if (!directions)
                    return std::unexpected(directions.error());
                known.model = std::make_shared<LatentModel>(
                    LatentModel{row.dimensions, std::move(directions->terms), std::move(directions->values)});
            }
            return known;
        });
    if (!known)
        co_return std::unexpected(known.error());
    if (isLearnt && !known->model)
        co_return Result<void>();
    qint64 done = 0;
    for (qint64 after = known->last;;) {
        auto batch =
            isLearnt ? co_await vectorsFor(known->model, after, token) : co_await embeddingsFor(state, after, token);
        if (!batch)
            co_return std::unexpected(batch.error());
        if (batch->chunks.empty())
            co_return Result<void>();
        after = batch->chunks.back();
        done += qint64(batch->chunks.size());
        const auto added = co_await valueOf(
            m_database.writer().write([space, batch = std::move(*batch)](store::Connection &connection) {
                return VectorStore(connection).add(space, batch);
            }));
        if (!added)
            co_return added;
        tell(VectorProgress::Placing, done, state.sums.chunks);
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
    }
}

/// The vectors of the next passages; of those that have no term in common with the space, one of zeros, so that they
/// are not met again.
Task<Result<VectorBatch>> VectorKeeper::vectorsFor(std::shared_ptr<LatentModel> model, qint64 after, CancelToken token)
{
    auto passages = co_await m_reading.read<std::vector<ChunkTerms>>(
        [after](store::Connection &connection) { return PassageStore(connection).termsBehind(after, vectorsAtOnce); });
    if (!passages)
        co_return std::unexpected(passages.error());
    co_return co_await document::runOnPool<VectorBatch>(
        m_pool,
        [passages = std::move(*passages), model](CancelToken) -> Result<VectorBatch> {
            VectorBatch batch;
            for (const ChunkTerms &passage : passages) {
                std::vector<float> vector = model->vectorOf(passage.counts);
                vector.resize(size_t(model->dimensions));
                batch.chunks.push_back(passage.chunk);
                batch.values.insert(batch.values.end(), vector.begin(), vector.end());
            }
            return batch;
        },
        token);
}

Task<Result<VectorBatch>> VectorKeeper::embeddingsFor(State state, qint64 after, CancelToken token)
{
    const auto rows = co_await m_reading.read<std::vector<PassageRow>>([after](store::Connection &connection) {
        return PassageStore(connection).passagesBehind(after, embeddedAtOnce);
    });
    if (!rows)
        co_return std::unexpected(rows.error());
    if (rows->empty())
        co_return VectorBatch();
    QStringList texts;
    for (const PassageRow &row : *rows)
        texts << (QStringList{row.title} + row.headings).join(u" › "_s) + u'\n' + row.header + row.text;
    const auto vectors = co_await m_embedder.embed(state.settings.embedding, texts, Embedder::Kind::Passage, token);
    if (!vectors)
        co_return std::unexpected(vectors.error());
    VectorBatch batch;
    for (size_t i = 0; i < std::min(rows->size(), vectors->size()); ++i) {
        std::vector<float> vector = (*vectors)[i];
        static_cast<void>(normalize(vector));
        batch.chunks.push_back((*rows)[i].chunk);
        batch.values.insert(batch.values.end(), vector.begin(), vector.end());
    }
    co_return batch;
}

Task<Result<void>> VectorKeeper::measure(SpaceRow space, CancelToken token)
{
    const auto found = co_await m_reading.read<std::vector<Probe>>(
        [](store::Connection &connection) { return probes(connection, probeCount); });
    if (!found)
        co_return std::unexpected(found.error());
    std::vector<std::vector<float>> vectors(found->size());
    if (space.name != u"builtin" && !found->empty()) {
        QStringList texts;
        for (const Probe &probe : *found)
            texts << probe.words;
        auto embedded = co_await m_embedder.embed(space.name, texts, Embedder::Kind::Question, token);
        if (!embedded)
            co_return std::unexpected(embedded.error());
        vectors = std::move(*embedded);
        for (std::vector<float> &vector : vectors)
            static_cast<void>(normalize(vector));
        vectors.resize(found->size());
    }
    const auto read = co_await VectorSource::prepared(m_source, m_reading, m_clock, {}, token);
    if (!read)
        co_return std::unexpected(read.error());
    std::vector<double> overlaps;
    for (size_t from = 0; from < found->size(); from += probesAtOnce) {
        const auto some = co_await m_reading.read<std::vector<double>>(
            [&found, &vectors, from, source = m_source,
             token](store::Connection &connection) -> Result<std::vector<double>> {
                CollectionSearch search(connection, *source);
                std::vector<double> values;
                for (size_t i = from; i < std::min(found->size(), from + probesAtOnce); ++i) {
                    const auto value = overlap((*found)[i], search, vectors[i], token);
                    if (!value)
                        return std::unexpected(value.error());
                    if (*value)
                        values.push_back(**value);
                }
                return values;
            });
        if (!some)
            co_return std::unexpected(some.error());
        overlaps.insert(overlaps.end(), some->begin(), some->end());
        tell(VectorProgress::Measuring, qint64(from), qint64(found->size()));
    }
    co_return co_await valueOf(
        m_database.writer().write([id = space.id, weight = weightFrom(overlaps)](store::Connection &connection) {
            return VectorStore(connection).setWeight(id, weight);
        }));
}

Task<Result<void>> VectorKeeper::link(qint64 space, CancelToken token)
{
    const auto state = co_await this->state();
    if (!state)
        co_return std::unexpected(state.error());
    const SpaceRow *row = spaceNamed(state->spaces, state->settings.embedding, true);
    if (!row || row->id != space)
        co_return Result<void>();
    const auto told = [this, chunks = state->sums.chunks](qint64 done) { tell(VectorProgress::Linking, done, chunks); };
    co_return co_await m_graph.run(*row, state->sums.chunks, told, token);
}

Task<Result<void>> VectorKeeper::sweep(qint64 keep, CancelToken token)
{
    for (;;) {
        const auto swept = co_await written<int>(m_database.writer(), [keep](store::Connection &connection) {
            return VectorStore(connection).sweep(keep, rowsSwept);
        });
        if (!swept)
            co_return std::unexpected(swept.error());
        if (*swept == 0)
            co_return Result<void>();
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
    }
}

} // namespace quintet::knowledge
