// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <memory>

namespace valijson {
class Schema;
}

namespace quintet::text {

/// A JSON schema, ready to check values (https://json-schema.org, drafts 4 to 7 as valijson knows them). Lives on one
/// thread.
class JsonSchema final {
public:
    /// BadInput where `schema` is no JSON schema.
    static Result<std::unique_ptr<JsonSchema>> from(const QJsonObject &schema);
    ~JsonSchema();

    /// BadInput, naming what does not fit and where, if `value` has another shape.
    Result<void> check(const QJsonValue &value) const;

private:
    explicit JsonSchema(std::unique_ptr<valijson::Schema> schema);

    std::unique_ptr<valijson::Schema> m_schema;
};

} // namespace quintet::text
