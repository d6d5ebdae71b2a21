// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/specjson.h"

#include <QJsonArray>

namespace quintet::llm {

using namespace Qt::StringLiterals;

QJsonObject toJson(const Endpoint &endpoint)
{
    return {{u"name"_s, endpoint.name},
            {u"kind"_s, nameOf(endpoint.kind)},
            {u"base_url"_s, endpoint.baseUrl.toString()},
            {u"model"_s, endpoint.model},
            {u"key_variable"_s, endpoint.keyVariable}};
}

Endpoint endpointFrom(const QJsonObject &json)
{
    Endpoint endpoint;
    endpoint.name = json[u"name"].toString();
    endpoint.kind = kindFrom(json[u"kind"].toString());
    endpoint.baseUrl = QUrl(json[u"base_url"].toString());
    endpoint.model = json[u"model"].toString();
    endpoint.keyVariable = json[u"key_variable"].toString();
    return endpoint;
}

QJsonObject toJson(const Parameters &parameters)
{
    QJsonObject json;
    if (parameters.temperature)
        json[u"temperature"] = *parameters.temperature;
    if (parameters.maxTokens)
        json[u"max_tokens"] = *parameters.maxTokens;
    if (parameters.topP)
        json[u"top_p"] = *parameters.topP;
    if (parameters.seed)
        json[u"seed"] = *parameters.seed;
    if (!parameters.stop.isEmpty())
        json[u"stop"] = QJsonArray::fromStringList(parameters.stop);
    if (!parameters.reasoningEffort.isEmpty())
        json[u"reasoning_effort"] = parameters.reasoningEffort;
    return json;
}

Parameters parametersFrom(const QJsonObject &json)
{
    Parameters parameters;
    if (const QJsonValue value = json[u"temperature"]; value.isDouble())
        parameters.temperature = value.toDouble();
    if (const QJsonValue value = json[u"max_tokens"]; value.isDouble())
        parameters.maxTokens = value.toInt();
    if (const QJsonValue value = json[u"top_p"]; value.isDouble())
        parameters.topP = value.toDouble();
    if (const QJsonValue value = json[u"seed"]; value.isDouble())
        parameters.seed = value.toInteger();
    for (const QJsonValue value : json[u"stop"].toArray())
        parameters.stop << value.toString();
    parameters.reasoningEffort = json[u"reasoning_effort"].toString();
    return parameters;
}

} // namespace quintet::llm
