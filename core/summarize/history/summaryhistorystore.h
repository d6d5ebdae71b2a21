// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

#include <QDateTime>

namespace quintet::summarize {

/// A summary as it was made.
struct SummaryRecord {
    QString id;
    QDateTime time; ///< UTC
    QString name;   ///< of the source
    QString origin; ///< its path or address; empty for a text that was typed or pasted
    QString model;  ///< "built-in" for the engine without one
    QString text;   ///< Markdown
    QString facts;  ///< what it took, for a person

    bool operator==(const SummaryRecord &) const = default;
};

/// The summaries of the past. Reads may take over 8 ms: not on the GUI thread. Any thread.
class SummaryHistoryStore final {
public:
    explicit SummaryHistoryStore(store::Database &database) : m_database(database) { }

    /// Keeps one; of more than 2,000 the oldest go.
    QFuture<Result<void>> put(const SummaryRecord &record);
    QFuture<Result<void>> remove(const QString &id);
    QFuture<Result<void>> clear();

    /// Those whose name or text holds all words of `wanted`, whatever the case, the newest first, at most `count`.
    Result<std::vector<SummaryRecord>> find(const QString &wanted, int count) const;

private:
    store::Database &m_database;
};

} // namespace quintet::summarize
