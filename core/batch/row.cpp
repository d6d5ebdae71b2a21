// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/row.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

namespace quintet::batch {

QString toContent(const Row &row)
{
    QJsonArray pairs;
    for (const auto &[name, value] : row)
        pairs.append(QJsonArray{name, value});
    return QString::fromUtf8(QJsonDocument(pairs).toJson(QJsonDocument::Compact));
}

Row rowFrom(const QString &content)
{
    Row row;
    for (const QJsonValue pair : QJsonDocument::fromJson(content.toUtf8()).array())
        row.emplace_back(pair[0].toString(), pair[1].toString());
    return row;
}

QString toText(const Row &row)
{
    if (row.size() == 1 && row.front().first == u"text")
        return row.front().second;
    QStringList lines;
    for (const auto &[name, value] : row) {
        if (!value.trimmed().isEmpty())
            lines << name + QStringLiteral(": ") + value;
    }
    return lines.join(u'\n');
}

} // namespace quintet::batch
