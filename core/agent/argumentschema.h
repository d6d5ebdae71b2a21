// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace quintet::agent {

/// The JSON schema of an argument: its type, "string", and what a model is told of it.
QJsonObject argument(const QString &type, const QString &description = {});

/// The JSON schema of a tool's arguments: these, and no others.
QJsonObject argumentSchema(const QJsonObject &properties, const QStringList &required = {});

} // namespace quintet::agent
