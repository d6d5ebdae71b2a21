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

/// One limit, of money or of tokens, and what is used of it.
struct Gauge {
    QString name;       ///< as a sentence has it: "today's budget"
    bool isOwn = false; ///< of one request or run, which waiting does not renew
    Limit limit;
    Spent spent;

    double share() const
    {
        const double used = limit.money ? double(spent.money.nanoDollars) : double(spent.tokens);
        const double most = limit.money ? double(limit.money->nanoDollars) : double(limit.tokens.value_or(0));
        return most > 0 ? used / most : 1;
    }
};

void add(std::vector<Gauge> &gauges, const Gauge &gauge)
{
    if (gauge.limit.money)
        gauges.push_back({gauge.name, gauge.isOwn, {.money = gauge.limit.money, .tokens = {}}, gauge.spent});
    if (gauge.limit.tokens)
        gauges.push_back({gauge.name, gauge.isOwn, {.money = {}, .tokens = gauge.limit.tokens}, gauge.spent});
}

std::vector<Gauge> gaugesOf(const Budgets &budgets, const SpentSoFar &spent)
{
    std::vector<Gauge> gauges;
    add(gauges, {tr("today's budget"), false, budgets.day, spent.day});
    add(gauges, {tr("this month's budget"), false, budgets.month, spent.month});
    return gauges;
}

std::vector<Gauge> gaugesFor(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent)
{
    std::vector<Gauge> gauges = gaugesOf(budgets, spent);
    add(gauges, {tr("the budget of this request"), true, expense.own, {}});
    add(gauges, {tr("the budget of this run"), true, expense.runLimit, spent.run});
    return gauges;
}

/// What a request takes at least, in the unit of the limit that it would pass.
Error overLimit(const Gauge &gauge, const Expense &expense, const TokenUsage &least)
{
    const auto tokens = [](qint64 count) { return tr("%1 tokens").arg(QLocale().toString(count)); };
    const QString wanted = gauge.limit.money && expense.price ? display(expense.price->costOf(least))
                                                              : tokens(least.prompt + least.completion);
    if (gauge.limit.money ? gauge.spent.money == Money() : gauge.spent.tokens == 0) {
        const QString most = gauge.limit.money ? display(*gauge.limit.money) : tokens(gauge.limit.tokens.value_or(0));
        return Error(ErrorKind::Budget,
                     tr("This request would take at least %1, which is over %2 of %3. Nothing was sent.")
                         .arg(wanted, gauge.name, most));
    }
    return Error(ErrorKind::Budget,
                 (gauge.isOwn ? tr("This request would take at least %1, and %2 is as good as used up. Nothing was "
                                   "sent. Raise it to go on.")
                              : tr("This request would take at least %1, and %2 is as good as used up. Nothing was "
                                   "sent. Raise it in Settings, or wait."))
                     .arg(wanted, gauge.name));
}

/// How many tokens of answer a limit buys behind the prompt; negative where not even the prompt fits.
double answerWithin(const Gauge &gauge, const Expense &expense)
{
    if (gauge.limit.tokens)
        return double(*gauge.limit.tokens - gauge.spent.tokens - expense.promptTokens);
    constexpr double unlimited = std::numeric_limits<double>::infinity();
    if (!expense.price || expense.isFree)
        return unlimited;
    const Money prompt = expense.price->costOf({.prompt = expense.promptTokens});
    const double left = gauge.limit.money->dollars() - gauge.spent.money.dollars() - prompt.dollars();
    if (left < 0)
        return -1;
    return expense.price->output > 0 ? left * 1e6 / expense.price->output : unlimited;
}

} // namespace

bool needsConsent(const Expense &expense, const Budgets &budgets)
{
    const bool isKnown = expense.isFree || expense.price || budgets.unpricedAllowed.contains(expense.model);
    return !isKnown
           && (budgets.day.money || budgets.month.money || expense.own.money.has_value()
               || expense.runLimit.money.has_value());
}

Result<Allowance> allowance(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent)
{
    if (needsConsent(expense, budgets)) {
        return failure(ErrorKind::Budget,
                       tr("The price of %1 is not known, so a budget cannot be kept. Enter its price or allow it "
                          "without one in Settings, or ask without a budget.")
                           .arg(expense.model));
    }
    const int wanted = expense.answerTokens.value_or(shortestAnswer);
    const int least = expense.isWhole ? wanted : std::min(shortestAnswer, wanted);
    const TokenUsage tokens{.prompt = expense.promptTokens, .completion = expense.isWhole ? wanted : 0};
    double affordable = std::numeric_limits<double>::infinity();
    for (const Gauge &gauge : gaugesFor(expense, budgets, spent)) {
        const double within = answerWithin(gauge, expense);
        if (within < least)
            return std::unexpected(overLimit(gauge, expense, tokens));
        affordable = std::min(affordable, within);
    }
    // What may answer at any length is let through as it is where even that is paid for; on this computer, where it
    // costs nothing and a context may be short, where the usual fits.
    const bool isFar = !expense.answerTokens && affordable >= (expense.isFree ? usualAnswer : longestAnswer);
    const int granted =
        isFar ? (expense.isFree ? usualAnswer : longestAnswer)
              : static_cast<int>(std::min<double>(affordable, expense.answerTokens.value_or(usualAnswer)));
    Allowance result{.answerTokens = expense.answerTokens, .held = {{}, expense.promptTokens + granted}};
    if (!isFar)
        result.answerTokens = granted;
    if (expense.price && !expense.isFree)
        result.held.money = expense.price->costOf({.prompt = expense.promptTokens, .completion = granted});
    return result;
}

Result<Allowance> allowanceBeside(const Expense &expense, const Budgets &budgets, const SpentSoFar &spent,
                                  const SpentSoFar &withHeld)
{
    const auto now = allowance(expense, budgets, withHeld);
    const auto alone = allowance(expense, budgets, spent);
    const auto answerOf = [](const Allowance &allowed) { return allowed.answerTokens.value_or(usualAnswer); };
    if (!alone || (now && answerOf(*now) >= std::min(answerOf(*alone), usualAnswer)))
        return now;
    Error error =
        now ? Error(ErrorKind::Budget, tr("Requests under way hold what is left of the budget.")) : now.error();
    error.retryAfter = std::chrono::milliseconds(0);
    return std::unexpected(error);
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
    const auto found = std::ranges::max_element(gauges, {}, &Gauge::share);
    const double share = found == gauges.end() ? 0 : found->share();
    if (share < 0.5)
        return {};
    const Gauge &worst = *found;
    if (share >= 1)
        return tr("%1 is used up.").arg(worst.name.at(0).toUpper() + worst.name.sliced(1));
    return tr("%1 % of %2 is used.")
        .arg(QLocale().toString(share >= 0.8 ? qRound(share * 100) : int(share * 100)), worst.name);
}

} // namespace quintet::usage
