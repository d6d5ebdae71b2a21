// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QMutex>
#include <QPromise>
#include <QThread>
#include <QWaitCondition>

#include <vector>

namespace quintet::store {

/// What a finished write survives. Commits go to the write-ahead log at once, so that the end of the process takes
/// nothing; a power cut may take those since the last checkpoint, unless the log is synced to the disk.
enum class Durability { ProcessEnd, PowerCut };

/// The one thread of a process that writes to a database. Jobs run in the order they are given; those that wait
/// together share a transaction of at most about 50 ms, each in a savepoint of its own, so that one that fails takes
/// none of the others with it. Thread-safe. Destroying it finishes what was given.
class Writer final {
public:
    using Job = std::function<Result<void>(Connection &)>;

    explicit Writer(const QString &path);
    ~Writer();
    Q_DISABLE_COPY_MOVE(Writer)

    /// Runs `job` on the writer's thread. The future's value is there when its transaction is committed as lastingly as
    /// was asked, or has failed.
    QFuture<Result<void>> write(Job job, Durability durability = Durability::ProcessEnd);

    /// Runs what nobody waits for together with the next job that is waited for, or within 50 ms: so many small writes
    /// share one transaction. The end of the process takes what is not written then.
    QFuture<Result<void>> writeSoon(Job job);

private:
    struct Pending {
        Job job;
        Durability durability;
        QPromise<Result<void>> promise;
    };

    QFuture<Result<void>> add(Pending pending, QDeadlineTimer due);
    void run();
    static void runGroup(Connection &connection, std::vector<Pending> &group);
    std::vector<Pending> takeAll();
    static Result<void> secure(Connection &connection, const std::vector<Pending> &group, Durability &current);
    static void finish(Pending &pending, const Result<void> &result);

    QString m_path;
    QMutex m_mutex;
    QWaitCondition m_wake;
    std::vector<Pending> m_pending;
    QDeadlineTimer m_due; ///< when the first of those that wait has to be written
    bool m_stopping = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace quintet::store
