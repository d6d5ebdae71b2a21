// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/gateway/responsecache.h"
#include "store/database.h"

namespace quintet::llm {

/// The response cache in quintet.db: at most `largest` answers, the oldest go first.
class ResponseCacheStore final : public ResponseCache {
public:
    static constexpr int largest = 20'000;

    ResponseCacheStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    std::optional<Completion> find(const QByteArray &key) override;
    void put(const QByteArray &key, const Completion &completion) override;

private:
    store::Database &m_database;
    const Clock &m_clock;
    std::optional<store::Connection> m_reader;
};

} // namespace quintet::llm
