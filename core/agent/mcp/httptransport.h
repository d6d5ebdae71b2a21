// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/mcp/serverconfig.h"
#include "agent/mcp/transport.h"
#include "net/httpclient.h"
#include "net/ssedecoder.h"

#include <QPointer>

#include <memory>
#include <set>

namespace quintet::agent::mcp {

/// A server over streamable HTTP: each message is a POST of its own, answered with JSON or a stream of events; what the
/// server says by itself comes on a GET, where it has one.
class HttpTransport final : public Transport {
    Q_OBJECT

public:
    HttpTransport(net::HttpClient &client, ServerConfig server) : m_client(&client), m_server(std::move(server)) { }
    ~HttpTransport() override;

    void start() override { }
    void send(const QJsonObject &message) override;
    void setRevision(const QString &revision) override { m_revision = revision.toLatin1(); }
    void listen() override;

private:
    /// One exchange and what has come of it.
    struct Turn {
        std::unique_ptr<net::HttpExchange> exchange;
        std::optional<qint64> id; ///< of the request that it carries
        bool isAnswered = false;
        bool isStream = false;
        net::SseDecoder events;
        QByteArray body;
    };

    net::HttpRequest request(const QByteArray &method) const;
    void begin(const net::HttpRequest &request, std::optional<qint64> id);
    void takeHead(Turn &turn);
    void takeBytes(Turn &turn, const QByteArray &bytes);
    void takeMessages(Turn &turn, const QByteArray &json);
    void finish(Turn &turn);
    std::optional<Error> errorOf(const Turn &turn) const;

    QPointer<net::HttpClient> m_client; ///< may go first, at the end of the program
    ServerConfig m_server;
    QByteArray m_session;
    QByteArray m_revision;
    std::set<std::shared_ptr<Turn>> m_turns;
};

} // namespace quintet::agent::mcp
