// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/prices.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QTimeZone>

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

// "openai/gpt-5-mini" and "gpt-5-mini-2026-01-31" cost what "gpt-5-mini" does.
QRegularExpression expressionFor(const QString &model)
{
    return QRegularExpression(u"^(?:[\\w.-]+/)?(?:%1)(?:-\\d{4}-?\\d{2}-?\\d{2})?$"_s.arg(model));
}

void putDate(QJsonObject &row, const QString &key, QDate date)
{
    if (date.isValid())
        row[key] = date.toString(Qt::ISODate);
}

} // namespace

std::optional<Price> priceFrom(const QJsonObject &row)
{
    Price price;
    price.model = row[u"model"].toString();
    price.from = QDate::fromString(row[u"from"].toString(), Qt::ISODate);
    price.to = QDate::fromString(row[u"to"].toString(), Qt::ISODate);
    price.fromPromptTokens = row[u"min_prompt_tokens"].toInteger();
    price.input = row[u"in"].toDouble(-1);
    price.output = row[u"out"].toDouble(-1);
    price.cachedInput = row[u"cached_in"].toDouble(price.input);
    price.cacheWrite = row[u"cache_write"].toDouble(price.input);
    price.batchFactor = row[u"batch_factor"].toDouble(1);
    const auto isAmount = [](double dollars) { return dollars >= 0 && dollars <= 1e6; };
    const bool isPrice = !price.model.isEmpty() && expressionFor(price.model).isValid() && isAmount(price.input)
                         && isAmount(price.output) && isAmount(price.cachedInput) && isAmount(price.cacheWrite)
                         && isAmount(price.batchFactor);
    return isPrice ? std::optional(price) : std::nullopt;
}

QJsonObject toJson(const Price &price)
{
    QJsonObject row{{u"model"_s, price.model}, {u"in"_s, price.input}, {u"out"_s, price.output}};
    putDate(row, u"from"_s, price.from);
    putDate(row, u"to"_s, price.to);
    if (price.fromPromptTokens > 0)
        row[u"min_prompt_tokens"] = price.fromPromptTokens;
    if (price.cachedInput != price.input)
        row[u"cached_in"] = price.cachedInput;
    if (price.cacheWrite != price.input)
        row[u"cache_write"] = price.cacheWrite;
    if (price.batchFactor != 1)
        row[u"batch_factor"] = price.batchFactor;
    return row;
}

Money Price::costOf(const TokenUsage &tokens) const
{
    const double dollars = static_cast<double>(tokens.prompt - tokens.cached - tokens.cacheWrite) * input
                           + static_cast<double>(tokens.cached) * cachedInput
                           + static_cast<double>(tokens.cacheWrite) * cacheWrite
                           + static_cast<double>(tokens.completion) * output;
    return Money::fromDollars(dollars / 1e6);
}

Price Price::inBatch() const
{
    Price price = *this;
    for (double *each : {&price.input, &price.output, &price.cachedInput, &price.cacheWrite, &price.batchFactor})
        *each *= batchFactor;
    price.batchFactor = 1;
    return price;
}

Prices::Prices(const QString &ownFile) : m_ownFile(ownFile), m_standard(read(u":/prices.json"_s))
{
    if (m_standard.empty())
        qFatal("The program lacks prices.json");
}

std::vector<Prices::Row> Prices::read(const QString &path)
{
    std::vector<Row> rows;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    for (const QJsonValue row : QJsonDocument::fromJson(file.readAll()).array()) {
        if (const auto price = priceFrom(row.toObject()))
            rows.push_back({*price, expressionFor(price->model)});
    }
    return rows;
}

void Prices::refresh() const
{
    const QDateTime time = QFileInfo(m_ownFile).lastModified(QTimeZone::UTC);
    if (time == m_ownTime)
        return;
    m_ownTime = time;
    m_matches.clear();
    m_own = read(m_ownFile);
}

std::vector<Price> Prices::matching(const std::vector<Row> &rows, const QString &model)
{
    std::vector<Price> prices;
    for (const Row &row : rows) {
        if (row.expression.match(model).hasMatch())
            prices.push_back(row.price);
    }
    return prices;
}

const Price *Prices::best(const std::vector<Price> &prices, QDate day, qint64 promptTokens)
{
    const Price *best = nullptr;
    for (const Price &price : prices) {
        const bool isInForce = (!price.from.isValid() || price.from <= day) && (!price.to.isValid() || day < price.to);
        if (isInForce && promptTokens >= price.fromPromptTokens
            && (!best || price.fromPromptTokens > best->fromPromptTokens))
            best = &price;
    }
    return best;
}

std::optional<Price> Prices::find(const QString &model, QDate day, qint64 promptTokens) const
{
    refresh();
    auto matches = m_matches.constFind(model);
    if (matches == m_matches.cend())
        matches = m_matches.insert(model, {matching(m_own, model), matching(m_standard, model)});
    const Price *price = best(matches->own, day, promptTokens);
    if (!price)
        price = best(matches->standard, day, promptTokens);
    return price ? std::optional(*price) : std::nullopt;
}

std::vector<Price> Prices::own() const
{
    refresh();
    std::vector<Price> prices;
    for (const Row &row : m_own)
        prices.push_back(row.price);
    return prices;
}

std::vector<Price> Prices::standard() const
{
    std::vector<Price> prices;
    for (const Row &row : m_standard)
        prices.push_back(row.price);
    return prices;
}

Result<void> Prices::setOwn(const std::vector<Price> &prices)
{
    if (QFile before(m_ownFile);
        before.open(QIODevice::ReadOnly) && !QJsonDocument::fromJson(before.readAll()).isArray()) {
        return failure(ErrorKind::Corrupt,
                       QCoreApplication::translate("usage",
                                                   "The file of your prices, %1, is not understood, and was left as "
                                                   "it is. Mend it or move it away, then try again.")
                           .arg(QDir::toNativeSeparators(m_ownFile)));
    }
    QJsonArray rows;
    for (const Price &price : prices)
        rows.append(toJson(price));
    QSaveFile file(m_ownFile);
    const QByteArray json = QJsonDocument(rows).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit()) {
        return failure(ErrorKind::Storage,
                       QCoreApplication::translate("usage", "The prices could not be kept in %1: %2")
                           .arg(QDir::toNativeSeparators(m_ownFile), file.errorString()));
    }
    m_ownTime = {};
    return {};
}

} // namespace quintet::usage
