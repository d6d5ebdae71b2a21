// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/ingester.h"

#include "knowledge/ingest/ingestrun.h"
#include "knowledge/store/written.h"
#include "store/lease.h"

namespace quintet::knowledge {

namespace {

constexpr int sweepSize = 200; // passages removed in one job

QString leaseName()
{
    return QStringLiteral("ingest");
}

} // namespace

Task<Result<IngestReport>> Ingester::run(IngestWish wish, CancelToken token)
{
    for (;;) {
        const auto taken =
            co_await written<bool>(m_database.writer(), [now = m_clock.now()](store::Connection &connection) {
                return store::takeLease(connection, leaseName(), store::thisProcess(), now);
            });
        if (!taken)
            co_return std::unexpected(taken.error());
        if (*taken)
            break;
        if (!co_await m_clock.sleep(std::chrono::milliseconds(200), token))
            co_return std::unexpected(cancelledError());
    }
    CancelSource stop;
    const std::stop_callback onCancel(token, [&stop] { stop.request_stop(); });
    store::LeaseKeeper keeper(m_database, m_clock, leaseName());
    QObject::connect(&keeper, &store::LeaseKeeper::lost, &keeper, [&stop] { stop.request_stop(); });
    co_return co_await runLeased(std::move(wish), stop.get_token());
}

Task<Result<IngestReport>> Ingester::runLeased(IngestWish wish, CancelToken token)
{
    const bool mayScan = wish.scan;
    IngestRun run(m_database, m_reading, m_extractor, m_clock, std::move(wish), token);
    Result<void> done;
    if (mayScan)
        done = co_await run.scan();
    if (done)
        done = co_await run.drain();
    if (done)
        done = co_await run.finish();
    if (done)
        done = co_await sweep(token);
    if (!done)
        co_return std::unexpected(done.error());
    co_return run.report();
}

Task<Result<void>> Ingester::sweep(CancelToken token)
{
    for (;;) {
        const auto swept = co_await written<int>(m_database.writer(), [](store::Connection &connection) {
            return ChunkStore(connection).sweep(sweepSize, {});
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
