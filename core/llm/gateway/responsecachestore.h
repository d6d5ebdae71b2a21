// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/gateway/gatewaysettings.h"
#include "llm/gateway/responsecache.h"
#include "store/database.h"

#include <deque>

namespace quintet::llm {

/// The response cache in quintet.db, kept within the bounds of the settings: what is too old goes, then the oldest.
class ResponseCacheStore final : public ResponseCache {
public:
    ResponseCacheStore(store::Database &database, const Clock &clock, const GatewaySettings &settings)
        : m_database(database),
          m_clock(clock),
          m_settings(settings)
    {
    }

    std::optional<Completion> find(const QByteArray &key) override;
    void put(const QByteArray &key, const Completion &completion) override;
    QHash<QByteArray, std::vector<float>> findVectors(const std::vector<QByteArray> &keys) override;
    void putVectors(const std::vector<std::pair<QByteArray, std::vector<float>>> &vectors) override;

    struct Statistics {
        qint64 answers = 0;
        qint64 bytes = 0;
        QDateTime oldest; ///< invalid if there is none
        qint64 hits = 0;  ///< answers given again

        bool operator==(const Statistics &) const = default;
    };

    /// As of what is written. Storage if it cannot be read. May take over 8 ms.
    Result<Statistics> statistics() const;

    /// Forgets all answers; the future is there once that is on disk.
    QFuture<Result<void>> clear();

private:
    QHash<QByteArray, QByteArray> findBytes(const std::vector<QByteArray> &keys);
    QHash<QByteArray, QByteArray> unwritten(const std::vector<QByteArray> &keys);
    void putBytes(const std::vector<std::pair<QByteArray, QByteArray>> &entries);

    store::Database &m_database;
    const Clock &m_clock;
    const GatewaySettings &m_settings;
    std::optional<store::Connection> m_reader;
    /// What is on its way to the disk, where nobody finds it yet.
    struct Unwritten {
        QFuture<Result<void>> written;
        std::vector<std::pair<QByteArray, QByteArray>> entries;
    };
    std::deque<Unwritten> m_unwritten;
    int m_putsSincePruned = 0;
};

} // namespace quintet::llm
