// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/exchange.h"
#include "base/task.h"

#include <functional>
#include <memory>
#include <vector>

namespace quintet::serve {

using Method = QHttpServerRequest::Method;

/// Answers a request, now or later.
using Handler = std::function<Task<void>(std::shared_ptr<Exchange>)>;

/// One thing that can be asked of the server; what is said of it here stands in /openapi.json.
struct Route {
    Method method = Method::Get;
    QString path;          ///< "/api/batch/{id}"
    QString summary;       ///< one line
    QJsonObject body = {}; ///< JSON schema of what is sent
    bool isPublic = false; ///< needs no token
    bool isStream = false; ///< answers with server-sent events
    ErrorStyle style = ErrorStyle::Quintet;
    Handler handler;
};

/// Where a request belongs.
struct RouteMatch {
    const Route *route = nullptr; ///< nothing: there is no such path, or not by this method
    QStringList parts;            ///< what stands in place of each "{...}", decoded
    QByteArrayList methods;       ///< by which the path can be asked
};

/// What can be asked of the server.
class Routes final {
public:
    void add(Route route) { m_routes.push_back(std::move(route)); }

    /// `path` as it was sent, percent-encoded. The last "{...}" of a path may hold slashes.
    RouteMatch find(Method method, const QString &path) const;

    const std::vector<Route> &all() const { return m_routes; }

private:
    std::vector<Route> m_routes;
};

/// "GET".
QByteArray nameOf(Method method);

/// The routes as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0).
QJsonObject openApiOf(const Routes &routes);

/// JSON schema of an object: properties by name, {"type","description"} each.
QJsonObject objectSchema(const QJsonObject &properties, const QStringList &required = {});

/// {"type","description"}
QJsonObject property(const QString &type, const QString &description);

} // namespace quintet::serve
