// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/jsonschema.h"

#include <QJsonObject>
#include <QStringList>

namespace quintet::batch {

/// The shape that answers must have. Lives on one thread.
class AnswerSchema final {
public:
    /// BadInput where `schema` is no JSON schema.
    static Result<std::unique_ptr<AnswerSchema>> from(const QJsonObject &schema);

    /// The answer as compact JSON, taken out of whatever the model wrote around it. BadInput, naming what does not fit,
    /// where it has another shape.
    Result<QString> checked(const QString &answer) const;

private:
    explicit AnswerSchema(std::unique_ptr<text::JsonSchema> schema) : m_schema(std::move(schema)) { }

    std::unique_ptr<text::JsonSchema> m_schema;
};

/// A schema as people write it: the name of a file that holds one, JSON, or short: "name, age int, tags list". Types of
/// the short form are text (where none is named), int, number, bool, date and list; what is not said in the text
/// may be null. BadInput where it is none of these.
Result<QJsonObject> schemaFrom(const QString &text);

/// The fields of a schema in the order in which they were named; empty where its answers are no objects.
QStringList fieldsOf(const QJsonObject &schema);

/// The schema of a choice between labels: an object with the one field "label".
QJsonObject schemaOfLabels(const QStringList &labels);

} // namespace quintet::batch
