// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/training/graphkeeper.h"

#include "document/extraction/runonpool.h"
#include "knowledge/index/vectorindex.h"
#include "knowledge/store/passagestore.h"

namespace quintet::knowledge {

namespace {

constexpr int vectorsAtOnce = 2'000;

} // namespace

Task<Result<void>> GraphKeeper::run(SpaceRow space, qint64 chunks, std::function<void(qint64)> tell, CancelToken token)
{
    if (chunks < m_from)
        co_return Result<void>();
    const auto isUpToDate = co_await this->isUpToDate(space, chunks);
    if (!isUpToDate)
        co_return std::unexpected(isUpToDate.error());
    if (*isUpToDate)
        co_return Result<void>();
    co_return co_await build(std::move(space), chunks, std::move(tell), token);
}

Task<Result<bool>> GraphKeeper::isUpToDate(SpaceRow space, qint64 chunks)
{
    const auto facts = VectorIndex::factsOf(m_path);
    if (!facts || facts->space != space.mark)
        co_return false;
    co_return co_await m_reading.read<bool>([facts = *facts, chunks](store::Connection &connection) {
        PassageStore passages(connection);
        return passages.lastGiven().and_then([&](qint64 lastGiven) {
            return passages.countBehind(facts.lastChunk).transform([&](qint64 newer) {
                const qint64 gone = facts.vectors - (chunks - newer);
                // One that knows passages which never were was made before the collection was restored.
                return facts.lastChunk <= lastGiven && newer * 10 < chunks && gone * 5 < facts.vectors;
            });
        });
    });
}

Task<Result<void>> GraphKeeper::build(SpaceRow space, qint64 chunks, std::function<void(qint64)> tell,
                                      CancelToken token)
{
    auto made = VectorIndex::make(space.dimensions, chunks);
    if (!made)
        co_return std::unexpected(made.error());
    const auto index = std::make_shared<VectorIndex>(std::move(*made));
    for (;;) {
        auto batch = co_await m_reading.read<VectorBatch>(
            [id = space.id, after = index->lastChunk(), dimensions = space.dimensions](store::Connection &connection) {
                return VectorStore(connection).vectorsBehind(id, after, vectorsAtOnce, dimensions);
            });
        if (!batch)
            co_return std::unexpected(batch.error());
        if (batch->chunks.empty())
            break;
        const auto added = co_await document::runOnPool<bool>(
            m_pool,
            [index, batch = std::move(*batch)](CancelToken stop) {
                return index->add(batch.chunks, batch.values, stop).transform([] { return true; });
            },
            token);
        if (!added)
            co_return std::unexpected(added.error());
        tell(index->size());
    }
    const auto saved = co_await document::runOnPool<bool>(
        m_pool,
        [index, mark = space.mark, path = m_path](CancelToken) {
            return index->save(path, mark).transform([] { return true; });
        },
        token);
    co_return saved.transform([](bool) { });
}

} // namespace quintet::knowledge
