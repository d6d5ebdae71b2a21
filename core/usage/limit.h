// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/money.h"

#include <algorithm>
#include <optional>

namespace quintet::usage {

/// The most that may be spent; what is not set is no limit. Local requests are free but their tokens count.
struct Limit {
    std::optional<Money> money;
    std::optional<qint64> tokens; ///< read and written

    bool isSet() const { return money || tokens; }

    /// What a request leaves of it, nothing at the least. One whose cost is not known uses all the money up.
    Limit after(std::optional<Money> cost, qint64 usedTokens) const
    {
        Limit left = *this;
        if (money)
            left.money = Money{std::max<qint64>(0, money->nanoDollars - cost.value_or(*money).nanoDollars)};
        if (tokens)
            left.tokens = std::max<qint64>(0, *tokens - usedTokens);
        return left;
    }

    bool operator==(const Limit &) const = default;
};

} // namespace quintet::usage
