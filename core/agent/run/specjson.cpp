// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/run/specjson.h"

#include "llm/specjson.h"

#include <QJsonArray>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QStringList stringsFrom(const QJsonValue &value)
{
    QStringList all;
    for (const QJsonValue each : value.toArray())
        all << each.toString();
    return all;
}

/// An address without the password that may stand in it.
QString withoutPassword(const QString &database)
{
    const QUrl url(database);
    return url.password().isEmpty() ? database : url.toString(QUrl::RemovePassword);
}

} // namespace

QJsonObject toJson(const Limits &limits)
{
    QJsonObject json{{u"steps"_s, limits.steps}, {u"minutes"_s, qint64(limits.time.count())}};
    json[u"tokens"] = limits.budget.tokens ? QJsonValue(*limits.budget.tokens) : QJsonValue(QJsonValue::Null);
    if (limits.budget.money)
        json[u"nano_dollars"] = limits.budget.money->nanoDollars;
    return json;
}

Limits limitsFrom(const QJsonObject &json)
{
    Limits limits;
    limits.steps = json[u"steps"].toInt(limits.steps);
    if (json[u"tokens"].isNull())
        limits.budget.tokens.reset();
    else
        limits.budget.tokens = json[u"tokens"].toInteger(*limits.budget.tokens);
    limits.time = std::chrono::minutes(json[u"minutes"].toInteger(limits.time.count()));
    if (json.contains(u"nano_dollars"))
        limits.budget.money = usage::Money{json[u"nano_dollars"].toInteger()};
    return limits;
}

QJsonObject toJson(const Rule &rule)
{
    return {{u"tool"_s, rule.tool}, {u"pattern"_s, rule.pattern}, {u"verdict"_s, nameOf(rule.verdict)}};
}

Rule ruleFrom(const QJsonObject &json)
{
    const QString verdict = json[u"verdict"].toString();
    return {json[u"tool"].toString(), json[u"pattern"].toString(),
            verdict == u"allow"  ? Verdict::Allow
            : verdict == u"deny" ? Verdict::Deny
                                 : Verdict::Ask};
}

QJsonObject toJson(const Workplace &workplace)
{
    return {{u"tools"_s, QJsonArray::fromStringList(workplace.tools)},
            {u"database"_s, withoutPassword(workplace.database)},
            {u"folder"_s, workplace.folder},
            {u"collections"_s, QJsonArray::fromStringList(workplace.collections)},
            {u"mcp"_s, workplace.mcpFile}};
}

Workplace workplaceFrom(const QJsonObject &json)
{
    return {stringsFrom(json[u"tools"]), json[u"database"].toString(), json[u"folder"].toString(),
            stringsFrom(json[u"collections"]), json[u"mcp"].toString()};
}

QJsonObject toJson(const RunSpec &spec)
{
    QJsonArray rules;
    for (const Rule &rule : spec.rules)
        rules.append(toJson(rule));
    return {{u"task"_s, spec.task},
            {u"endpoint"_s, toJson(spec.endpoint)},
            {u"parameters"_s, toJson(spec.parameters)},
            {u"protocol"_s, spec.protocol == Protocol::Text ? u"text"_s : u"native"_s},
            {u"workplace"_s, toJson(spec.workplace)},
            {u"limits"_s, toJson(spec.limits)},
            {u"rules"_s, rules},
            {u"plan_name"_s, spec.planName},
            {u"plan"_s, spec.plan}};
}

RunSpec specFrom(const QJsonObject &json)
{
    RunSpec spec;
    spec.task = json[u"task"].toString();
    spec.endpoint = llm::endpointFrom(json[u"endpoint"].toObject());
    spec.parameters = llm::parametersFrom(json[u"parameters"].toObject());
    spec.protocol = json[u"protocol"].toString() == u"text" ? Protocol::Text : Protocol::Native;
    spec.workplace = workplaceFrom(json[u"workplace"].toObject());
    spec.limits = limitsFrom(json[u"limits"].toObject());
    for (const QJsonValue rule : json[u"rules"].toArray())
        spec.rules.push_back(ruleFrom(rule.toObject()));
    spec.planName = json[u"plan_name"].toString();
    spec.plan = json[u"plan"].toObject();
    return spec;
}

} // namespace quintet::agent
