// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/vectorsource.h"

#include <atomic>

namespace quintet::knowledge {

namespace {

constexpr std::chrono::milliseconds lookAgain(20);

} // namespace

struct VectorSource::Loading {
    std::unique_ptr<ServingVectors> vectors;
    Result<void> result;
    CancelSource stop;
    std::atomic<bool> isDone = false; ///< the others may be read
};

VectorSource::VectorSource(const store::Database &database, QString graphPath, qsizetype graphFrom)
    : m_database(database),
      m_graphPath(std::move(graphPath)),
      m_graphFrom(graphFrom),
      m_vectors(std::make_unique<ServingVectors>(m_graphPath, graphFrom))
{
    m_pool.setMaxThreadCount(1);
}

VectorSource::~VectorSource()
{
    if (m_loading)
        m_loading->stop.request_stop();
    m_pool.waitForDone();
}

Result<const ServingVectors *> VectorSource::get(store::Connection &connection, bool waits)
{
    if (waits)
        m_pool.waitForDone();
    std::ignore = adopt(); // what could not be read fails a search that waits for it, by itself
    const auto lag = m_vectors->lag(connection);
    if (!lag)
        return std::unexpected(lag.error());
    if (waits || lag->passages < m_graphFrom)
        return m_vectors->refresh(connection).transform([this] { return std::as_const(m_vectors).get(); });
    if (!m_loading)
        startLoading();
    return lag->isSameSpace ? m_vectors.get() : nullptr;
}

Result<bool> VectorSource::prepare(store::Connection &connection)
{
    return adopt()
        .and_then([&] { return m_vectors->lag(connection); })
        .and_then([&](const ServingVectors::Lag &lag) -> Result<bool> {
            if (lag.passages < m_graphFrom)
                return m_vectors->refresh(connection).transform([] { return true; });
            if (!m_loading)
                startLoading();
            return lag.isSameSpace;
        });
}

Task<Result<bool>> VectorSource::prepared(std::shared_ptr<VectorSource> source, ReadingThread &reading, Clock &clock,
                                          std::optional<std::chrono::milliseconds> patience, CancelToken token)
{
    const auto begun = clock.monotonic();
    for (;;) {
        const auto isReady = co_await reading.read<bool>(
            [source](store::Connection &connection) { return source->prepare(connection); });
        if (!isReady || *isReady || (patience && clock.monotonic() - begun >= *patience))
            co_return isReady;
        if (!co_await clock.sleep(lookAgain, token))
            co_return std::unexpected(cancelledError());
    }
}

/// Takes over what was loaded meanwhile.
Result<void> VectorSource::adopt()
{
    if (!m_loading || !m_loading->isDone)
        return {};
    const std::shared_ptr<Loading> loaded = std::exchange(m_loading, nullptr);
    if (loaded->result)
        m_vectors = std::move(loaded->vectors);
    return loaded->result;
}

void VectorSource::startLoading()
{
    m_loading = std::make_shared<Loading>();
    m_loading->vectors = std::make_unique<ServingVectors>(m_graphPath, m_graphFrom);
    m_pool.start([loading = m_loading, &database = m_database] {
        loading->result = database.reader().and_then([&loading](store::Connection connection) {
            return loading->vectors->refresh(connection, loading->stop.get_token());
        });
        loading->isDone = true;
    });
}

} // namespace quintet::knowledge
