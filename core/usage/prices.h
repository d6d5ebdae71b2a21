// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "usage/money.h"
#include "usage/tokenusage.h"

#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QRegularExpression>

#include <optional>
#include <vector>

namespace quintet::usage {

/// What a model costs, in dollars for a million tokens, from a day on, up to a day (that day not included), and from a
/// length of prompt on.
struct Price {
    QString model; ///< a regular expression for the whole name, but for a vendor before it and a date behind it
    QDate from;
    QDate to;
    qint64 fromPromptTokens = 0;
    double input = 0;
    double output = 0;
    double cachedInput = 0;
    double cacheWrite = 0;
    double batchFactor = 1; ///< by which all is multiplied in a provider's batch

    Money costOf(const TokenUsage &tokens) const;

    /// The same in a provider's batch.
    Price inBatch() const;

    bool operator==(const Price &) const = default;
};

/// A row as prices.json has it; nothing where it is no price: no model, a bad expression, or an amount below zero.
std::optional<Price> priceFrom(const QJsonObject &row);

/// The row of `price`, as the ledger keeps it.
QJsonObject toJson(const Price &price);

/// What models cost: the user's own rows, then those of `resources/prices.json`. The user's file is read again when it
/// has changed, so that another Quintet's changes are seen. Lives on one thread.
class Prices final {
public:
    /// `ownFile` need not exist.
    explicit Prices(const QString &ownFile);

    /// The price in force on `day` for a prompt of that length; nothing for a model that is not listed. Of several
    /// rows that fit, the user's own win, then the one for the longest prompts.
    std::optional<Price> find(const QString &model, QDate day, qint64 promptTokens) const;

    std::vector<Price> own() const;
    std::vector<Price> standard() const;

    /// Keeps the user's own rows. Storage if they cannot be written.
    Result<void> setOwn(const std::vector<Price> &prices);

private:
    struct Row {
        Price price;
        QRegularExpression expression;
    };
    /// The rows for one model, the user's own apart from the standard ones.
    struct Matches {
        std::vector<Price> own;
        std::vector<Price> standard;
    };
    static std::vector<Row> read(const QString &path);
    static std::vector<Price> matching(const std::vector<Row> &rows, const QString &model);
    static const Price *best(const std::vector<Price> &prices, QDate day, qint64 promptTokens);
    void refresh() const;

    QString m_ownFile;
    std::vector<Row> m_standard;
    mutable std::vector<Row> m_own;
    mutable QDateTime m_ownTime;
    mutable QHash<QString, Matches> m_matches; ///< by model, so that each is looked for once
};

} // namespace quintet::usage
