// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/httpbackend.h"

#include "llm/server/httpstream.h"
#include "llm/server/provider.h"
#include "llm/wire/anthropic.h"
#include "llm/wire/anthropicdecoder.h"
#include "llm/wire/embeddings.h"
#include "llm/wire/openaidecoder.h"
#include "net/httperror.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

constexpr char jsonAnswer[] = "application/json";
constexpr char streamedAnswer[] = "text/event-stream, application/json";
constexpr qint64 largestAnswer = 256 * 1024 * 1024; // bytes; 2,048 vectors of 4,096 floats as text take 100 MB

QList<net::Header> authorization(const Endpoint &endpoint, const QString &key)
{
    if (endpoint.kind == EndpointKind::Anthropic) {
        QList<net::Header> headers{{"anthropic-version", "2023-06-01"}};
        if (!key.isEmpty())
            headers.append(net::Header{"x-api-key", key.toUtf8()});
        return headers;
    }
    if (key.isEmpty())
        return {};
    const Provider *provider = providerAt(endpoint.baseUrl);
    if (provider && !provider->keyHeader.isEmpty())
        return {{provider->keyHeader, key.toUtf8()}};
    return {{"Authorization", "Bearer " + key.toUtf8()}};
}

/// Whose limits a request falls under: the server's, and the key's that it is asked with.
QString accountOf(const Endpoint &endpoint, const QString &key)
{
    const auto serverOnly = QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo;
    const QByteArray who = endpoint.baseUrl.toString(serverOnly).toUtf8() + '\n' + key.toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(who, QCryptographicHash::Sha256).toHex().first(24));
}

/// `value` with each "${NAME}" replaced by that environment variable.
QByteArray expanded(const QByteArray &value)
{
    static const QRegularExpression variable(u"\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}"_s);
    QString text = QString::fromUtf8(value);
    for (auto match = variable.match(text); match.hasMatch(); match = variable.match(text)) {
        const QString content = qEnvironmentVariable(match.captured(1).toUtf8().constData());
        text.replace(match.capturedStart(), match.capturedLength(), QString(content).remove(u"${"_s));
    }
    return text.toUtf8();
}

} // namespace

QStringList secretsOf(const Endpoint &endpoint, const QString &key)
{
    QStringList all{key};
    for (const net::Header &header : endpoint.headers) {
        if (header.value.contains("${"))
            all << QString::fromUtf8(expanded(header.value)).section(u' ', -1);
    }
    return all;
}

wire::Dialect dialectFor(const Endpoint &endpoint, const QString &model)
{
    const Provider *provider = providerAt(endpoint.baseUrl);
    const auto has = [provider](const QString &quirk) { return provider && provider->quirks.contains(quirk); };
    return {.completionTokens = has(u"max_completion_tokens"_s),
            .takesTemperature = !wire::isReasoningModel(model),
            .streamOptions = !has(u"no_stream_options"_s),
            .reasoningField = has(u"reasoning_content"_s) ? u"reasoning_content"_s
                              : has(u"reasoning"_s)       ? u"reasoning"_s
                                                          : QString()};
}

net::HttpRequest requestTo(const Endpoint &endpoint, const QString &path, const QString &key, const QByteArray &accept)
{
    net::HttpRequest request;
    request.url = doorUrl(endpoint.baseUrl, path);
    request.headers = {{"Accept", accept}, {"User-Agent", "Quintet/" QUINTET_VERSION}};
    request.headers += authorization(endpoint, key);
    for (const net::Header &header : endpoint.headers)
        request.headers.append({header.name, expanded(header.value)});
    request.limits = endpoint.limits;
    request.proxy = endpoint.proxy;
    request.certificates = endpoint.certificates;
    return request;
}

HttpBackend::HttpBackend(net::HttpClient &client, const Clock &clock, const Endpoint &endpoint, const QString &key)
    : m_client(client),
      m_clock(clock),
      m_endpoint(endpoint),
      m_key(key),
      m_account(accountOf(endpoint, key)),
      m_secrets(secretsOf(endpoint, key)),
      m_dialect(dialectFor(endpoint, {}))
{
}

net::HttpRequest HttpBackend::post(const QString &path, const QByteArray &accept, const QJsonObject &body)
{
    auto door = m_doors.constFind(path);
    if (door == m_doors.cend()) {
        net::HttpRequest common = requestTo(m_endpoint, path, m_key, accept);
        common.method = "POST";
        common.headers.append(net::Header{"Content-Type", "application/json"});
        door = m_doors.insert(path, common);
    }
    net::HttpRequest request = *door;
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return request;
}

std::unique_ptr<Stream> HttpBackend::start(const Request &request, HeadSink onHead)
{
    const bool isAnthropic = m_endpoint.kind == EndpointKind::Anthropic;
    wire::Dialect dialect = m_dialect;
    dialect.takesTemperature = !wire::isReasoningModel(request.model);
    const net::HttpRequest http =
        isAnthropic ? post(u"messages"_s, streamedAnswer, wire::anthropicRequest(request, true))
                    : post(u"chat/completions"_s, streamedAnswer, wire::openAiChatRequest(request, true, dialect));
    HttpStream::Format format;
    if (isAnthropic)
        format = {std::make_unique<wire::AnthropicDecoder>(), wire::anthropicResponse};
    else
        format = {std::make_unique<wire::OpenAiDecoder>(m_chunks), wire::openAiChatResponse};
    return std::make_unique<HttpStream>(m_client, m_clock, http, m_secrets, std::move(format), std::move(onHead));
}

Task<Result<QByteArray>> HttpBackend::answerTo(net::HttpRequest request, Watch watch, CancelToken token)
{
    auto response = co_await m_client.fetch(request, largestAnswer, token, watch.onSent);
    Result<QByteArray> body;
    if (!response) {
        body = std::unexpected(response.error());
    } else {
        if (watch.onHead)
            watch.onHead(response->head);
        if (const auto error = net::noAnswer(*response, request.url, m_clock.now()))
            body = std::unexpected(*error);
        else
            body = std::move(response->body);
    }
    if (!body) {
        for (const QString &secret : std::as_const(m_secrets))
            hideSecret(body.error(), secret);
    }
    co_return body;
}

Task<Result<Embeddings>> HttpBackend::embed(EmbeddingRequest request, Watch watch, CancelToken token)
{
    const net::HttpRequest http = post(u"embeddings"_s, jsonAnswer, wire::embeddingsRequest(request));
    const auto body = co_await answerTo(http, std::move(watch), token);
    if (!body)
        co_return std::unexpected(body.error());
    co_return wire::embeddingsResponse(*body, request.texts.size(), request.dimensions);
}

Task<Result<Ranking>> HttpBackend::rerank(RerankRequest request, Watch watch, CancelToken token)
{
    const auto body =
        co_await answerTo(post(u"rerank"_s, jsonAnswer, wire::rerankRequest(request)), std::move(watch), token);
    if (!body)
        co_return std::unexpected(body.error());
    co_return wire::rerankResponse(*body, request.texts.size());
}

std::shared_ptr<HttpBackend> HttpBackends::at(const Endpoint &endpoint, const QString &key)
{
    std::shared_ptr<HttpBackend> &backend = m_byName[endpoint.name];
    if (!backend || !backend->isOf(endpoint, key))
        backend = std::make_shared<HttpBackend>(m_client, m_clock, endpoint, key);
    return backend;
}

} // namespace quintet::llm
