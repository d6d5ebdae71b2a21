// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/routes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

/// The names between the braces of a path.
QStringList namesIn(const QString &path)
{
    static const QRegularExpression braces(u"\\{(\\w+)\\}"_s);
    QStringList names;
    for (const auto &match : braces.globalMatch(path))
        names << match.captured(1);
    return names;
}

/// What stands in place of the braces, where `path` is of that pattern.
std::optional<QStringList> partsOf(const QString &pattern, const QString &path)
{
    const QStringList wanted = pattern.split(u'/');
    const QStringList given = path.split(u'/');
    if (wanted.size() != given.size())
        return std::nullopt;
    QStringList parts;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (wanted[i].startsWith(u'{') && !given[i].isEmpty())
            parts << QUrl::fromPercentEncoding(given[i].toUtf8());
        else if (wanted[i] != given[i])
            return std::nullopt;
    }
    return parts;
}

QJsonObject operationOf(const Route &route)
{
    const QString mime = route.isStream ? u"text/event-stream"_s : u"application/json"_s;
    QJsonArray parameters;
    for (const QString &name : namesIn(route.path)) {
        parameters.append(QJsonObject{{u"name"_s, name},
                                      {u"in"_s, u"path"_s},
                                      {u"required"_s, true},
                                      {u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}});
    }
    QJsonObject operation{
        {u"summary"_s, route.summary},
        {u"responses"_s, QJsonObject{{u"200"_s, QJsonObject{{u"description"_s, u"OK"_s},
                                                            {u"content"_s, QJsonObject{{mime, QJsonObject()}}}}}}}};
    if (!parameters.isEmpty())
        operation[u"parameters"] = parameters;
    if (!route.body.isEmpty())
        operation[u"requestBody"] =
            QJsonObject{{u"content"_s, QJsonObject{{u"application/json"_s, QJsonObject{{u"schema"_s, route.body}}}}}};
    if (route.isPublic)
        operation[u"security"] = QJsonArray();
    return operation;
}

} // namespace

QByteArray nameOf(Method method)
{
    switch (method) {
    case Method::Get: return "GET";
    case Method::Post: return "POST";
    case Method::Put: return "PUT";
    case Method::Delete: return "DELETE";
    case Method::Head: return "HEAD";
    case Method::Options: return "OPTIONS";
    case Method::Patch: return "PATCH";
    default: return "?";
    }
}

RouteMatch Routes::find(Method method, const QString &path) const
{
    RouteMatch match;
    for (const Route &route : m_routes) {
        const auto parts = partsOf(route.path, path);
        if (!parts)
            continue;
        match.methods << nameOf(route.method);
        if (route.method == method && !match.route) {
            match.route = &route;
            match.parts = *parts;
        }
    }
    return match;
}

QJsonObject objectSchema(const QJsonObject &properties, const QStringList &required)
{
    QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
    if (!required.isEmpty())
        schema[u"required"] = QJsonArray::fromStringList(required);
    return schema;
}

QJsonObject property(const QString &type, const QString &description)
{
    return {{u"type"_s, type}, {u"description"_s, description}};
}

QJsonObject openApiOf(const Routes &routes)
{
    QJsonObject paths;
    for (const Route &route : routes.all()) {
        QJsonObject item = paths[route.path].toObject();
        item[QString::fromLatin1(nameOf(route.method)).toLower()] = operationOf(route);
        paths[route.path] = item;
    }
    const QJsonObject scheme{{u"type"_s, u"http"_s}, {u"scheme"_s, u"bearer"_s}};
    return {
        {u"openapi"_s, u"3.1.0"_s},
        {u"info"_s, QJsonObject{{u"title"_s, u"Quintet"_s}, {u"version"_s, QCoreApplication::applicationVersion()}}},
        {u"paths"_s, paths},
        {u"components"_s, QJsonObject{{u"securitySchemes"_s, QJsonObject{{u"token"_s, scheme}}}}},
        {u"security"_s, QJsonArray{QJsonObject{{u"token"_s, QJsonArray()}}}}};
}

} // namespace quintet::serve
