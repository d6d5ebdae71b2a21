// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "usage/budget.h"

#include <QDateTime>
#include <QElapsedTimer>

namespace quintet::llm {

/// Bounds of the response cache, and who uses it.
struct CacheSettings {
    qint64 largestBytes = 256 * 1024 * 1024;
    int longestDays = 90;
    QStringList patternsOff{QStringLiteral("chat"), QStringLiteral("agent")}; ///< tabs that always ask anew

    bool operator==(const CacheSettings &) const = default;
};

/// What the user set for all requests, kept in the settings file, which is read again within a moment of a change.
/// Lives on one thread.
class GatewaySettings final {
public:
    explicit GatewaySettings(const QString &settingsFile) : m_settingsFile(settingsFile) { }

    usage::Budgets budgets() const;
    CacheSettings cache() const;

    /// What is wrong with the settings file, so that nobody knows whether a budget stands in it; nothing if all is
    /// well.
    std::optional<Error> problem() const;

    /// Storage if they cannot be written, Corrupt if the file is not understood, which is then left as it is.
    Result<void> setBudgets(const usage::Budgets &budgets);
    Result<void> setCache(const CacheSettings &cache);

    /// Lets `model` be asked under a limit of money though its price is not known. Fails as setBudgets() does.
    Result<void> allowUnpriced(const QString &model);

private:
    void refresh() const;

    QString m_settingsFile;
    mutable QElapsedTimer m_looked; ///< at the file
    mutable QDateTime m_time;
    mutable bool m_isRead = false;
    mutable bool m_isDamaged = false;
    mutable usage::Budgets m_budgets;
    mutable CacheSettings m_cache;
};

} // namespace quintet::llm
