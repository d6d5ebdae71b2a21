// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/argumentschema.h"

#include <QJsonArray>

namespace quintet::agent {

using namespace Qt::StringLiterals;

QJsonObject argument(const QString &type, const QString &description)
{
    QJsonObject schema{{u"type"_s, type}};
    if (!description.isEmpty())
        schema[u"description"] = description;
    return schema;
}

QJsonObject argumentSchema(const QJsonObject &properties, const QStringList &required)
{
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, QJsonArray::fromStringList(required)},
            {u"additionalProperties"_s, false}};
}

} // namespace quintet::agent
