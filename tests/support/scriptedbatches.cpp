// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedbatches.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace quintet::test {

namespace {

using namespace Qt::StringLiterals;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Script refused(int status, const QString &message)
{
    return Script::response(status, compact({{u"error"_s, QJsonObject{{u"message"_s, message}}}}));
}

QJsonObject completion(const QString &model, const QString &text)
{
    const QJsonObject choice{{u"index"_s, 0},
                             {u"message"_s, QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, text}}},
                             {u"finish_reason"_s, u"stop"_s}};
    return {{u"model"_s, model},
            {u"choices"_s, QJsonArray{choice}},
            {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, 1000}, {u"completion_tokens"_s, 100}}}};
}

} // namespace

ScriptedBatches::ScriptedBatches(ScriptedServer &server, const QByteArray &prefix)
{
    answer = [](const QJsonObject &) { return Outcome{Outcome::Answered, u"Said."_s}; };
    server.on(prefix + "/files", [this](const Received &request) {
        return request.method == "POST" ? upload(request) : download(request);
    });
    server.on(prefix + "/batches", [this](const Received &request) { return batches(request); });
}

Script ScriptedBatches::upload(const Received &request)
{
    const QByteArray boundary = "--" + request.headers.value("content-type").split('=').last();
    QByteArray content;
    bool isBatch = false;
    for (qsizetype from = 0; (from = request.body.indexOf(boundary, from)) >= 0;) {
        from += boundary.size();
        const qsizetype end = request.body.indexOf(boundary, from);
        const QByteArray part =
            request.body.sliced(from, std::max<qsizetype>(0, (end < 0 ? request.body.size() : end) - from));
        const qsizetype body = part.indexOf("\r\n\r\n");
        if (part.contains("name=\"purpose\""))
            isBatch = part.sliced(body + 4).startsWith("batch\r\n");
        if (part.contains("name=\"file\""))
            content = part.sliced(body + 4).chopped(2);
    }
    if (!isBatch || content.isEmpty())
        return refused(400, u"purpose and file are needed"_s);
    const QString id = u"file-%1"_s.arg(m_files.size() + 1);
    m_files.insert(id, content);
    return Script::response(200, compact({{u"id"_s, id}, {u"object"_s, u"file"_s}}));
}

Script ScriptedBatches::download(const Received &request) const
{
    const QString id = QString::fromUtf8(request.path).section(u"/files/"_s, 1).section(u'/', 0, 0);
    if (!m_files.contains(id) || !request.path.endsWith("/content"))
        return refused(404, u"no such file"_s);
    return Script::response(200, m_files.value(id), "application/octet-stream");
}

QJsonObject ScriptedBatches::toJson(const Job &job) const
{
    QJsonObject object{{u"id"_s, job.id},
                       {u"object"_s, u"batch"_s},
                       {u"status"_s, job.state},
                       {u"metadata"_s, job.metadata},
                       {u"expires_at"_s, 2'000'000'000}};
    if (!job.output.isEmpty())
        object[u"output_file_id"] = job.output;
    if (!job.errors.isEmpty())
        object[u"error_file_id"] = job.errors;
    if (job.state == u"failed")
        object[u"errors"] =
            QJsonObject{{u"data"_s, QJsonArray{QJsonObject{{u"message"_s, u"Line 1: no such model."_s}}}}};
    return object;
}

Script ScriptedBatches::create(const Received &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QString input = body[u"input_file_id"].toString();
    if (!m_files.contains(input) || body[u"completion_window"].toString() != u"24h"
        || body[u"endpoint"].toString() != u"/v1/chat/completions")
        return refused(400, u"bad batch"_s);
    ++created;
    if (onCreated)
        onCreated();
    m_jobs.push_back({u"batch-%1"_s.arg(m_jobs.size() + 1),
                      input,
                      body[u"metadata"].toObject(),
                      std::exchange(declines, false) ? u"failed"_s : u"validating"_s,
                      0,
                      {},
                      {}});
    if (std::exchange(hangsUpOnce, false))
        return Script::raw({}).close();
    return Script::response(200, compact(toJson(m_jobs.back())));
}

Script ScriptedBatches::batches(const Received &request)
{
    const QString path = QString::fromUtf8(request.path).section(u'?', 0, 0);
    const QString id = path.section(u"/batches"_s, 1).section(u'/', 1, 1);
    if (id.isEmpty() && request.method == "POST")
        return create(request);
    if (id.isEmpty()) {
        QJsonArray all;
        for (const Job &job : m_jobs)
            all.prepend(toJson(job));
        return Script::response(200, compact({{u"object"_s, u"list"_s}, {u"data"_s, all}}));
    }
    for (Job &job : m_jobs) {
        if (job.id != id)
            continue;
        if (path.endsWith(u"/cancel")) {
            const bool isOver =
                QStringList{u"failed"_s, u"completed"_s, u"expired"_s, u"cancelled"_s}.contains(job.state);
            if (isOver)
                return Script::response(400, "{\"error\":{\"message\":\"Cannot cancel a batch that is over.\"}}");
            ++cancelled;
            job.state = u"cancelling"_s;
        } else if (job.state == u"cancelling") {
            finish(job, u"cancelled"_s);
        } else if (job.state != u"failed" && job.state != u"completed" && job.state != u"expired"
                   && job.state != u"cancelled" && ++job.asked >= asksUntilDone) {
            finish(job, std::exchange(expires, false) ? u"expired"_s
                        : std::exchange(stops, false) ? u"cancelled"_s
                                                      : QString());
        } else if (job.state == u"validating") {
            job.state = u"in_progress"_s;
        }
        return Script::response(200, compact(toJson(job)));
    }
    return refused(404, u"no such batch"_s);
}

/// Answers a job's requests: all of them or, where it ends early, the first few.
void ScriptedBatches::finish(Job &job, const QString &earlyEnd)
{
    QList<QByteArray> output;
    QByteArray errors;
    QSet<QString> ids;
    QSet<QString> models;
    bool hasExpired = false;
    for (const QByteArray &line : m_files.value(job.input).split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonObject request = QJsonDocument::fromJson(line).object();
        const QString id = request[u"custom_id"].toString();
        const QJsonObject body = request[u"body"].toObject();
        models.insert(body[u"model"].toString());
        if (ids.contains(id) || models.size() > 1 || request[u"method"].toString() != u"POST"
            || body[u"stream"].toBool()) {
            job.state = u"failed"_s;
            return;
        }
        ids.insert(id);
        if (!earlyEnd.isEmpty() && ids.size() > doneWhenStopped)
            continue;
        const Outcome outcome = answer(body);
        if (outcome.kind == Outcome::Expired) {
            hasExpired = true;
            errors +=
                compact(
                    {{u"custom_id"_s, id},
                     {u"response"_s, QJsonValue()},
                     {u"error"_s,
                      QJsonObject{{u"code"_s, u"batch_expired"_s},
                                  {u"message"_s,
                                   u"This request could not be executed before the completion window expired."_s}}}})
                + '\n';
        } else if (outcome.kind == Outcome::Failed) {
            errors +=
                compact(
                    {{u"custom_id"_s, id},
                     {u"response"_s,
                      QJsonObject{{u"status_code"_s, outcome.status},
                                  {u"body"_s, QJsonObject{{u"error"_s, QJsonObject{{u"message"_s, outcome.text}}}}}}},
                     {u"error"_s, QJsonValue()}})
                + '\n';
        } else {
            ++worked[body[u"messages"].toArray().last()[u"content"].toString()];
            output.prepend(
                compact({{u"id"_s, u"r"_s},
                         {u"custom_id"_s, id},
                         {u"response"_s, QJsonObject{{u"status_code"_s, 200},
                                                     {u"body"_s, completion(body[u"model"].toString(), outcome.text)}}},
                         {u"error"_s, QJsonValue()}})
                + '\n');
        }
    }
    job.state = !earlyEnd.isEmpty() ? earlyEnd : hasExpired ? u"expired"_s : u"completed"_s;
    if (!output.isEmpty())
        m_files.insert(job.output = u"file-%1"_s.arg(m_files.size() + 1), output.join());
    if (!errors.isEmpty())
        m_files.insert(job.errors = u"file-%1"_s.arg(m_files.size() + 1), errors);
}

} // namespace quintet::test
