// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/writer.h"

#include "base/log.h"

#include <QElapsedTimer>

#include <algorithm>

namespace quintet::store {

namespace {

constexpr qint64 longestTransaction = 50; // milliseconds
constexpr qint64 longestDelay = 50;       // milliseconds, of what nobody waits for

Result<void> inSavepoint(Connection &connection, const Writer::Job &job)
{
    if (auto begun = connection.execute(QStringLiteral("SAVEPOINT job")); !begun)
        return begun;
    Result<void> result = job(connection);
    if (!result)
        static_cast<void>(connection.executeScript("ROLLBACK TO job"));
    static_cast<void>(connection.execute(QStringLiteral("RELEASE job")));
    return result;
}

} // namespace

Writer::Writer(const QString &path) : m_path(path), m_thread(QThread::create([this] { run(); }))
{
    m_thread->setObjectName(QStringLiteral("writer"));
    m_thread->start();
}

Writer::~Writer()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_stopping = true;
        m_wake.wakeAll();
    }
    m_thread->wait();
}

QFuture<Result<void>> Writer::write(Job job, Durability durability)
{
    return add({std::move(job), durability, {}}, QDeadlineTimer(0));
}

QFuture<Result<void>> Writer::writeSoon(Job job)
{
    return add({std::move(job), Durability::ProcessEnd, {}}, QDeadlineTimer(longestDelay));
}

QFuture<Result<void>> Writer::add(Pending pending, QDeadlineTimer due)
{
    pending.promise.start();
    QFuture<Result<void>> future = pending.promise.future();
    const QMutexLocker lock(&m_mutex);
    m_pending.push_back(std::move(pending));
    if (m_pending.size() > 1 && m_due <= due)
        return future; // the writer wakes by itself
    m_due = due;
    m_wake.wakeAll();
    return future;
}

std::vector<Writer::Pending> Writer::takeAll()
{
    const QMutexLocker lock(&m_mutex);
    while (!m_stopping && (m_pending.empty() || !m_due.hasExpired()))
        m_wake.wait(&m_mutex, m_pending.empty() ? QDeadlineTimer(QDeadlineTimer::Forever) : m_due);
    return std::exchange(m_pending, {});
}

void Writer::run()
{
    // Open from the start: others tell by it that somebody works with the file. Where it fails, the first job says why.
    std::optional<Connection> connection;
    if (auto opened = Connection::open(m_path))
        connection.emplace(std::move(*opened));
    Durability current = Durability::ProcessEnd;
    for (;;) {
        std::vector<Pending> group = takeAll();
        if (group.empty())
            return;
        if (!connection) {
            auto opened = Connection::open(m_path);
            if (!opened) {
                for (Pending &pending : group)
                    finish(pending, std::unexpected(opened.error()));
                continue;
            }
            connection.emplace(std::move(*opened));
        }
        while (!group.empty()) {
            if (const Result<void> secured = secure(*connection, group, current); !secured) {
                for (Pending &pending : std::exchange(group, {}))
                    finish(pending, secured);
                break;
            }
            runGroup(*connection, group);
        }
    }
}

/// Makes the next transaction as lasting as its most demanding job: one synced commit serves the whole group.
Result<void> Writer::secure(Connection &connection, const std::vector<Pending> &group, Durability &current)
{
    const bool mustLast =
        std::ranges::any_of(group, [](const Pending &pending) { return pending.durability == Durability::PowerCut; });
    const Durability wanted = mustLast ? Durability::PowerCut : Durability::ProcessEnd;
    if (wanted == current)
        return {};
    current = wanted;
    return connection.executeScript(mustLast ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}

void Writer::finish(Pending &pending, const Result<void> &result)
{
    if (!result)
        qCWarning(lcStore) << "not written:" << result.error().message << result.error().detail;
    pending.promise.addResult(result);
    pending.promise.finish();
}

/// Runs jobs from the front of `group` in one transaction until its time is up, and takes out those that are done. A
/// job that makes SQLite give up the whole transaction (full disk) fails alone; the others stay for the next round.
void Writer::runGroup(Connection &connection, std::vector<Pending> &group)
{
    QElapsedTimer elapsed;
    std::vector<Result<void>> results;
    bool wasAborted = false;
    const Result<void> committed = connection.transaction([&]() -> Result<void> {
        elapsed.start();
        for (Pending &pending : group) {
            if (!results.empty() && elapsed.elapsed() >= longestTransaction)
                break;
            results.push_back(inSavepoint(connection, pending.job));
            wasAborted = !connection.isInTransaction();
            if (wasAborted)
                return results.back();
        }
        return {};
    });
    const auto at = [&group](size_t i) { return group.begin() + static_cast<std::ptrdiff_t>(i); };
    if (wasAborted) {
        finish(group[results.size() - 1], results.back());
        group.erase(at(results.size() - 1));
        return;
    }
    // Where not even BEGIN worked, the whole group shares the reason.
    const size_t count = results.empty() ? group.size() : results.size();
    for (size_t i = 0; i < count; ++i)
        finish(group[i], committed ? results[i] : committed);
    group.erase(group.begin(), at(count));
}

} // namespace quintet::store
