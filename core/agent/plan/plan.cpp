// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/plan.h"

#include "agent/run/specjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

QJsonObject toJson(const Plan &plan)
{
    QJsonArray calls;
    for (const PlannedCall &call : plan.calls) {
        calls.append(QJsonObject{{u"id"_s, call.id},
                                 {u"thought"_s, call.thought},
                                 {u"tool"_s, call.tool},
                                 {u"arguments"_s, call.arguments}});
    }
    return {{u"title"_s, plan.title},         {u"task"_s, plan.task},
            {u"note"_s, plan.note},           {u"workplace"_s, toJson(plan.workplace)},
            {u"variables"_s, plan.variables}, {u"calls"_s, calls},
            {u"answer"_s, plan.answer}};
}

Result<Plan> planFrom(const QJsonObject &json)
{
    Plan plan{.title = json[u"title"].toString(),
              .task = json[u"task"].toString(),
              .note = json[u"note"].toString(),
              .workplace = workplaceFrom(json[u"workplace"].toObject()),
              .variables = json[u"variables"].toObject(),
              .calls = {},
              .answer = json[u"answer"].toString()};
    QSet<QString> ids;
    for (const QJsonValue each : json[u"calls"].toArray()) {
        const PlannedCall call{each[u"id"].toString(), each[u"thought"].toString(), each[u"tool"].toString(),
                               each[u"arguments"].toObject()};
        if (call.id.isEmpty() || call.tool.isEmpty() || ids.contains(call.id))
            return failure(ErrorKind::BadInput,
                           tr("A call of the task \"%1\" has no tool, or no id of its own.").arg(plan.title));
        ids.insert(call.id);
        plan.calls.push_back(call);
    }
    if (plan.title.isEmpty() || plan.calls.empty())
        return failure(ErrorKind::BadInput, tr("This is no saved task: it has no title, or no calls."));
    return plan;
}

} // namespace quintet::agent
