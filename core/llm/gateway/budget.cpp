// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/budget.h"

#include "text/tokenestimate.h"
#include "usage/prices.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::llm {

namespace {

// Our estimate of a prompt may be a fifth short; the limit is kept all the same.
constexpr double caution = 1.25;
constexpr int shortestAnswer = 16;

QString tr(const char *text)
{
    return QCoreApplication::translate("llm", text);
}

} // namespace

Result<Request> withinBudget(const Endpoint &endpoint, Request request, QDate day)
{
    if (!request.budget || isLocal(endpoint))
        return request;
    qint64 promptTokens = 0;
    for (const Message &message : request.messages)
        promptTokens += static_cast<qint64>(static_cast<double>(text::estimateTokens(message.text)) * caution) + 8;
    const auto price = usage::priceOf(request.model, day, promptTokens);
    if (!price) {
        return failure(ErrorKind::Budget,
                       tr("The price of %1 is not known, so a budget cannot be kept. Ask without a budget, or "
                          "use a model whose price is known.")
                           .arg(request.model));
    }
    const usage::Money prompt = price->costOf({.prompt = promptTokens});
    const double left = request.budget->dollars() - prompt.dollars();
    const double affordable = left < 0 ? 0 : price->output > 0 ? left * 1e6 / price->output : 1e9;
    if (affordable < shortestAnswer) {
        return failure(ErrorKind::Budget,
                       tr("This request would cost at least %1, which is over the budget of %2. Nothing was sent.")
                           .arg(display(prompt), display(*request.budget)));
    }
    const int longest = static_cast<int>(std::min(affordable, 1e9));
    request.parameters.maxTokens = std::min(request.parameters.maxTokens.value_or(longest), longest);
    return request;
}

} // namespace quintet::llm
