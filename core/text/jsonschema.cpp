// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/jsonschema.h"

#include <QCoreApplication>
#include <QStringList>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <exception>

namespace quintet::text {

namespace {

constexpr int mostErrors = 5; // named to whoever repairs the value

QString textOf(valijson::ValidationResults &results)
{
    QStringList lines;
    valijson::ValidationResults::Error error;
    while (lines.size() < mostErrors && results.popError(error)) {
        QString where;
        for (const std::string &part : error.context)
            where += QString::fromStdString(part);
        lines << where + QStringLiteral(": ") + QString::fromStdString(error.description);
    }
    return lines.join(u'\n');
}

} // namespace

JsonSchema::JsonSchema(std::unique_ptr<valijson::Schema> schema) : m_schema(std::move(schema)) { }

JsonSchema::~JsonSchema() = default;

Result<std::unique_ptr<JsonSchema>> JsonSchema::from(const QJsonObject &schema)
{
    auto parsed = std::make_unique<valijson::Schema>();
    try {
        const QJsonValue value(schema);
        valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(value), *parsed);
    } catch (const std::exception &exception) {
        return failure(ErrorKind::BadInput,
                       QCoreApplication::translate("text", "This is no JSON schema that can be checked: %1")
                           .arg(QString::fromUtf8(exception.what())));
    }
    return std::unique_ptr<JsonSchema>(new JsonSchema(std::move(parsed)));
}

Result<void> JsonSchema::check(const QJsonValue &value) const
{
    valijson::ValidationResults results;
    try {
        valijson::Validator validator;
        if (!validator.validate(*m_schema, valijson::adapters::QtJsonAdapter(value), &results))
            return failure(ErrorKind::BadInput, textOf(results));
    } catch (const std::exception &exception) {
        return failure(ErrorKind::BadInput, QString::fromUtf8(exception.what()));
    }
    return {};
}

} // namespace quintet::text
