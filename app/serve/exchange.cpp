// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/exchange.h"

#include "app/resultjson.h"
#include "app/serve/routes.h"
#include "app/serve/upload.h"
#include "base/onpool.h"
#include "text/jsonschema.h"

#include <QJsonDocument>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

/// The type by which OpenAI's clients tell errors apart.
QString openAiType(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::RateLimited: return u"rate_limit_exceeded"_s;
    case ErrorKind::Quota:
    case ErrorKind::Budget: return u"insufficient_quota"_s;
    case ErrorKind::Unauthorized: return u"authentication_error"_s;
    case ErrorKind::BadInput:
    case ErrorKind::NeedsModel:
    case ErrorKind::ContextTooLong:
    case ErrorKind::Refused: return u"invalid_request_error"_s;
    default: return u"api_error"_s;
    }
}

constexpr qsizetype largestAtOnce = 256 << 10; // bytes of JSON that are read without leaving the engine
constexpr auto heartbeat = std::chrono::seconds(15);

Result<QJsonObject> objectFrom(const QByteArray &body, const QJsonObject &schema)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(body.trimmed().isEmpty() ? "{}" : body, &error);
    if (!document.isObject())
        return failure(
            ErrorKind::BadInput,
            error.error == QJsonParseError::NoError
                ? Exchange::tr("The body is to be a JSON object.")
                : Exchange::tr("The body is no JSON: %1 at byte %2.").arg(error.errorString()).arg(error.offset));
    const QJsonObject object = document.object();
    return text::JsonSchema::from(schema)
        .and_then([&](const auto &checked) { return checked->check(object); })
        .transform([&] { return object; });
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

bool wantsClose(const QByteArray &connection)
{
    for (const QByteArray &word : connection.split(',')) {
        if (word.trimmed().compare("close", Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

QByteArray eventOf(const QByteArray &data)
{
    return "data: " + data + "\n\n";
}

} // namespace

Status statusOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::BadInput: return Status::BadRequest;
    case ErrorKind::NeedsModel:
    case ErrorKind::ContextTooLong:
    case ErrorKind::Refused: return Status::UnprocessableEntity;
    case ErrorKind::RateLimited: return Status::TooManyRequests;
    case ErrorKind::Quota:
    case ErrorKind::Budget: return Status::PaymentRequired;
    case ErrorKind::Unauthorized: // the key that Quintet has, not the client's token
    case ErrorKind::Network:
    case ErrorKind::Protocol: return Status::BadGateway;
    case ErrorKind::Timeout: return Status::GatewayTimeout;
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled: return Status::ServiceUnavailable;
    case ErrorKind::Storage: return Status::InsufficientStorage;
    case ErrorKind::Corrupt: return Status::InternalServerError;
    }
    Q_UNREACHABLE();
}

Exchange::Exchange(const QHttpServerRequest &request, QHttpServerResponder responder, Connection *connection,
                   const QHttpHeaders &headers)
    : m_method(request.method()),
      m_path(request.url().path()),
      m_query(request.query()),
      m_requestHeaders(request.headers()),
      m_body(request.body()),
      m_headers(headers),
      m_responder(std::move(responder)),
      m_connection(connection),
      m_isLast(wantsClose(header("Connection")))
{
    if (!connection) {
        m_cancel.request_stop();
        return;
    }
    connection->beginAnswer();
    connect(connection, &Connection::closed, this, [this] { m_cancel.request_stop(); });
}

void Exchange::settle()
{
    if (m_state == State::Streaming)
        fail(cancelledError());
    else if (m_state == State::Open)
        answer(Status::InternalServerError);
}

void Exchange::setRoute(const Route &route, const QStringList &parts)
{
    m_name = QString::fromLatin1(nameOf(route.method)) + u' ' + route.path;
    m_parts = parts;
    m_schema = route.body;
    m_style = route.style;
}

void Exchange::cancelWith(CancelToken token)
{
    m_onStop.emplace(std::move(token), [this] { m_cancel.request_stop(); });
}

QByteArray Exchange::header(QByteArrayView name) const
{
    return m_requestHeaders.combinedValue(QAnyStringView(name));
}

Task<void> Exchange::readBody()
{
    if (m_body.size() > largestAtOnce && !hasFiles(*this))
        m_json = co_await onPool([body = m_body, schema = m_schema] { return objectFrom(body, schema); });
}

Result<QJsonObject> Exchange::json() const
{
    return m_json ? *m_json : objectFrom(m_body, m_schema);
}

void Exchange::setHeader(const QByteArray &name, const QByteArray &value)
{
    m_headers.replaceOrAppend(QAnyStringView(QLatin1StringView(name)), QAnyStringView(QLatin1StringView(value)));
}

void Exchange::answer(const QJsonObject &object, Status status)
{
    answer(compact(object) + '\n', "application/json", status);
}

void Exchange::answer(const QByteArray &data, const QByteArray &mimeType, Status status)
{
    if (std::exchange(m_state, State::Answered) != State::Open)
        return;
    m_status = int(status);
    setHeader("Content-Type", mimeType);
    const bool hasBody = m_method != QHttpServerRequest::Method::Head;
    if (m_connection && m_connection->isOpen())
        m_responder->write(hasBody ? data : QByteArray(), m_headers, status);
    conclude();
}

void Exchange::answer(Status status)
{
    answer(QByteArray(), "text/plain", status);
}

QJsonObject Exchange::jsonOf(const Error &error) const
{
    if (m_style == ErrorStyle::Quintet)
        return resultJson(error);
    const bool isTooLong = error.kind == ErrorKind::ContextTooLong;
    return {{u"error"_s, QJsonObject{{u"message"_s, error.message},
                                     {u"type"_s, openAiType(error.kind)},
                                     {u"param"_s, QJsonValue()},
                                     {u"code"_s, isTooLong ? u"context_length_exceeded"_s : nameOf(error.kind)}}}};
}

void Exchange::fail(const Error &error)
{
    // OpenAI's clients retry what is 5xx, and know 400 only for what the request is at fault for.
    const Status status = statusOf(error);
    fail(error, m_style == ErrorStyle::OpenAi && status == Status::UnprocessableEntity ? Status::BadRequest : status);
}

void Exchange::fail(const Error &error, Status status)
{
    if (m_state == State::Streaming) {
        QJsonObject object = jsonOf(error);
        if (m_style == ErrorStyle::Quintet)
            object[u"type"] = u"error"_s;
        endEvents(object);
        return;
    }
    if (error.retryAfter)
        setHeader("Retry-After", QByteArray::number(qint64((error.retryAfter->count() + 999) / 1000)));
    answer(jsonOf(error), status);
}

void Exchange::beginEvents()
{
    if (std::exchange(m_state, State::Streaming) != State::Open)
        return;
    m_status = int(Status::Ok);
    setHeader("Content-Type", "text/event-stream");
    setHeader("Cache-Control", "no-cache");
    if (m_connection && m_connection->isOpen())
        m_responder->writeBeginChunked(m_headers, Status::Ok);
    else
        m_cancel.request_stop();
    // A comment now and then, so that nobody on the way takes the silence for the end.
    connect(&m_heartbeat, &QTimer::timeout, this, [this] { write(": waiting\n\n"); });
    m_heartbeat.start(heartbeat);
}

void Exchange::write(const QByteArray &chunk)
{
    if (m_state != State::Streaming || !m_connection || !m_connection->isOpen())
        return;
    if (!m_connection->isReading()) {
        m_connection->abort();
        return;
    }
    m_responder->writeChunk(chunk);
    m_heartbeat.start(heartbeat);
}

void Exchange::send(const QByteArray &data)
{
    write(eventOf(data));
}

void Exchange::send(const QJsonObject &object)
{
    send(compact(object));
}

void Exchange::endEvents(const QByteArray &data)
{
    if (std::exchange(m_state, State::Answered) != State::Streaming)
        return;
    if (m_connection && m_connection->isOpen())
        m_responder->writeEndChunked(eventOf(data));
    conclude();
}

void Exchange::endEvents(const QJsonObject &object)
{
    endEvents(compact(object));
}

void Exchange::conclude()
{
    m_heartbeat.stop();
    // QtHttpServer goes on with the connection once the responder is gone.
    m_responder.reset();
    if (m_connection) {
        m_connection->disconnect(this);
        m_connection->endAnswer(m_isLast);
    }
}

} // namespace quintet::serve
