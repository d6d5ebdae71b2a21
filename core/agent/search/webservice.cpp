// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/search/webservice.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestText = 1'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QUrl addressOf(const WebService &service)
{
    if (service.kind == WebService::SearXng) {
        QUrl url = service.url;
        QString path = url.path();
        while (path.endsWith(u'/'))
            path.chop(1);
        url.setPath(path.endsWith(u"/search") ? path : path + u"/search"_s);
        return url;
    }
    if (!service.url.isEmpty())
        return service.url;
    return QUrl(service.kind == WebService::Brave ? u"https://api.search.brave.com/res/v1/web/search"_s
                                                  : u"https://api.tavily.com/search"_s);
}

/// Brave marks words with tags.
QString withoutTags(QString text)
{
    static const QRegularExpression tags(u"</?[a-z]+>"_s);
    return text.remove(tags).first(std::min(text.size(), longestText));
}

} // namespace

QString nameOf(WebService::Kind kind)
{
    switch (kind) {
    case WebService::SearXng: return u"searxng"_s;
    case WebService::Brave: return u"brave"_s;
    case WebService::Tavily: return u"tavily"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<WebService::Kind> webServiceNamed(const QString &name)
{
    for (const auto kind : {WebService::SearXng, WebService::Brave, WebService::Tavily}) {
        if (nameOf(kind) == name.toLower())
            return kind;
    }
    return std::nullopt;
}

bool needsKey(WebService::Kind kind)
{
    return kind != WebService::SearXng;
}

net::HttpRequest searchRequest(const WebService &service, const QString &key, const QString &words, int count)
{
    net::HttpRequest request{.url = addressOf(service), .headers = {{"Accept", "application/json"}}};
    request.limits.firstByte = std::chrono::seconds(30);
    request.limits.total = std::chrono::seconds(60);
    if (service.kind == WebService::Tavily) {
        request.method = "POST";
        request.headers << net::Header{"Content-Type", "application/json"}
                        << net::Header{"Authorization", "Bearer " + key.toUtf8()};
        request.body =
            QJsonDocument(QJsonObject{{u"query"_s, words}, {u"max_results"_s, count}}).toJson(QJsonDocument::Compact);
        return request;
    }
    QUrlQuery query(request.url);
    query.addQueryItem(u"q"_s, QString::fromLatin1(QUrl::toPercentEncoding(words)));
    if (service.kind == WebService::Brave) {
        query.addQueryItem(u"count"_s, QString::number(count));
        request.headers << net::Header{"X-Subscription-Token", key.toUtf8()};
    } else {
        query.addQueryItem(u"format"_s, u"json"_s);
        if (!key.isEmpty())
            request.headers << net::Header{"Authorization", "Bearer " + key.toUtf8()};
    }
    request.url.setQuery(query);
    return request;
}

Result<std::vector<WebHit>> hitsFrom(WebService::Kind kind, const QByteArray &body, int count)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    const QJsonValue list = kind == WebService::Brave ? json[u"web"][u"results"] : json[u"results"];
    // Brave leaves the list out where nothing was found.
    if (!list.isArray() && !(kind == WebService::Brave && !json.isEmpty()))
        return failure(ErrorKind::Protocol,
                       tr("The search service did not answer with results. A SearXNG instance must "
                          "have its JSON format switched on."));
    std::vector<WebHit> hits;
    for (const QJsonValue hit : list.toArray()) {
        if (std::ssize(hits) == count)
            break;
        hits.push_back({withoutTags(hit[u"title"].toString()), hit[u"url"].toString(),
                        withoutTags(hit[kind == WebService::Brave ? u"description" : u"content"].toString())});
    }
    return hits;
}

} // namespace quintet::agent
