// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/prices.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace quintet::usage {

namespace {

Price priceFrom(const QJsonObject &row)
{
    Price price;
    // "openai/gpt-5-mini" and "gpt-5-mini-2026-01-31" cost what "gpt-5-mini" does.
    price.model = QRegularExpression(
        QStringLiteral("^(?:[\\w.-]+/)?(?:%1)(?:-\\d{4}-?\\d{2}-?\\d{2})?$").arg(row[u"model"].toString()));
    price.from = QDate::fromString(row[u"from"].toString(), Qt::ISODate);
    price.to = QDate::fromString(row[u"to"].toString(), Qt::ISODate);
    price.fromPromptTokens = row[u"min_prompt_tokens"].toInteger();
    price.input = row[u"in"].toDouble();
    price.output = row[u"out"].toDouble();
    price.cachedInput = row[u"cached_in"].toDouble(price.input);
    return price;
}

const std::vector<Price> &prices()
{
    static const std::vector<Price> all = [] {
        std::vector<Price> rows;
        QFile file(QStringLiteral(":/prices.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The program lacks prices.json");
        for (const QJsonValue row : QJsonDocument::fromJson(file.readAll()).array())
            rows.push_back(priceFrom(row.toObject()));
        return rows;
    }();
    return all;
}

} // namespace

Money Price::costOf(const TokenUsage &tokens) const
{
    const double dollars = static_cast<double>(tokens.prompt - tokens.cached) * input
                           + static_cast<double>(tokens.cached) * cachedInput
                           + static_cast<double>(tokens.completion) * output;
    return Money::fromDollars(dollars / 1e6);
}

std::optional<Price> priceOf(const QString &model, QDate day, qint64 promptTokens)
{
    const Price *best = nullptr;
    for (const Price &price : prices()) {
        const bool isInForce = (!price.from.isValid() || price.from <= day) && (!price.to.isValid() || day < price.to);
        const bool fits = isInForce && promptTokens >= price.fromPromptTokens && price.model.match(model).hasMatch();
        if (fits && (!best || price.fromPromptTokens > best->fromPromptTokens))
            best = &price;
    }
    return best ? std::optional(*best) : std::nullopt;
}

} // namespace quintet::usage
