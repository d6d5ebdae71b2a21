// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/httptransport.h"

#include "net/httperror.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace quintet::agent::mcp {

using namespace Qt::StringLiterals;

HttpTransport::~HttpTransport()
{
    m_turns.clear();
    // Politeness: the server may forget the session. Nobody waits for the answer.
    if (m_client && !m_session.isEmpty()) {
        net::HttpExchange *farewell = m_client->send(request("DELETE")).release();
        farewell->setParent(m_client);
        connect(farewell, &net::HttpExchange::finished, farewell, &QObject::deleteLater);
    }
}

net::HttpRequest HttpTransport::request(const QByteArray &method) const
{
    net::HttpRequest request{
        .method = method,
        .url = m_server.url,
        .headers = {{"Accept", method == "GET" ? "text/event-stream" : "application/json, text/event-stream"}}};
    for (auto it = m_server.headers.begin(); it != m_server.headers.end(); ++it)
        request.headers << net::Header{it.key().toUtf8(), it.value().toUtf8()};
    if (!m_session.isEmpty())
        request.headers << net::Header{"Mcp-Session-Id", m_session};
    if (!m_revision.isEmpty())
        request.headers << net::Header{"MCP-Protocol-Version", m_revision};
    return request;
}

void HttpTransport::send(const QJsonObject &message)
{
    net::HttpRequest post = request("POST");
    post.headers << net::Header{"Content-Type", "application/json"};
    post.body = QJsonDocument(message).toJson(QJsonDocument::Compact);
    post.limits.idle = std::chrono::milliseconds(0); // the call has a limit of its own
    const bool isRequest = message.contains(u"method") && message.contains(u"id");
    begin(post, isRequest ? std::optional(message[u"id"].toInteger()) : std::nullopt);
}

void HttpTransport::listen()
{
    net::HttpRequest get = request("GET");
    get.limits.firstByte = std::chrono::milliseconds(0);
    get.limits.idle = std::chrono::milliseconds(0);
    begin(get, std::nullopt);
}

void HttpTransport::begin(const net::HttpRequest &request, std::optional<qint64> id)
{
    if (!m_client)
        return;
    const auto turn = std::make_shared<Turn>();
    turn->id = id;
    turn->exchange = m_client->send(request);
    m_turns.insert(turn);
    net::HttpExchange *exchange = turn->exchange.get();
    const std::weak_ptr<Turn> weak = turn;
    connect(exchange, &net::HttpExchange::headArrived, this, [this, weak] {
        if (const auto kept = weak.lock())
            takeHead(*kept);
    });
    connect(exchange, &net::HttpExchange::bytesArrived, this, [this, weak](const QByteArray &bytes) {
        if (const auto kept = weak.lock())
            takeBytes(*kept, bytes);
    });
    connect(exchange, &net::HttpExchange::finished, this, [this, weak] {
        if (const auto kept = weak.lock()) {
            finish(*kept);
            kept->exchange.release()->deleteLater();
            m_turns.erase(kept);
        }
    });
}

void HttpTransport::takeHead(Turn &turn)
{
    const auto &headers = turn.exchange->head().headers;
    turn.isStream = net::headerValue(headers, "Content-Type").toLower().startsWith("text/event-stream");
    if (const QByteArray session = net::headerValue(headers, "Mcp-Session-Id"); !session.isEmpty())
        m_session = session;
}

void HttpTransport::takeBytes(Turn &turn, const QByteArray &bytes)
{
    if (!turn.isStream) {
        turn.body += bytes;
        if (turn.body.size() > largestMessage)
            turn.exchange->cancel();
        return;
    }
    const auto events = turn.events.feed(bytes);
    if (!events) {
        turn.exchange->cancel();
        return;
    }
    for (const net::SseEvent &event : *events)
        takeMessages(turn, event.data);
}

void HttpTransport::takeMessages(Turn &turn, const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    QJsonArray messages = document.array();
    if (document.isObject())
        messages.append(document.object());
    for (const QJsonValue message : std::as_const(messages)) {
        const bool isAnswer = message.toObject().contains(u"result") || message.toObject().contains(u"error");
        if (isAnswer && turn.id && message[u"id"].toInteger(-1) == *turn.id)
            turn.isAnswered = true;
        Q_EMIT received(message.toObject());
    }
}

std::optional<Error> HttpTransport::errorOf(const Turn &turn) const
{
    const net::HttpHead &head = turn.exchange->head();
    Error error;
    if (head.status >= 400)
        error = net::responseError({head, turn.body}, m_server.url, QDateTime::currentDateTimeUtc());
    else if (head.status >= 300)
        error = net::redirectError(head, m_server.url);
    else if (!turn.exchange->outcome())
        error = turn.exchange->outcome().error();
    else
        return std::nullopt;
    for (const QString &value : m_server.headers)
        hideSecret(error, value);
    return error;
}

void HttpTransport::finish(Turn &turn)
{
    const auto error = errorOf(turn);
    if (!error && turn.isStream) {
        for (const net::SseEvent &event : turn.events.finish())
            takeMessages(turn, event.data);
    } else if (!error && !turn.body.isEmpty()) {
        takeMessages(turn, turn.body);
    }
    // A session that the server has forgotten is over for all calls.
    if (turn.exchange->head().status == 404 && turn.id && !m_session.isEmpty()) {
        m_session.clear();
        Q_EMIT closed(Error(ErrorKind::Unavailable, tr("The MCP server “%1” ended the session.").arg(m_server.name)));
        return;
    }
    if (turn.id && !turn.isAnswered)
        Q_EMIT failed(*turn.id, error.value_or(Error(ErrorKind::Protocol,
                                                     tr("The MCP server “%1” did not answer.").arg(m_server.name))));
}

} // namespace quintet::agent::mcp
