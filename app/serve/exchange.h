// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/connection.h"
#include "base/task.h"

#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QJsonObject>
#include <QUrlQuery>

namespace quintet::serve {

using Status = QHttpServerResponder::StatusCode;

/// How errors are told: as Quintet's own endpoints do, or as OpenAI's API does.
enum class ErrorStyle { Quintet, OpenAi };

struct Route;

/// The status that goes with an error.
Status statusOf(const Error &error);

/// One request and its answer, which is given exactly once: by answer(), fail(), or a stream of events. Lives on the
/// engine thread; whoever answers later keeps it by its shared pointer, and where all let go of it unanswered the
/// client gets 500.
class Exchange final : public QObject {
    Q_OBJECT

public:
    Exchange(const QHttpServerRequest &request, QHttpServerResponder responder, Connection *connection,
             const QHttpHeaders &headers);

    QHttpServerRequest::Method method() const { return m_method; }
    QString path() const { return m_path; }
    QString query(const QString &name) const { return m_query.queryItemValue(name, QUrl::FullyDecoded); }
    QByteArray header(QByteArrayView name) const;
    const QByteArray &body() const { return m_body; }

    /// The route it belongs to, "POST /api/summarize", or "other"; and what stands in the path in place of "{...}".
    const QString &name() const { return m_name; }
    QString part(qsizetype index) const { return m_parts.value(index); }
    void setErrorStyle(ErrorStyle style) { m_style = style; }
    void setRoute(const Route &route, const QStringList &parts);

    /// Reads a large body as JSON on the pool, so that the engine goes on; before the request is handled.
    Task<void> readBody();

    /// The body as a JSON object that fits the route's schema; an empty body is an empty object. BadInput for anything
    /// else.
    Result<QJsonObject> json() const;

    /// Cancelled when the client goes away, and when the server stops.
    CancelToken token() const { return m_cancel.get_token(); }
    void cancelWith(CancelToken token);

    bool isAnswered() const { return m_state != State::Open; }
    int status() const { return m_status; }

    void answer(const QJsonObject &object, Status status = Status::Ok);
    void answer(const QByteArray &data, const QByteArray &mimeType, Status status = Status::Ok);
    /// Without a body.
    void answer(Status status);

    /// Tells an error: as the answer, or, within a stream, as its last event.
    void fail(const Error &error);
    void fail(const Error &error, Status status);

    /// Begins a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
    void beginEvents();
    /// One event; `data` holds no line break. A client that does not read ends the stream.
    void send(const QByteArray &data);
    void send(const QJsonObject &object);
    /// Ends the stream with a last event.
    void endEvents(const QByteArray &data);
    void endEvents(const QJsonObject &object);

    /// A header of the answer; before it is given.
    void setHeader(const QByteArray &name, const QByteArray &value);

    /// Ends a stream that is open; an exchange that nobody answered is answered with 500.
    void settle();

private:
    enum class State { Open, Streaming, Answered };

    QJsonObject jsonOf(const Error &error) const;
    void write(const QByteArray &chunk);
    void conclude();

    QHttpServerRequest::Method m_method;
    QString m_path;
    QUrlQuery m_query;
    QHttpHeaders m_requestHeaders;
    QByteArray m_body;
    std::optional<Result<QJsonObject>> m_json; ///< once it was read
    QString m_name = QStringLiteral("other");
    QStringList m_parts;
    QJsonObject m_schema;
    QHttpHeaders m_headers; ///< of the answer
    ErrorStyle m_style = ErrorStyle::Quintet;
    std::optional<QHttpServerResponder> m_responder;
    QPointer<Connection> m_connection;
    CancelSource m_cancel;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
    State m_state = State::Open;
    QTimer m_heartbeat; ///< of a stream on which nothing comes
    int m_status = 0;
    bool m_isLast = false; ///< the client wants the connection closed
};

} // namespace quintet::serve
