// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "usage/limit.h"
#include "usage/prices.h"

#include <QStringList>

#include <optional>

namespace quintet::usage {

/// The user's budgets, by the calendar of this computer.
struct Budgets {
    Limit day;
    Limit month;
    QStringList unpricedAllowed; ///< models that may be asked under a money limit though their price is not known

    bool isSet() const { return day.isSet() || month.isSet(); }
    bool operator==(const Budgets &) const = default;
};

/// What was spent, or is set aside for requests under way.
struct Spent {
    Money money;
    qint64 tokens = 0;

    bool operator==(const Spent &) const = default;
};

/// Spent so far, in each stretch that a limit may be set for.
struct SpentSoFar {
    Spent day;
    Spent month;
    Spent run; ///< of the run that the request belongs to

    bool operator==(const SpentSoFar &) const = default;
};

/// A request as a budget sees it.
struct Expense {
    QString model;
    bool isFree = false;             ///< on this computer
    std::optional<Price> price;      ///< nothing where it is not known
    qint64 promptTokens = 0;         ///< at most, by a cautious estimate
    std::optional<int> answerTokens; ///< the limit that the request sets to its answer
    Limit own;                       ///< the most that this request may take
    QString run;
    Limit runLimit;       ///< the most that all requests of the run may take together
    bool isWhole = false; ///< the answers cannot be cut short: all of their tokens have to fit
    QString lastingHold;  ///< the id that it is set aside under until it is released, also when this process is
                          ///< gone; empty: as long as this process lives

    bool hasLimit() const { return own.isSet() || runLimit.isSet(); }
    bool operator==(const Expense &) const = default;
};

/// Whether the user has to be asked first: money is limited, and what the model costs is not known.
bool needsConsent(const Expense &expense, const Budgets &budgets);

/// How a request may be sent: with at most so many tokens of answer, for which so much is set aside.
struct Allowance {
    std::optional<int> answerTokens;
    Spent held;

    bool operator==(const Allowance &) const = default;
};

/// What is left for a request under all limits together: a pure function. The answer is capped to what the tightest
/// limit buys behind the prompt, and to 8,192 tokens where the request sets no limit, so that it holds whatever the
/// model does; it stays without one where even the longest answer of any model is paid for. Fails with Budget, naming
/// the limit, where the prompt alone would pass one or hardly an answer fits, and where money is limited and the price
/// of the model is not known.
Result<Allowance> allowance(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent);

/// The same beside requests under way, which seldom take all that is set aside for them: `withHeld` is what was spent
/// together with that. Where the request would be refused, or cut short, for what they hold alone, it fails with a
/// retryAfter: it had better wait until they are done.
Result<Allowance> allowanceBeside(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent,
                                  const SpentSoFar &withHeld);

/// What the user should know: the limit that is used up the furthest, from half of it on. Empty below.
QString warning(const Budgets &budgets, const SpentSoFar &spent);

/// The limit that is used up the furthest, as a share of it; 0 where none is set.
double shareUsed(const Budgets &budgets, const SpentSoFar &spent);

} // namespace quintet::usage
