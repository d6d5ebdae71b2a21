// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lease.h"

#include <QSqlQuery>

namespace quintet::store {

namespace {

constexpr qint64 silence = 30'000; // milliseconds after which a lease may be taken over
constexpr int renewal = 10'000;    // milliseconds between signs of life

} // namespace

Result<bool> takeLease(Connection &connection, const QString &name, const ProcessIdentity &self, const QDateTime &now)
{
    std::optional<ProcessIdentity> holder;
    qint64 beat = 0;
    const auto read = connection.select(
        QStringLiteral("SELECT host, pid, start, beat FROM lease WHERE name = ?"), {name}, [&](const QSqlQuery &row) {
            holder = ProcessIdentity{row.value(0).toString(), row.value(1).toLongLong(), row.value(2).toLongLong()};
            beat = row.value(3).toLongLong();
        });
    if (!read)
        return std::unexpected(read.error());
    const qint64 time = now.toMSecsSinceEpoch();
    if (holder && *holder != self && !isGone(*holder) && time - beat < silence)
        return false;
    return connection
        .execute(QStringLiteral("INSERT INTO lease (name, host, pid, start, beat) VALUES (?, ?, ?, ?, ?) "
                                "ON CONFLICT (name) DO UPDATE SET host = excluded.host, pid = excluded.pid, "
                                "start = excluded.start, beat = excluded.beat"),
                 {name, self.host, self.pid, self.start, time})
        .transform([] { return true; });
}

Result<bool> renewLease(Connection &connection, const QString &name, const ProcessIdentity &self, const QDateTime &now)
{
    return connection
        .execute(QStringLiteral("UPDATE lease SET beat = ? WHERE name = ? AND host = ? AND pid = ? AND start = ?"),
                 {now.toMSecsSinceEpoch(), name, self.host, self.pid, self.start})
        .transform([&connection] { return connection.changes() == 1; });
}

Result<void> releaseLease(Connection &connection, const QString &name, const ProcessIdentity &self)
{
    return connection.execute(QStringLiteral("DELETE FROM lease WHERE name = ? AND host = ? AND pid = ? AND start = ?"),
                              {name, self.host, self.pid, self.start});
}

Result<QSet<QString>> heldLeases(Connection &connection, const QString &prefix, const QDateTime &now)
{
    QSet<QString> names;
    const ProcessIdentity self = thisProcess();
    return connection
        .select(QStringLiteral("SELECT name, host, pid, start, beat FROM lease WHERE substr(name, 1, ?) = ?"),
                {qint64(prefix.size()), prefix},
                [&](const QSqlQuery &row) {
                    const ProcessIdentity holder{row.value(1).toString(), row.value(2).toLongLong(),
                                                 row.value(3).toLongLong()};
                    const bool isSilent = now.toMSecsSinceEpoch() - row.value(4).toLongLong() > silence;
                    // This process knows that it lives: its clock may have been set, or the computer have slept.
                    if (holder == self || (!isGone(holder) && !isSilent))
                        names.insert(row.value(0).toString());
                })
        .transform([&names] { return names; });
}

LeaseKeeper::LeaseKeeper(Database &database, Clock &clock, const QString &name)
    : m_database(database),
      m_clock(clock),
      m_name(name)
{
    connect(&m_timer, &QTimer::timeout, this, &LeaseKeeper::renew);
    m_timer.start(renewal);
}

LeaseKeeper::~LeaseKeeper()
{
    m_database.writer().write(
        [name = m_name](Connection &connection) { return releaseLease(connection, name, thisProcess()); });
}

void LeaseKeeper::renew()
{
    const auto isHeld = std::make_shared<bool>(true);
    m_database.writer()
        .write([name = m_name, now = m_clock.now(), isHeld](Connection &connection) {
            return renewLease(connection, name, thisProcess(), now).transform([&isHeld](bool held) { *isHeld = held; });
        })
        .then(this, [this, isHeld](const Result<void> &) {
            if (!*isHeld) {
                m_timer.stop();
                Q_EMIT lost();
            }
        });
}

} // namespace quintet::store
