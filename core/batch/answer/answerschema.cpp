// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/answerschema.h"

#include "batch/jsontext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

/// The type of a field, by the word behind its name. Null is allowed: a text may not say it.
std::optional<QJsonObject> typeNamed(const QString &word)
{
    const auto nullable = [](const QString &type) { return QJsonObject{{u"type"_s, QJsonArray{type, u"null"_s}}}; };
    const QString name = word.toLower();
    if (name.isEmpty() || name == u"text" || name == u"string" || name == u"str")
        return nullable(u"string"_s);
    if (name == u"int" || name == u"integer")
        return nullable(u"integer"_s);
    if (name == u"number" || name == u"float" || name == u"decimal" || name == u"money")
        return nullable(u"number"_s);
    if (name == u"bool" || name == u"boolean")
        return nullable(u"boolean"_s);
    if (name == u"date") {
        QJsonObject type = nullable(u"string"_s);
        type[u"description"] = u"a date as YYYY-MM-DD"_s;
        return type;
    }
    if (name == u"list" || name == u"array")
        return QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, QJsonObject{{u"type"_s, u"string"_s}}}};
    return std::nullopt;
}

QJsonObject objectOf(const QJsonObject &properties, const QJsonArray &names)
{
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, names},
            {u"additionalProperties"_s, false}};
}

Result<QJsonObject> fromShortForm(const QString &text)
{
    QJsonObject properties;
    QJsonArray names;
    for (const QString &field : text.split(u',', Qt::SkipEmptyParts)) {
        const QString words = field.simplified();
        const qsizetype gap = words.lastIndexOf(u' ');
        std::optional<QJsonObject> type = gap < 0 ? typeNamed({}) : typeNamed(words.sliced(gap + 1));
        if (!type)
            return failure(ErrorKind::BadInput, tr("%1 is no type of a field. There are text, int, number, bool, date "
                                                   "and list: \"name, age int, tags list\".")
                                                    .arg(words.sliced(gap + 1)));
        const QString name = gap < 0 ? words : words.first(gap);
        if (name.isEmpty())
            continue;
        properties[name] = *type;
        names.append(name);
    }
    if (names.isEmpty())
        return failure(ErrorKind::BadInput, tr("Name the fields of the answer, such as: name, age int, tags list."));
    return objectOf(properties, names);
}

Result<QJsonObject> fromJson(const QByteArray &json, const QString &name)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return failure(ErrorKind::BadInput, tr("%1 is no JSON schema: %2.").arg(name, error.errorString()));
    return AnswerSchema::from(document.object()).transform([&](const auto &) { return document.object(); });
}

/// The JSON value in what a model wrote: behind a thought, in a fence, or between other words.
std::optional<QJsonValue> valueIn(const QString &answer)
{
    const auto parsed = [](QStringView text) -> std::optional<QJsonValue> {
        QJsonParseError error{};
        const QJsonDocument document = QJsonDocument::fromJson('[' + text.toUtf8() + ']', &error);
        if (error.error != QJsonParseError::NoError || document.array().size() != 1)
            return std::nullopt;
        return document.array().first();
    };
    if (auto whole = parsed(answer))
        return whole;
    for (const auto &[open, close] : {std::pair(u'{', u'}'), std::pair(u'[', u']')}) {
        const qsizetype end = answer.lastIndexOf(close);
        const qsizetype start = answer.indexOf(open);
        if (start < 0 || end < start)
            continue;
        if (auto part = parsed(QStringView(answer).sliced(start, end - start + 1)))
            return part;
    }
    return std::nullopt;
}

} // namespace

Result<std::unique_ptr<AnswerSchema>> AnswerSchema::from(const QJsonObject &schema)
{
    return text::JsonSchema::from(schema).transform(
        [](auto checked) { return std::unique_ptr<AnswerSchema>(new AnswerSchema(std::move(checked))); });
}

Result<QString> AnswerSchema::checked(const QString &answer) const
{
    const auto value = valueIn(answer);
    if (!value)
        return failure(ErrorKind::BadInput, tr("The answer is no JSON."));
    if (const auto fits = m_schema->check(*value); !fits)
        return std::unexpected(fits.error());
    return jsonText(*value);
}

Result<QJsonObject> schemaFrom(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u'{'))
        return fromJson(trimmed.toUtf8(), tr("The schema"));
    const QFileInfo info(trimmed);
    if (!info.isFile()) {
        if (trimmed.endsWith(u".json", Qt::CaseInsensitive))
            return failure(ErrorKind::BadInput, tr("There is no file %1.").arg(trimmed));
        return fromShortForm(trimmed);
    }
    QFile file(trimmed);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, tr("%1 cannot be read: %2.").arg(trimmed, file.errorString()));
    return fromJson(file.readAll(), trimmed);
}

QStringList fieldsOf(const QJsonObject &schema)
{
    QStringList fields;
    const QStringList properties = schema[u"properties"].toObject().keys();
    // An object has no order; the list of what is required has one.
    for (const QJsonValue name : schema[u"required"].toArray()) {
        if (properties.contains(name.toString()))
            fields << name.toString();
    }
    for (const QString &name : properties) {
        if (!fields.contains(name))
            fields << name;
    }
    return fields;
}

QJsonObject schemaOfLabels(const QStringList &labels)
{
    const QJsonObject label{{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray::fromStringList(labels)}};
    return objectOf({{u"label"_s, label}}, {u"label"_s});
}

} // namespace quintet::batch
