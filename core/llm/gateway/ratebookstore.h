// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/gateway/ratebook.h"
#include "store/database.h"

#include <QHash>

namespace quintet::llm {

/// The rate book in quintet.db. An account about which nothing is known and for which nothing is set costs no write: it
/// is looked up once a second, in case another process learnt something.
class RateBookStore final : public RateBook {
public:
    RateBookStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    Task<std::chrono::milliseconds> reserve(QString account, RateLimits limits, qint64 size) override;
    void learn(const QString &account, const QList<net::Header> &headers) override;
    void pause(const QString &account, std::chrono::milliseconds time) override;

private:
    struct Looked {
        std::chrono::nanoseconds at{0};
        bool isKnown = false;
    };
    bool isKnown(const QString &account);
    void keep(const QString &account, const RateState &learnt);

    store::Database &m_database;
    const Clock &m_clock;
    std::optional<store::Connection> m_reader;
    QHash<QString, Looked> m_looked;
};

} // namespace quintet::llm
