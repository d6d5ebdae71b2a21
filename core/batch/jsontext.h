// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

namespace quintet::batch {

/// Any JSON value, compact; a QJsonDocument holds only arrays and objects.
QString jsonText(const QJsonValue &value);

/// A value as people read it: a string without its quotes, nothing for null, the parts of a list between `separator`s
/// if one is given; all else as JSON.
QString plainText(const QJsonValue &value, const QString &separator = {});

} // namespace quintet::batch
