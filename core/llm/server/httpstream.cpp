// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/httpstream.h"

#include "net/httperror.h"

#include <QCoreApplication>

namespace quintet::llm {

namespace {

constexpr qint64 largestAnswer = 64 * 1024 * 1024;       // bytes
constexpr std::chrono::milliseconds graceAfterDone(500); // for the server to end the response by itself

Error interrupted(const QUrl &url)
{
    return Error(
        ErrorKind::Network,
        QCoreApplication::translate("llm", "The connection to %1 broke off before the answer was complete. Try again.")
            .arg(url.host()));
}

} // namespace

HttpStream::HttpStream(net::HttpClient &client, const Clock &clock, const net::HttpRequest &request,
                       const QStringList &secrets, Format format, HeadSink onHead)
    : m_clock(clock),
      m_url(request.url),
      m_secrets(secrets),
      m_format(std::move(format)),
      m_onHead(std::move(onHead)),
      m_exchange(client.send(request))
{
    connect(m_exchange.get(), &net::HttpExchange::headArrived, this, &HttpStream::takeHead);
    connect(m_exchange.get(), &net::HttpExchange::bytesArrived, this, &HttpStream::takeBytes);
    connect(m_exchange.get(), &net::HttpExchange::finished, this, &HttpStream::exchangeFinished);
}

void HttpStream::takeHead()
{
    const net::HttpHead &head = m_exchange->head();
    m_isEventStream =
        head.status < 300 && net::headerValue(head.headers, "content-type").toLower().startsWith("text/event-stream");
    if (m_onHead)
        m_onHead(head);
}

void HttpStream::takeBytes(const QByteArray &bytes)
{
    if (m_exchange->head().status < 300)
        begin();
    m_received += bytes.size();
    if (m_received > largestAnswer) {
        giveUp(Error(ErrorKind::Protocol, QCoreApplication::translate(
                                              "llm", "%1 sent more than %2 MB, which no answer is. Check the base URL.")
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

void HttpStream::take(const std::vector<net::SseEvent> &events)
{
    for (const net::SseEvent &event : events) {
        if (m_error || isFinished())
            return;
        const auto decoded = m_format.decoder->feed(event);
        if (!decoded) {
            giveUp(decoded.error());
            return;
        }
        receiveAll(*decoded);
    }
    // Some servers keep the response open behind its end.
    if (m_format.decoder->isDone() && !std::exchange(m_isEnding, true))
        m_exchange->endWithin(graceAfterDone);
}

void HttpStream::receiveAll(const std::vector<Event> &events)
{
    for (const Event &event : events)
        receive(event);
}

void HttpStream::giveUp(const Error &error)
{
    if (!m_error)
        m_error = error;
    m_exchange->cancel();
}

void HttpStream::exchangeFinished()
{
    if (m_isEventStream) {
        take(m_sse.finish());
        receiveAll(m_format.decoder->finish());
    }
    Result<void> result = outcome();
    if (!result) {
        for (const QString &secret : std::as_const(m_secrets))
            hideSecret(result.error(), secret);
    }
    finish(result);
}

Result<void> HttpStream::outcome()
{
    if (m_error)
        return std::unexpected(*m_error);
    if (m_isEventStream && m_format.decoder->isComplete())
        return {};
    const Result<void> &ended = m_exchange->outcome();
    const bool wasCut = !ended && ended.error().kind == ErrorKind::Network && hasBegun();
    if ((wasCut && m_isEventStream) || (ended && m_isEventStream))
        return std::unexpected(interrupted(m_url));
    return ended ? takeWhole() : ended;
}

Result<void> HttpStream::takeWhole()
{
    if (const auto error = net::noAnswer({m_exchange->head(), m_body}, m_url, m_clock.now()))
        return std::unexpected(*error);
    return m_format.response(m_body).transform([this](const std::vector<Event> &events) { receiveAll(events); });
}

} // namespace quintet::llm
