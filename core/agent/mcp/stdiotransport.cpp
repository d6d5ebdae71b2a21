// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/stdiotransport.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

constexpr int milliseconds = 1'000; ///< to end by itself once its input is closed

QProcessEnvironment environmentFor(const ServerConfig &server)
{
    QProcessEnvironment environment;
    for (const char *name : {"HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
                             "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    }
    for (auto it = server.environment.begin(); it != server.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

} // namespace

StdioTransport::StdioTransport(ServerConfig server) : m_server(std::move(server))
{
    m_process.setProgram(m_server.command);
    m_process.setArguments(m_server.arguments);
    m_process.setProcessEnvironment(environmentFor(m_server));
    if (!m_server.folder.isEmpty())
        m_process.setWorkingDirectory(m_server.folder);
    // A group of its own, so that what a launcher such as npx starts can be ended with it.
    m_process.setChildProcessModifier([] {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &StdioTransport::takeOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &StdioTransport::takeErrors);
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        takeOutput();
        takeErrors();
        end(status == QProcess::CrashExit ? tr("it crashed") : tr("it ended with status %1").arg(code));
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(tr("%1 could not be started").arg(m_server.command));
    });
}

StdioTransport::~StdioTransport()
{
    m_process.disconnect(this);
    const auto group = pid_t(m_process.processId());
    if (group <= 0)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(milliseconds)) {
        ::kill(-group, SIGTERM);
        m_process.waitForFinished(milliseconds);
    }
    ::kill(-group, SIGKILL);
    m_process.waitForFinished(milliseconds);
}

void StdioTransport::start()
{
    m_process.start();
}

void StdioTransport::send(const QJsonObject &message)
{
    m_process.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
}

void StdioTransport::takeOutput()
{
    m_output += m_process.readAllStandardOutput();
    qsizetype start = 0;
    for (qsizetype end = m_output.indexOf('\n'); end >= 0; end = m_output.indexOf('\n', start)) {
        takeLine(m_output.sliced(start, end - start).trimmed());
        start = end + 1;
    }
    m_output.remove(0, start);
    if (m_output.size() > largestMessage) {
        m_process.kill();
        end(tr("it sent a message without end"));
    }
}

void StdioTransport::takeLine(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (document.isObject())
        Q_EMIT received(document.object());
    for (const QJsonValue message : document.array())
        Q_EMIT received(message.toObject());
    // Some servers greet on standard output.
    if (document.isNull() && !line.isEmpty())
        Q_EMIT logged(QString::fromUtf8(line));
}

void StdioTransport::takeErrors()
{
    for (const QByteArray &line : m_process.readAllStandardError().split('\n')) {
        if (!line.trimmed().isEmpty())
            Q_EMIT logged(QString::fromUtf8(line.trimmed()));
    }
}

void StdioTransport::end(const QString &why)
{
    if (std::exchange(m_isClosed, true))
        return;
    Q_EMIT closed(Error(ErrorKind::Unavailable,
                        tr("The MCP server “%1” is gone: %2. Its log may say why.").arg(m_server.name, why)));
}

} // namespace quintet::agent::mcp
