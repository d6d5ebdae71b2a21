// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/runreport.h"

#include <QJsonDocument>

namespace quintet::batch {

using namespace Qt::StringLiterals;

QByteArray runReport(const Run &run)
{
    QJsonObject object = toJson(run.spec);
    object[u"id"] = run.id.value;
    object[u"quintet"] = QStringLiteral(QUINTET_VERSION);
    object[u"created"] = run.created.toString(Qt::ISODateWithMs);
    object[u"ended"] = run.ended.isValid() ? QJsonValue(run.ended.toString(Qt::ISODateWithMs)) : QJsonValue();
    object[u"state"] = nameOf(run.state);
    object[u"counts"] = QJsonObject{
        {u"total"_s, run.total}, {u"done"_s, run.done}, {u"failed"_s, run.failed}, {u"cached"_s, run.cached}};
    object[u"usage"] = QJsonObject{{u"prompt_tokens"_s, run.promptTokens},
                                   {u"completion_tokens"_s, run.completionTokens},
                                   {u"cost_usd"_s, run.unpriced > 0 ? QJsonValue() : QJsonValue(run.cost.dollars())}};
    return QJsonDocument(object).toJson();
}

} // namespace quintet::batch
