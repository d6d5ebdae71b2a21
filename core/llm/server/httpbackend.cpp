// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/httpbackend.h"

#include "llm/wire/openaichat.h"
#include "net/httperror.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

namespace quintet::llm {

namespace {

constexpr qint64 largestAnswer = 64 * 1024 * 1024; // bytes
constexpr int graceAfterDone = 500;                // milliseconds for the server to end the response by itself

/// One answer of a server: a stream of server-sent events, or one JSON body where the server does not stream.
class HttpStream final : public Stream {
public:
    HttpStream(net::HttpClient &client, const Clock &clock, const net::HttpRequest &request, const QString &key)
        : m_clock(clock),
          m_url(request.url),
          m_exchange(client.send(request)),
          m_key(key)
    {
        connect(m_exchange.get(), &net::HttpExchange::headArrived, this, &HttpStream::takeHead);
        connect(m_exchange.get(), &net::HttpExchange::bytesArrived, this, &HttpStream::takeBytes);
        connect(m_exchange.get(), &net::HttpExchange::finished, this, &HttpStream::exchangeFinished);
    }

    void cancel() override { m_exchange->cancel(); }

private:
    void takeHead()
    {
        const net::HttpHead &head = m_exchange->head();
        m_isEventStream = head.status < 300
                          && net::headerValue(head.headers, "content-type").toLower().startsWith("text/event-stream");
    }

    void takeBytes(const QByteArray &bytes)
    {
        if (m_exchange->head().status < 300)
            begin();
        m_received += bytes.size();
        if (m_received > largestAnswer) {
            giveUp(Error(
                ErrorKind::Protocol,
                QCoreApplication::translate("llm", "%1 sent more than %2 MB, which no answer is. Check the base URL.")
                    .arg(m_url.host())
                    .arg(largestAnswer / (1024 * 1024))));
            return;
        }
        if (!m_isEventStream) {
            m_body += bytes;
            return;
        }
        auto events = m_sse.feed(bytes);
        if (events)
            take(*events);
        else
            giveUp(events.error());
    }

    void take(const std::vector<net::SseEvent> &events)
    {
        for (const net::SseEvent &event : events) {
            if (m_error || isFinished())
                return;
            const auto decoded = m_decoder.feed(event);
            if (!decoded) {
                giveUp(decoded.error());
                return;
            }
            for (const Event &each : *decoded)
                receive(each);
        }
        // Some servers keep the response open behind its end.
        if (m_decoder.isDone())
            QTimer::singleShot(graceAfterDone, m_exchange.get(), &net::HttpExchange::cancel);
    }

    void giveUp(const Error &error)
    {
        m_error = error;
        m_exchange->cancel();
    }

    void exchangeFinished()
    {
        if (m_isEventStream)
            take(m_sse.finish());
        Result<void> result = outcome();
        if (!result)
            hideSecret(result.error(), m_key);
        finish(result);
    }

    Result<void> outcome()
    {
        if (m_error)
            return std::unexpected(*m_error);
        if (m_isEventStream && m_decoder.isComplete())
            return {};
        const Result<void> &ended = m_exchange->outcome();
        const bool wasCut = !ended && ended.error().kind == ErrorKind::Network && !soFar().text.isEmpty();
        if (wasCut || (ended && m_isEventStream))
            return std::unexpected(interrupted());
        return ended ? takeWhole() : ended;
    }

    Result<void> takeWhole()
    {
        const net::HttpHead &head = m_exchange->head();
        if (head.status >= 400)
            return std::unexpected(net::responseError({head, m_body}, m_url, m_clock.now()));
        if (head.status >= 300)
            return std::unexpected(net::redirectError(head, m_url));
        if (m_body.trimmed().startsWith('<')) {
            return failure(ErrorKind::Protocol,
                           QCoreApplication::translate("llm", "%1 answered with a web page. Check the base URL, and "
                                                              "whether this network asks you to sign in first.")
                               .arg(m_url.host()));
        }
        if (m_body.trimmed().isEmpty()) {
            return failure(ErrorKind::Protocol,
                           QCoreApplication::translate("llm", "%1 sent an empty answer.").arg(m_url.host()));
        }
        return wire::openAiChatResponse(m_body).transform([this](const std::vector<Event> &events) {
            for (const Event &event : events)
                receive(event);
        });
    }

    Error interrupted() const
    {
        return Error(ErrorKind::Network, QCoreApplication::translate(
                                             "llm", "The connection to %1 broke off before the answer was complete.")
                                             .arg(m_url.host()));
    }

    const Clock &m_clock;
    QUrl m_url;
    std::unique_ptr<net::HttpExchange> m_exchange;
    net::SseDecoder m_sse;
    wire::OpenAiChatDecoder m_decoder;
    QByteArray m_body;
    qint64 m_received = 0;
    QString m_key;
    std::optional<Error> m_error;
    bool m_isEventStream = false;
};

/// A request that cannot even be sent.
class FailedStream final : public Stream {
public:
    explicit FailedStream(Error error)
    {
        QMetaObject::invokeMethod(this, [this, error] { finish(std::unexpected(error)); }, Qt::QueuedConnection);
    }
    void cancel() override { }
};

} // namespace

QList<net::Header> authorization(EndpointKind kind, const QString &key)
{
    if (key.isEmpty())
        return {};
    if (kind == EndpointKind::Anthropic)
        return {{"x-api-key", key.toUtf8()}, {"anthropic-version", "2023-06-01"}};
    return {{"Authorization", "Bearer " + key.toUtf8()}};
}

HttpBackend::HttpBackend(net::HttpClient &client, const Clock &clock, const Endpoint &endpoint, const QString &key)
    : m_client(client),
      m_clock(clock),
      m_endpoint(endpoint),
      m_key(key)
{
}

std::unique_ptr<Stream> HttpBackend::start(const Request &request)
{
    if (m_endpoint.kind != EndpointKind::OpenAi) {
        return std::make_unique<FailedStream>(
            Error(ErrorKind::NeedsModel, QCoreApplication::translate("llm", "Endpoints of kind %1 cannot be used yet; "
                                                                            "use one that speaks OpenAI's format.")
                                             .arg(nameOf(m_endpoint.kind))));
    }
    net::HttpRequest http;
    http.method = "POST";
    http.url = doorUrl(m_endpoint.baseUrl, QStringLiteral("chat/completions"));
    http.headers = {{"Content-Type", "application/json"},
                    {"Accept", "text/event-stream, application/json"},
                    {"User-Agent", "Quintet/" QUINTET_VERSION}};
    http.headers += authorization(m_endpoint.kind, m_key);
    http.body =
        QJsonDocument(wire::openAiChatRequest(request, true, wire::dialectOf(m_endpoint.baseUrl, request.model)))
            .toJson(QJsonDocument::Compact);
    return std::make_unique<HttpStream>(m_client, m_clock, http, m_key);
}

} // namespace quintet::llm
