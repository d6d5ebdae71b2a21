// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/client.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <qcorosignal.h>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostPages = 50;
constexpr size_t mostTools = 500;
constexpr qsizetype mostLogLines = 200;
constexpr qsizetype longestLogLine = 1'000;
constexpr int methodNotFound = -32601; // JSON-RPC 2.0

ToolDefinition definitionFrom(const QJsonObject &json)
{
    const QByteArray whole = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return {.name = json[u"name"].toString(),
            .title = json[u"title"].toString(json[u"annotations"][u"title"].toString()),
            .description = json[u"description"].toString(),
            .schema = json[u"inputSchema"].toObject(),
            .digest = QString::fromLatin1(QCryptographicHash::hash(whole, QCryptographicHash::Sha256).toHex())};
}

} // namespace

Client::Client(ServerConfig server, MakeTransport makeTransport, std::unique_ptr<Protocol> protocol,
               QStringList folders)
    : m_server(std::move(server)),
      m_makeTransport(std::move(makeTransport)),
      m_protocol(std::move(protocol)),
      m_folders(std::move(folders))
{
}

Client::~Client()
{
    const auto transport = std::move(m_transport); // ended here, not from the event loop, which may not run any more
    close(cancelledError());
}

Task<Result<void>> Client::connect(CancelToken token)
{
    // One opens, the others wait for it; where it was stopped, another takes over.
    const OnCancel onCancel(token, &m_opened, [this] { m_opened.wakeLater(); });
    while (m_isOpening && !token.stop_requested())
        co_await qCoro(&m_opened, &Wake::woken);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (m_isOpen)
        co_return Result<void>();
    m_isOpening = true;
    const auto outcome = co_await open(token);
    m_isOpening = false;
    m_isOpen = outcome.has_value() && m_transport;
    if (!outcome)
        close(outcome.error());
    m_opened.wakeLater();
    co_return outcome;
}

Task<Result<void>> Client::open(CancelToken token)
{
    m_transport = m_makeTransport(m_server);
    QObject::connect(m_transport.get(), &Transport::received, this, &Client::take);
    QObject::connect(m_transport.get(), &Transport::logged, this, &Client::addToLog);
    QObject::connect(m_transport.get(), &Transport::failed, this,
                     [this](qint64 id, const Error &error) { settle(id, std::unexpected(error)); });
    QObject::connect(m_transport.get(), &Transport::closed, this, &Client::close);
    m_transport->start();
    if (const auto opened = co_await m_protocol->open(*this, token); !opened)
        co_return opened;
    if (m_transport)
        m_transport->listen();
    co_return co_await listTools(token);
}

Task<Result<void>> Client::listTools(CancelToken token)
{
    std::vector<ToolDefinition> tools;
    QString cursor;
    for (int page = 0; m_hasTools && page < mostPages && tools.size() < mostTools; ++page) {
        const QJsonObject parameters = cursor.isEmpty() ? QJsonObject() : QJsonObject{{u"cursor"_s, cursor}};
        const auto answer = co_await request(u"tools/list"_s, parameters, token);
        if (!answer)
            co_return std::unexpected(answer.error());
        for (const QJsonValue tool : (*answer)[u"tools"].toArray()) {
            if (!tool[u"name"].toString().isEmpty() && tools.size() < mostTools)
                tools.push_back(definitionFrom(tool.toObject()));
        }
        const QString next = (*answer)[u"nextCursor"].toString();
        if (next.isEmpty() || next == cursor)
            break;
        cursor = next;
    }
    if (std::exchange(m_tools, tools) != m_tools)
        Q_EMIT toolsChanged();
    co_return Result<void>();
}

Task<Result<QJsonObject>> Client::callTool(QString name, QJsonObject arguments, CancelToken token)
{
    if (const auto connected = co_await connect(token); !connected)
        co_return std::unexpected(connected.error());
    co_return co_await request(u"tools/call"_s, {{u"name"_s, name}, {u"arguments"_s, arguments}}, token);
}

Task<Result<QJsonObject>> Client::request(QString method, QJsonObject parameters, CancelToken token)
{
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (!m_transport)
        co_return std::unexpected(m_end);
    const qint64 id = ++m_lastId;
    const auto pending = std::make_shared<Pending>();
    m_pending.emplace(id, pending);
    const OnCancel onCancel(token, &pending->answered, [this, id, method] {
        // What begins a connection may not be taken back.
        if (method != u"initialize")
            notify(u"notifications/cancelled"_s, {{u"requestId"_s, id}, {u"reason"_s, u"stopped by the user"_s}});
        settle(id, std::unexpected(cancelledError()));
    });
    QTimer::singleShot(m_server.timeout, &pending->answered, [this, id, method] {
        if (method != u"initialize")
            notify(u"notifications/cancelled"_s, {{u"requestId"_s, id}, {u"reason"_s, u"no answer in time"_s}});
        settle(id, failure(ErrorKind::Timeout, tr("The MCP server “%1” did not answer within %2 s.")
                                                   .arg(m_server.name)
                                                   .arg(double(m_server.timeout.count()) / 1000)));
    });
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}};
    if (const QJsonObject sent = m_protocol->parameters(method, std::move(parameters)); !sent.isEmpty())
        message[u"params"] = sent;
    m_transport->send(message);
    if (!pending->answer)
        co_await qCoro(&pending->answered, &Wake::woken);
    co_return *pending->answer;
}

void Client::notify(const QString &method, const QJsonObject &parameters)
{
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, method}};
    if (!parameters.isEmpty())
        message[u"params"] = parameters;
    if (m_transport)
        m_transport->send(message);
}

void Client::setRevision(const QString &revision)
{
    if (m_transport)
        m_transport->setRevision(revision);
}

void Client::settle(qint64 id, Result<QJsonObject> answer)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return; // too late, or never asked
    const auto pending = found->second;
    m_pending.erase(found);
    pending->answer = std::move(answer);
    pending->answered.wakeLater();
}

void Client::take(const QJsonObject &message)
{
    const QString method = message[u"method"].toString();
    if (!method.isEmpty() && message.contains(u"id")) {
        answerRequest(message);
    } else if (!method.isEmpty()) {
        takeNotification(method, message[u"params"].toObject());
    } else if (message[u"error"].isObject()) {
        const QJsonObject error = message[u"error"].toObject();
        settle(message[u"id"].toInteger(-1),
               failure(ErrorKind::BadInput,
                       tr("The MCP server “%1” says: %2").arg(m_server.name, error[u"message"].toString()),
                       QString::number(error[u"code"].toInteger())));
    } else if (message[u"result"].isObject()) {
        settle(message[u"id"].toInteger(-1), message[u"result"].toObject());
    }
}

void Client::answerRequest(const QJsonObject &message)
{
    // The id goes back as it came: 0, and strings, are ids like others.
    QJsonObject answer{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, message[u"id"]}};
    const QString method = message[u"method"].toString();
    if (method == u"ping") {
        answer[u"result"] = QJsonObject();
    } else if (method == u"roots/list") {
        QJsonArray roots;
        for (const QString &folder : m_folders)
            roots.append(QJsonObject{{u"uri"_s, QUrl::fromLocalFile(folder).toString(QUrl::FullyEncoded)},
                                     {u"name"_s, folder.section(u'/', -1, -1, QString::SectionSkipEmpty)}});
        answer[u"result"] = QJsonObject{{u"roots"_s, roots}};
    } else {
        answer[u"error"] =
            QJsonObject{{u"code"_s, methodNotFound}, {u"message"_s, u"Method not found: %1"_s.arg(method)}};
    }
    if (m_transport)
        m_transport->send(answer);
}

void Client::takeNotification(const QString &method, const QJsonObject &parameters)
{
    if (method == u"notifications/message") {
        const QJsonValue data = parameters[u"data"];
        addToLog(data.isString() ? data.toString()
                                 : QString::fromUtf8(QJsonDocument(data.isObject() ? QJsonDocument(data.toObject())
                                                                                   : QJsonDocument(data.toArray()))
                                                         .toJson(QJsonDocument::Compact)));
    } else if (method == u"notifications/tools/list_changed" && m_isOpen) {
        listTools({});
    }
}

void Client::close(const Error &error)
{
    m_isOpen = false;
    m_end = error;
    if (m_transport) {
        m_transport->disconnect(this);
        m_transport.release()->deleteLater();
    }
    while (!m_pending.empty())
        settle(m_pending.begin()->first, std::unexpected(error));
}

void Client::addToLog(const QString &line)
{
    m_log << redacted(line.first(std::min(line.size(), longestLogLine)));
    while (m_log.size() > mostLogLines)
        m_log.removeFirst();
    Q_EMIT logged(m_log.last());
}

} // namespace quintet::agent::mcp
