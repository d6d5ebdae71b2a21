// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/budget.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace quintet::usage {

namespace {

constexpr int shortestAnswer = 16;
constexpr int usualAnswer = 8'192;     // that all models in use give; a limit above what one gives is refused
constexpr int longestAnswer = 131'072; // that any model gives

QString tr(const char *text)
{
    return QCoreApplication::translate("usage", text);
}

/// One limit and what is used of it.
struct Gauge {
    QString name; ///< as a sentence has it: "today's budget"
    std::optional<Money> money;
    std::optional<qint64> tokens;
    Spent spent;

    double share() const
    {
        double used = 0;
        if (money)
            used = money->nanoDollars > 0 ? double(spent.money.nanoDollars) / double(money->nanoDollars) : 1;
        if (tokens)
            used = std::max(used, *tokens > 0 ? double(spent.tokens) / double(*tokens) : 1);
        return used;
    }
};

std::vector<Gauge> gaugesOf(const Budgets &budgets, const SpentSoFar &spent)
{
    return {{tr("today's budget"), budgets.day.money, budgets.day.tokens, spent.day},
            {tr("this month's budget"), budgets.month.money, budgets.month.tokens, spent.month}};
}

std::vector<Gauge> gaugesFor(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent)
{
    std::vector<Gauge> gauges = gaugesOf(budgets, spent);
    if (expense.own)
        gauges.push_back({tr("the budget of this request"), expense.own, {}, {}});
    if (expense.runLimit)
        gauges.push_back({tr("the budget of this run"), expense.runLimit, {}, spent.run});
    return gauges;
}

Error overLimit(const Gauge &gauge, const QString &wanted)
{
    return Error(ErrorKind::Budget,
                 gauge.spent == Spent()
                     ? tr("This request would take at least %1, which is over %2 of %3. Nothing was sent.")
                           .arg(wanted, gauge.name,
                                gauge.money ? display(*gauge.money) : tr("%1 tokens").arg(gauge.tokens.value_or(0)))
                     : tr("This request would take at least %1, and %2 is as good as used up. Nothing was sent. Raise "
                          "the budget (in Settings, or by: quintet usage budget), or wait.")
                           .arg(wanted, gauge.name));
}

/// How many tokens of answer a limit buys behind the prompt; negative where not even the prompt fits.
double answerWithin(const Gauge &gauge, const Expense &expense)
{
    double tokens = std::numeric_limits<double>::infinity();
    if (gauge.tokens)
        tokens = double(*gauge.tokens - gauge.spent.tokens - expense.promptTokens);
    if (gauge.money && expense.price && !expense.isFree) {
        const Money prompt = expense.price->costOf({.prompt = expense.promptTokens});
        const double left = gauge.money->dollars() - gauge.spent.money.dollars() - prompt.dollars();
        const double bought = left < 0                    ? -1
                              : expense.price->output > 0 ? left * 1e6 / expense.price->output
                                                          : std::numeric_limits<double>::infinity();
        tokens = std::min(tokens, bought);
    }
    return tokens;
}

} // namespace

Result<Allowance> allowance(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent)
{
    const std::vector<Gauge> gauges = gaugesFor(expense, budgets, spent);
    const bool limitsMoney = std::ranges::any_of(gauges, [](const Gauge &gauge) { return gauge.money.has_value(); });
    if (limitsMoney && !expense.isFree && !expense.price && !budgets.unpricedAllowed.contains(expense.model)) {
        return failure(ErrorKind::Budget,
                       tr("The price of %1 is not known, so a budget cannot be kept. Enter its price or allow it "
                          "without one (in Settings, or by: quintet usage budget --allow-unpriced), or ask without a "
                          "budget.")
                           .arg(expense.model));
    }
    const int wanted = expense.answerTokens.value_or(shortestAnswer);
    const int least = expense.isWhole ? wanted : std::min(shortestAnswer, wanted);
    const TokenUsage tokens{.prompt = expense.promptTokens, .completion = expense.isWhole ? wanted : 0};
    double affordable = std::numeric_limits<double>::infinity();
    for (const Gauge &gauge : gauges) {
        const double within = answerWithin(gauge, expense);
        if (within < least) {
            return std::unexpected(overLimit(gauge, gauge.money && expense.price
                                                        ? display(expense.price->costOf(tokens))
                                                        : tr("%1 tokens").arg(tokens.prompt + tokens.completion)));
        }
        affordable = std::min(affordable, within);
    }
    // What may answer at any length is let through as it is where even that is paid for.
    const bool isFar = !expense.answerTokens && affordable >= longestAnswer;
    const int granted =
        isFar ? longestAnswer
              : static_cast<int>(std::min<double>(affordable, expense.answerTokens.value_or(usualAnswer)));
    Allowance result{.answerTokens = expense.answerTokens, .held = {{}, expense.promptTokens + granted}};
    if (!isFar)
        result.answerTokens = granted;
    if (expense.price && !expense.isFree)
        result.held.money = expense.price->costOf({.prompt = expense.promptTokens, .completion = granted});
    return result;
}

double shareUsed(const Budgets &budgets, const SpentSoFar &spent)
{
    double share = 0;
    for (const Gauge &gauge : gaugesOf(budgets, spent))
        share = std::max(share, gauge.share());
    return share;
}

QString warning(const Budgets &budgets, const SpentSoFar &spent)
{
    const std::vector<Gauge> gauges = gaugesOf(budgets, spent);
    const Gauge &worst = *std::ranges::max_element(gauges, {}, &Gauge::share);
    const double share = worst.share();
    if (share < 0.5)
        return {};
    if (share >= 1)
        return tr("%1 is used up.").arg(worst.name.at(0).toUpper() + worst.name.sliced(1));
    return tr("%1 % of %2 is used.")
        .arg(QLocale().toString(share >= 0.8 ? qRound(share * 100) : int(share * 100)), worst.name);
}

} // namespace quintet::usage
