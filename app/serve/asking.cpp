// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/asking.h"

#include "app/serve/routes.h"

namespace quintet::serve {

using namespace Qt::StringLiterals;

Result<llm::Endpoint> Asking::endpointFor(const QJsonObject &request, const QString &pattern) const
{
    llm::EndpointChoice choice = m_choice;
    if (const QString name = request[u"endpoint"].toString(); !name.isEmpty())
        choice = {.endpoint = name, .baseUrl = {}, .model = {}};
    if (const QString model = request[u"model"].toString(); !model.isEmpty())
        choice.model = model;
    return m_services.endpoints().resolve(choice, pattern);
}

llm::Parameters Asking::parametersOf(const QJsonObject &request)
{
    llm::Parameters parameters;
    if (request[u"temperature"].isDouble())
        parameters.temperature = request[u"temperature"].toDouble();
    if (request[u"max_tokens"].isDouble())
        parameters.maxTokens = request[u"max_tokens"].toInt();
    return parameters;
}

usage::Limit Asking::budgetOf(const QJsonObject &request)
{
    usage::Limit budget;
    if (request[u"budget_usd"].isDouble())
        budget.money = usage::Money::fromDollars(request[u"budget_usd"].toDouble());
    if (request[u"budget_tokens"].isDouble())
        budget.tokens = request[u"budget_tokens"].toInteger();
    return budget;
}

QJsonObject Asking::withCommonProperties(QJsonObject properties)
{
    const auto number = [](const QString &type, const QString &description, double least, double most) {
        QJsonObject schema = property(type, description);
        schema[u"minimum"] = least;
        schema[u"maximum"] = most;
        return schema;
    };
    properties[u"endpoint"] =
        property(u"string"_s, u"an endpoint's name, \"builtin\" for the engine without a model"_s);
    properties[u"model"] = property(u"string"_s, u"one of the endpoint's models"_s);
    properties[u"temperature"] = number(u"number"_s, u"0 to 2"_s, 0, 2);
    properties[u"max_tokens"] = number(u"integer"_s, u"of the answer"_s, 1, 1e9);
    properties[u"budget_usd"] = number(u"number"_s, u"the most that it may cost"_s, 0, 1e9);
    properties[u"budget_tokens"] = number(u"integer"_s, u"the most that may be read and written"_s, 0, 1e12);
    return properties;
}

} // namespace quintet::serve
