// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/responsecachestore.h"

#include "llm/wire/openaichat.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

QByteArray toJson(const Completion &completion)
{
    const QJsonObject object{{u"text"_s, completion.text},
                             {u"reasoning"_s, completion.reasoning},
                             {u"model"_s, completion.model},
                             {u"prompt_tokens"_s, completion.usage.prompt},
                             {u"completion_tokens"_s, completion.usage.completion}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Completion fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    Completion completion;
    completion.text = object[u"text"].toString();
    completion.reasoning = object[u"reasoning"].toString();
    completion.model = object[u"model"].toString();
    completion.usage.prompt = object[u"prompt_tokens"].toInteger();
    completion.usage.completion = object[u"completion_tokens"].toInteger();
    return completion;
}

} // namespace

QByteArray cacheKey(const Endpoint &endpoint, const Request &request)
{
    // QJsonObject keeps its keys sorted, so that equal requests give equal bytes.
    const QJsonObject whole{{u"version"_s, 1},
                            {u"kind"_s, nameOf(endpoint.kind)},
                            {u"base_url"_s, doorUrl(endpoint.baseUrl, {}).toString()},
                            {u"request"_s, wire::openAiChatRequest(request, false)}};
    return QCryptographicHash::hash(QJsonDocument(whole).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256);
}

std::optional<Completion> ResponseCacheStore::find(const QByteArray &key)
{
    if (!m_reader) {
        auto reader = m_database.reader();
        if (!reader)
            return std::nullopt;
        m_reader.emplace(std::move(*reader));
    }
    const auto answer = m_reader->value(u"SELECT answer FROM response_cache WHERE key = ?"_s, {key});
    if (!answer || !answer->isValid())
        return std::nullopt;
    return fromJson(answer->toByteArray());
}

void ResponseCacheStore::put(const QByteArray &key, const Completion &completion)
{
    m_database.writer().write([key, answer = toJson(completion), time = m_clock.now()](store::Connection &connection) {
        return connection
            .execute(u"INSERT OR REPLACE INTO response_cache (key, time, answer) VALUES (?, ?, ?)"_s,
                     {key, time.toMSecsSinceEpoch(), answer})
            .and_then([&connection] {
                return connection.execute(u"DELETE FROM response_cache WHERE key IN (SELECT key FROM response_cache "
                                          "ORDER BY time DESC LIMIT -1 OFFSET ?)"_s,
                                          {largest});
            });
    });
}

} // namespace quintet::llm
