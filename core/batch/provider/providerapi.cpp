// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/provider/providerapi.h"

#include "base/id.h"
#include "llm/server/httpbackend.h"
#include "net/httperror.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestAnswer = 1LL << 30; // bytes of an output file
constexpr auto tagName = "quintet"_L1;

BatchJob jobFrom(const QJsonObject &object)
{
    QStringList problems;
    for (const QJsonValue error : object[u"errors"][u"data"].toArray())
        problems << error[u"message"].toString();
    const qint64 expires = object[u"expires_at"].toInteger();
    return {.id = object[u"id"].toString(),
            .state = object[u"status"].toString(),
            .outputFile = object[u"output_file_id"].toString(),
            .errorFile = object[u"error_file_id"].toString(),
            .problem = problems.join(u' '),
            .expires = expires > 0 ? QDateTime::fromSecsSinceEpoch(expires, QTimeZone::UTC) : QDateTime()};
}

Result<QJsonObject> objectIn(const Result<QByteArray> &body)
{
    if (!body)
        return std::unexpected(body.error());
    const QJsonDocument document = QJsonDocument::fromJson(*body);
    if (!document.isObject())
        return failure(ErrorKind::Protocol,
                       QCoreApplication::translate(
                           "batch", "The server's batch interface gave an answer that was not understood."),
                       QString::fromUtf8(body->left(500)));
    return document.object();
}

Result<BatchJob> jobIn(const Result<QByteArray> &body)
{
    return objectIn(body).and_then([](const QJsonObject &object) -> Result<BatchJob> {
        const BatchJob job = jobFrom(object);
        if (job.id.isEmpty() || job.state.isEmpty())
            return failure(ErrorKind::Protocol, QCoreApplication::translate(
                                                    "batch", "The server has no batch interface that Quintet knows."));
        return job;
    });
}

} // namespace

bool BatchJob::isOver() const
{
    return state == u"completed" || state == u"expired" || state == u"cancelled" || state == u"failed";
}

Task<Result<QByteArray>> ProviderApi::call(QByteArray method, QString path, QByteArray contentType, QByteArray body,
                                           CancelToken token)
{
    const Result<QString> key = co_await m_catalog.keyFor(m_endpoint);
    if (!key)
        co_return std::unexpected(key.error());
    net::HttpRequest request = llm::requestTo(m_endpoint, path.section(u'?', 0, 0), *key);
    if (path.contains(u'?'))
        request.url.setQuery(path.section(u'?', 1));
    request.method = method;
    request.body = body;
    if (!contentType.isEmpty())
        request.headers.append(net::Header{"Content-Type", contentType});
    auto response = co_await m_client.fetch(request, largestAnswer, token);
    Result<QByteArray> answer;
    if (!response)
        answer = std::unexpected(response.error());
    else if (const auto error =
                 response->head.status >= 300 ? net::noAnswer(*response, request.url, m_clock.now()) : std::nullopt)
        answer = std::unexpected(*error);
    else
        answer = std::move(response->body);
    if (!answer)
        hideSecret(answer.error(), *key);
    co_return answer;
}

Task<Result<QString>> ProviderApi::upload(QByteArray content, QString name, CancelToken token)
{
    const QByteArray boundary = "quintet-" + makeId().toLatin1();
    const QByteArray body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--"
                            + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                            + name.toUtf8() + "\"\r\nContent-Type: application/jsonl\r\n\r\n" + content + "\r\n--"
                            + boundary + "--\r\n";
    const auto object =
        objectIn(co_await call("POST", u"files"_s, "multipart/form-data; boundary=" + boundary, body, token));
    if (!object)
        co_return std::unexpected(object.error());
    const QString id = (*object)[u"id"].toString();
    if (id.isEmpty())
        co_return failure(ErrorKind::Protocol, QCoreApplication::translate(
                                                   "batch", "The server has no batch interface that Quintet knows."));
    co_return id;
}

Task<Result<BatchJob>> ProviderApi::create(QString fileId, QString tag, CancelToken token)
{
    const QJsonObject body{{u"input_file_id"_s, fileId},
                           {u"endpoint"_s, u"/v1/chat/completions"_s},
                           {u"completion_window"_s, u"24h"_s},
                           {u"metadata"_s, QJsonObject{{QString(tagName), tag}}}};
    co_return jobIn(co_await call("POST", u"batches"_s, "application/json",
                                  QJsonDocument(body).toJson(QJsonDocument::Compact), token));
}

Task<Result<std::optional<BatchJob>>> ProviderApi::find(QString tag, CancelToken token)
{
    const auto list = objectIn(co_await call("GET", u"batches?limit=100"_s, {}, {}, token));
    if (!list)
        co_return std::unexpected(list.error());
    for (const QJsonValue job : (*list)[u"data"].toArray()) {
        if (job[u"metadata"][tagName].toString() == tag)
            co_return std::optional(jobFrom(job.toObject()));
    }
    co_return std::optional<BatchJob>();
}

Task<Result<BatchJob>> ProviderApi::job(QString id, CancelToken token)
{
    co_return jobIn(co_await call("GET", u"batches/"_s + id, {}, {}, token));
}

Task<Result<BatchJob>> ProviderApi::cancel(QString id, CancelToken token)
{
    co_return jobIn(co_await call("POST", u"batches/%1/cancel"_s.arg(id), "application/json", "{}", token));
}

Task<Result<QByteArray>> ProviderApi::download(QString fileId, CancelToken token)
{
    co_return co_await call("GET", u"files/%1/content"_s.arg(fileId), {}, {}, token);
}

} // namespace quintet::batch
