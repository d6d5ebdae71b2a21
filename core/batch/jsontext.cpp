// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

namespace quintet::batch {

QString jsonText(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

QString plainText(const QJsonValue &value, const QString &separator)
{
    if (value.isString())
        return value.toString();
    if (value.isNull() || value.isUndefined())
        return {};
    if (!value.isArray() || separator.isEmpty())
        return jsonText(value);
    QStringList parts;
    for (const QJsonValue part : value.toArray())
        parts << plainText(part, separator);
    return parts.join(separator);
}

} // namespace quintet::batch
