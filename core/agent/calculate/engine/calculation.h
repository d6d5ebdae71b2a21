// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>

namespace quintet::agent {

/// What an expression comes to.
struct Calculation {
    QString value;                ///< "12.0023417843560%", "3.10685596118667 mi", "2026-12-21"
    QString exact;                ///< the same as a fraction or root, "5166300/430441"; empty where `value` is exact
    std::optional<double> number; ///< the number in `value`, without its unit; nothing for dates and lists

    bool operator==(const Calculation &) const = default;
};

QJsonObject toJson(const Calculation &calculation);

/// Calculates `expression` with libqalculate, where `variables` are numbers, or expressions as strings, by name. Its
/// state is the process's, and some calculations never end: for a process that does this once and can be ended.
/// BadInput where a word is unknown, a function could touch anything outside, or nothing comes of it.
Result<Calculation> calculate(QString expression, const QJsonObject &variables);

} // namespace quintet::agent
