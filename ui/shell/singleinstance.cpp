// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>

#include <unistd.h>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestMessage = 1 << 20;
constexpr int patience = 5'000; // milliseconds

} // namespace

SingleInstance::SingleInstance(const QString &dataFolder) : m_lock(dataFolder + u"/window.lock"_s)
{
    m_lock.setStaleLockTime(0);
    const QByteArray folder = QDir(dataFolder).canonicalPath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(folder, QCryptographicHash::Sha256).toHex().first(16);
    m_name = u"quintet-%1-%2"_s.arg(::getuid()).arg(QString::fromLatin1(hash));
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::read);
}

bool SingleInstance::handOver(const QStringList &files, bool wantsQuick)
{
    if (m_lock.isLocked() || m_lock.tryLock(0))
        return false;
    if (m_lock.error() != QLockFile::LockFailedError)
        return false; // nothing can be locked here; whether another runs cannot be told
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(patience))
        return true; // it starts or ends just now; two windows on one folder would be worse than none
    const QJsonObject message{{u"files"_s, QJsonArray::fromStringList(files)},
                              {u"quick"_s, wantsQuick},
                              {u"activation"_s, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")}};
    socket.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    // Its answer comes when it has read them; what it has not read when we go is still in its socket.
    if (socket.waitForBytesWritten(patience))
        socket.waitForReadyRead(patience);
    return true;
}

bool SingleInstance::listen()
{
    if (!m_lock.isLocked() && !m_lock.tryLock(0) && m_lock.error() == QLockFile::LockFailedError)
        return false;
    // Whatever still has the name is the socket of one that died.
    QLocalServer::removeServer(m_name);
    return m_server.listen(m_name);
}

void SingleInstance::read()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > longestMessage)
                    socket->abort();
                return;
            }
            const QJsonObject message = QJsonDocument::fromJson(socket->readLine()).object();
            socket->write("ok\n");
            socket->flush();
            // On Wayland a window is raised only with the token that the second start was given.
            if (const QString token = message[u"activation"].toString(); !token.isEmpty())
                qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
            QStringList files;
            for (const QJsonValue file : message[u"files"].toArray())
                files << file.toString();
            if (message[u"quick"].toBool())
                Q_EMIT quickAsked();
            else
                Q_EMIT started(files);
        });
    }
}

} // namespace quintet::ui
