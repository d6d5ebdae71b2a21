// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/search/searchweb.h"

#include "agent/argumentschema.h"
#include "net/httperror.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int usualCount = 5;
constexpr int mostHits = 20;
constexpr qint64 largestAnswer = 4 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

ToolFacts SearchWeb::facts() const
{
    const QJsonObject query{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}, {u"maxLength"_s, 400}};
    const QJsonObject count{{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}, {u"maximum"_s, mostHits}};
    return {.name = u"search_web"_s,
            .title = tr("Search the web"),
            .group = u"web"_s,
            .description =
                u"Searches the web with the user's search service. Returns title, address and an excerpt of each "
                "page found, best first; fetch_page gets a page whole."_s,
            .schema = argumentSchema({{u"query"_s, query}, {u"count"_s, count}}, {u"query"_s}),
            .effect = Effect::Sends,
            .isUntrusted = true};
}

Task<Result<ToolResult>> SearchWeb::call(QJsonObject arguments, CancelToken token)
{
    const auto service = m_services.service();
    if (!service)
        co_return failure(ErrorKind::BadInput, tr("No search service is set up. Set one in the settings."));
    const auto key = co_await m_services.key();
    if (!key)
        co_return std::unexpected(key.error());
    if (key->isEmpty() && needsKey(service->kind))
        co_return failure(ErrorKind::Unauthorized,
                          tr("The search service %1 needs a key. Set one in the settings.").arg(nameOf(service->kind)));
    const int count = arguments[u"count"].toInt(usualCount);
    const auto request = searchRequest(*service, *key, arguments[u"query"].toString(), count);
    const auto response = co_await m_client.fetch(request, largestAnswer, token);
    Error error;
    if (!response)
        error = response.error();
    else if (response->head.status >= 400)
        error = net::responseError(*response, request.url.adjusted(QUrl::RemoveQuery), QDateTime::currentDateTimeUtc());
    else if (response->head.status >= 300)
        error = net::redirectError(response->head, request.url.adjusted(QUrl::RemoveQuery));
    if (!error.message.isEmpty()) {
        hideSecret(error, *key);
        co_return std::unexpected(error);
    }
    const auto hits = hitsFrom(service->kind, response->body, count);
    if (!hits)
        co_return std::unexpected(hits.error());
    QString text = hits->empty() ? u"Nothing was found."_s : QString();
    QJsonArray rows;
    for (const WebHit &hit : *hits) {
        text += u"%1\n%2\n%3\n\n"_s.arg(hit.title, hit.url, hit.text);
        rows.append(QJsonObject{{u"title"_s, hit.title}, {u"url"_s, hit.url}, {u"text"_s, hit.text}});
    }
    co_return ToolResult{.text = text.trimmed(), .value = {{u"results"_s, rows}}};
}

} // namespace quintet::agent
