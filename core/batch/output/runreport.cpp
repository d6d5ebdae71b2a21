// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/runreport.h"

#include "batch/output/atomicfile.h"

#include <QDir>
#include <QJsonDocument>

namespace quintet::batch {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestReport = 16 << 20; // bytes

/// Whose report a file holds; empty where it is none.
QString ownerOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.read(longestReport)).object()[u"id"].toString();
}

} // namespace

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
                                   {u"cost_usd"_s, run.unpriced > 0 ? QJsonValue() : QJsonValue(run.cost.dollars())},
                                   {u"results_cost_usd"_s, run.resultsCost.dollars()}};
    return QJsonDocument(object).toJson();
}

Result<ReportFile> writeReport(const Run &run)
{
    const QByteArray report = runReport(run);
    const QDir folder(run.spec.output.folder);
    const QString usual = folder.filePath(u"run.json"_s);
    const auto at = [](const QString &path) {
        return [path](const QByteArray &digest) { return ReportFile{path, digest}; };
    };
    if (ownerOf(usual) == run.id.value)
        return writeAtomically(usual, report).transform(at(usual));
    const auto created = createAtomically(usual, report);
    if (!created)
        return std::unexpected(created.error());
    if (*created)
        return at(usual)(**created);
    const QString own = folder.filePath(u"run-%1.json"_s.arg(run.id.value));
    return writeAtomically(own, report).transform(at(own));
}

} // namespace quintet::batch
