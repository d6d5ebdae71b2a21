// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "store/database.h"
#include "store/process.h"

#include <QSet>
#include <QTimer>

namespace quintet::store {

/// Takes the lease `name` for `self` if it is free: never held, given back, its holder gone from this computer, or
/// silent for 30 s. True if `self` holds it afterwards,
/// also if it held it before: within a process, whoever works asks once. Inside a writer's job, so that only one
/// process can win.
Result<bool> takeLease(Connection &connection, const QString &name, const ProcessIdentity &self, const QDateTime &now);

/// Says that `self` is still at work. False if the lease was lost to another.
Result<bool> renewLease(Connection &connection, const QString &name, const ProcessIdentity &self, const QDateTime &now);

/// Gives the lease back, if `self` holds it.
Result<void> releaseLease(Connection &connection, const QString &name, const ProcessIdentity &self);

/// The leases whose names begin with `prefix` and whose holders are at work: not gone, nor silent for 30 s.
Result<QSet<QString>> heldLeases(Connection &connection, const QString &prefix, const QDateTime &now);

/// Holds a lease: renews it every 10 s, gives it back when destroyed. Made only once takeLease() said true. Lives on
/// a thread with an event loop.
class LeaseKeeper final : public QObject {
    Q_OBJECT

public:
    LeaseKeeper(Database &database, Clock &clock, const QString &name);
    ~LeaseKeeper() override;

Q_SIGNALS:
    /// Another process took over, since this one was silent too long (a suspended computer); stop the work.
    void lost();

private:
    void renew();

    Database &m_database;
    Clock &m_clock;
    QString m_name;
    QTimer m_timer;
};

} // namespace quintet::store
