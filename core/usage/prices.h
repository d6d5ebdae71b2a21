// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/money.h"
#include "usage/tokenusage.h"

#include <QDate>
#include <QRegularExpression>

#include <optional>
#include <vector>

namespace quintet::usage {

/// What a model costs, in dollars for a million tokens, from a day on, up to a day (that day not included), and from a
/// length of prompt on.
struct Price {
    QRegularExpression model; ///< matches the whole name, but for a vendor before it and a date behind it
    QDate from;
    QDate to;
    qint64 fromPromptTokens = 0;
    double input = 0;
    double output = 0;
    double cachedInput = 0;

    Money costOf(const TokenUsage &tokens) const;

    bool operator==(const Price &) const = default;
};

/// The prices in force on `day` for a prompt of that length; nothing for a model that is not listed. Any thread.
std::optional<Price> priceOf(const QString &model, QDate day, qint64 promptTokens);

} // namespace quintet::usage
