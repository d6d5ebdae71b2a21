// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/runlease.h"

#include "base/valueof.h"

#include <QCoreApplication>

namespace quintet::agent {

RunLease::RunLease(store::Database &database, Clock &clock, const RunId &run, CancelSource stop)
    : m_keeper(database, clock, leaseName(run))
{
    QObject::connect(&m_keeper, &store::LeaseKeeper::lost, &m_keeper, [stop]() mutable { stop.request_stop(); });
}

Task<Result<std::unique_ptr<RunLease>>> RunLease::take(store::Database &database, Clock &clock, RunId run,
                                                       CancelSource stop)
{
    const auto isOurs = std::make_shared<bool>(false);
    const auto taken = co_await valueOf(
        database.writer().write([isOurs, name = leaseName(run), now = clock.now()](store::Connection &connection) {
            return store::takeLease(connection, name, store::thisProcess(), now).transform([&](bool held) {
                *isOurs = held;
            });
        }));
    if (!taken)
        co_return std::unexpected(taken.error());
    if (!*isOurs) {
        co_return failure(ErrorKind::Unavailable,
                          QCoreApplication::translate("agent", "Another Quintet is at work on this run. Its state: "
                                                               "quintet agent show %1")
                              .arg(run.value));
    }
    co_return std::unique_ptr<RunLease>(new RunLease(database, clock, run, stop));
}

} // namespace quintet::agent
