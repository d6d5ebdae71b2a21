// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/runspec.h"
#include "base/result.h"

namespace quintet::agent {

/// A call of a plan. Its arguments may hold templates, see fill().
struct PlannedCall {
    QString id;      ///< what later calls and the answer name its result by
    QString thought; ///< what it is for, for people
    QString tool;
    QJsonObject arguments;

    bool operator==(const PlannedCall &) const = default;
};

/// A task as calls that can be made again without a model.
struct Plan {
    QString title;
    QString task; ///< as a model would be told it
    QString note; ///< on what it works, in a few words, for lists
    Workplace workplace;
    QJsonObject variables; ///< by name; may hold templates
    std::vector<PlannedCall> calls;
    QString answer; ///< Markdown with templates

    bool operator==(const Plan &) const = default;
};

QJsonObject toJson(const Plan &plan);

/// BadInput, naming what is missing or twice there.
Result<Plan> planFrom(const QJsonObject &json);

} // namespace quintet::agent
