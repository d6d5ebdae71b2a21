// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/provider/batchline.h"

#include "llm/server/httpbackend.h"
#include "llm/wire/openaichat.h"
#include "net/httperror.h"

#include <QJsonDocument>
#include <QUrl>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr auto idPrefix = "item-"_L1;

QByteArray compact(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

Result<llm::Completion> completionFrom(const QJsonValue &response)
{
    const int status = response[u"status_code"].toInt(200);
    const QByteArray body = compact(response[u"body"]);
    if (status >= 400)
        return std::unexpected(net::responseError({.head = {.status = status, .headers = {}}, .body = body}, QUrl(),
                                                  QDateTime::currentDateTimeUtc()));
    return llm::wire::openAiChatResponse(body).transform([](const std::vector<llm::Event> &events) {
        llm::Completion completion;
        for (const llm::Event &event : events)
            completion.apply(event);
        return completion;
    });
}

/// The error that stands in place of a response, its kind told as from the live interface.
Error errorFrom(const QJsonValue &error)
{
    const QByteArray body = QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact);
    return net::responseError({.head = {.status = 400, .headers = {}}, .body = body}, QUrl(),
                              QDateTime::currentDateTimeUtc());
}

} // namespace

QByteArray requestLine(qint64 position, const llm::Endpoint &endpoint, const llm::Request &request)
{
    const QJsonObject line{
        {u"custom_id"_s, idPrefix + QString::number(position)},
        {u"method"_s, u"POST"_s},
        {u"url"_s, u"/v1/chat/completions"_s},
        {u"body"_s, llm::wire::openAiChatRequest(request, false, llm::dialectFor(endpoint, request.model))}};
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<BatchAnswer> answerFrom(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QString id = object[u"custom_id"].toString();
    bool isNumber = false;
    const qint64 position = id.startsWith(idPrefix) ? id.sliced(idPrefix.size()).toLongLong(&isNumber) : 0;
    if (!isNumber)
        return std::nullopt;
    const QJsonValue error = object[u"error"];
    if (!error.isObject() || object[u"response"].isObject())
        return BatchAnswer{position, completionFrom(object[u"response"])};
    const QString code = error[u"code"].toString();
    return BatchAnswer{position, std::unexpected(errorFrom(error)),
                       code != u"batch_expired" && code != u"batch_cancelled"};
}

} // namespace quintet::batch
