// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <vector>

namespace quintet::agent::mcp {

/// How one server is reached: a program that is started, or an address.
struct ServerConfig {
    QString name;
    QString command; ///< empty: reached over HTTP
    QStringList arguments;
    QMap<QString, QString> environment; ///< beside the few variables that every program needs
    QString folder;                     ///< that it is started in; empty: this process's
    QUrl url;
    QMap<QString, QString> headers;
    std::chrono::milliseconds timeout{120'000}; ///< of one call
    QString digest;                             ///< of the entry as it is written; another means that it was changed

    bool isRemote() const { return command.isEmpty(); }

    /// What the user agrees to: the command line with the names of its variables, or the address.
    QString summary() const;

    bool operator==(const ServerConfig &) const = default;
};

/// What stands for ${NAME} in a configuration; nothing where there is no such variable.
using Variables = std::function<std::optional<QString>(const QString &name)>;

/// The servers in the usual file, {"mcpServers":{NAME:{"command","args","env"} or {"url","headers"}}}, with or without
/// the outer key. ${NAME}, ${NAME:-default} and ${env:NAME} are expanded; entries with "disabled":true left out.
/// BadInput, with the server's name, where something does not fit.
Result<std::vector<ServerConfig>> serversFrom(const QByteArray &json, const Variables &variables);

/// The same of a file, with this process's variables.
Result<std::vector<ServerConfig>> readServers(const QString &path);

} // namespace quintet::agent::mcp
