// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDate>
#include <QJsonObject>

namespace quintet::agent {

/// What templates are filled from.
struct TemplateValues {
    QDate today;
    QJsonObject variables;
    QJsonObject results; ///< values of former calls, by their ids; {"text"} beside what a tool gives

    bool operator==(const TemplateValues &) const = default;
};

/// Fills each "{{NAME}}" or "{{NAME|FORMAT}}" of `text`: a computed date, a variable, or a value of a former result by
/// its path, "sales.rows.0.total". FORMAT is number:N (N decimals), grouped:N (the same with commas), signed:N (with
/// its sign) or table (rows as Markdown). BadInput, naming it, where there is no such value.
Result<QString> fill(const QString &text, const TemplateValues &values);

/// The same in all strings of `value`; a string that is one template alone becomes the value itself.
Result<QJsonValue> fill(const QJsonValue &value, const TemplateValues &values);

} // namespace quintet::agent
