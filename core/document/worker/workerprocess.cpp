// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/workerprocess.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QtEndian>
#include <qcorosignal.h>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quintet::document {

namespace {

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

/// Of what this process knows, the child needs next to nothing; keys it must not have.
QProcessEnvironment childEnvironment()
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment child;
    for (const QString &name : own.keys()) {
        if (name == u"PATH" || name == u"LANG" || name == u"LANGUAGE" || name == u"LD_LIBRARY_PATH" || name == u"TZ"
            || name.startsWith(u"LC_") || name.endsWith(u"SAN_OPTIONS"))
            child.insert(name, own.value(name));
    }
    return child;
}

/// How a child that is no more came to its end.
QString endOf(const QProcess &process)
{
    const int signal = process.exitStatus() == QProcess::CrashExit ? process.exitCode() : 0;
    if (signal == SIGBUS)
        return tr("it was changed while it was being read");
    if (signal == SIGKILL)
        return tr("it needed more memory than there is");
    return tr("its reader crashed over it");
}

} // namespace

WorkerProcess::WorkerProcess(const QString &program, WorkerLimits limits) : m_limits(limits)
{
    m_stall.setSingleShot(true);
    m_whole.setSingleShot(true);
    connect(&m_stall, &QTimer::timeout, this,
            [this] { endOver(tr("reading it did not go on for %1 seconds").arg(m_limits.stall.count() / 1000)); });
    connect(&m_whole, &QTimer::timeout, this,
            [this] { endOver(tr("reading it took more than %1 seconds").arg(m_whole.interval() / 1000)); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &WorkerProcess::takeOutput);
    connect(&m_process, &QProcess::finished, this, [this] {
        takeOutput();
        if (m_isReading)
            endOver(endOf(m_process));
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart && m_isReading)
            endOver({});
    });
    start(program);
}

WorkerProcess::~WorkerProcess()
{
    disconnect(&m_process, nullptr, this, nullptr);
    m_process.kill();
    m_process.waitForFinished(1000);
}

void WorkerProcess::start(const QString &program)
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return;
    m_requests = Descriptor(ends[0]);
    const Descriptor childEnd(ends[1]);
    m_process.setProgram(program);
    m_process.setArguments({QStringLiteral("--extract-worker")});
    m_process.setProcessEnvironment(childEnvironment());
    m_process.setStandardInputFile(QProcess::nullDevice());
    if (lcDocument().isDebugEnabled())
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    else
        m_process.setStandardErrorFile(QProcess::nullDevice());
    // Runs in the child before it becomes the program: only what is safe there.
    m_process.setChildProcessModifier([number = childEnd.number()] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (number == requestDescriptor)
            ::fcntl(number, F_SETFD, 0);
        else
            ::dup2(number, requestDescriptor);
    });
    m_process.start(QIODevice::ReadOnly);
}

bool WorkerProcess::isUsable() const
{
    return !m_isReading && m_requests.number() >= 0 && m_process.state() != QProcess::NotRunning;
}

Task<WorkerProcess::Answer> WorkerProcess::read(const Input &input, CancelToken token)
{
    Q_ASSERT(!m_isReading);
    m_answer = {};
    m_isReading = true;
    ++m_documents;
    m_stall.start(m_limits.stall);
    m_whole.start(m_limits.whole + m_limits.perMegabyte * (input.size >> 20));
    if (!sendRequest(input))
        endOver(endOf(m_process));
    const OnCancel onCancel(token, this, [this] {
        if (m_isReading) {
            m_process.kill();
            fail(cancelledError());
        }
    });
    if (m_isReading)
        co_await qCoro(this, &WorkerProcess::answered);
    co_return std::move(m_answer);
}

/// The file goes along as a descriptor, so that the child needs no right to open it.
bool WorkerProcess::sendRequest(const Input &input)
{
    QByteArray packet = requestBytes(input);
    iovec part{packet.data(), size_t(packet.size())};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int file = input.file.number();
    std::memcpy(CMSG_DATA(header), &file, sizeof file);
    return ::sendmsg(m_requests.number(), &message, MSG_NOSIGNAL | MSG_DONTWAIT) == packet.size();
}

void WorkerProcess::takeOutput()
{
    m_output += m_process.readAllStandardOutput();
    m_hasSpoken = m_hasSpoken || !m_output.isEmpty();
    qsizetype done = 0;
    while (m_output.size() - done >= frameHeader) {
        const qsizetype size = qFromBigEndian<quint32>(m_output.constData() + done + 1);
        if (size > largestFrame) {
            endOver(tr("its reader lost its way over it"));
            return;
        }
        if (m_output.size() - done < frameHeader + size)
            break;
        takeFrame(Frame(m_output[done]), m_output.sliced(done + frameHeader, size));
        done += frameHeader + size;
    }
    m_output.remove(0, done);
}

void WorkerProcess::takeFrame(Frame kind, const QByteArray &content)
{
    if (!m_isReading)
        return;
    m_stall.start();
    switch (kind) {
    case Frame::Progress: return;
    case Frame::Text:
        m_answer.text += content;
        if (m_answer.text.size() > largestText)
            endOver(tr("its reader lost its way over it"));
        return;
    case Frame::Document:
        m_answer.facts = content;
        finish();
        return;
    case Frame::Picture:
        m_answer.picture = content;
        finish();
        return;
    case Frame::Failure: fail(errorFrom(content)); return;
    }
    endOver(tr("its reader lost its way over it"));
}

void WorkerProcess::finish()
{
    m_isReading = false;
    m_stall.stop();
    m_whole.stop();
    Q_EMIT answered();
}

void WorkerProcess::fail(const Error &error)
{
    m_answer.error = error;
    m_answer.text.clear();
    finish();
}

void WorkerProcess::endOver(const QString &how)
{
    m_process.kill();
    if (!m_isReading)
        return;
    // A file is not to blame for a reader that never got to work.
    if (!m_hasSpoken) {
        fail(Error(ErrorKind::Storage,
                   tr("The part of Quintet that reads documents could not be started. Install Quintet again."),
                   m_process.program() + QStringLiteral(": ") + m_process.errorString()));
        return;
    }
    m_answer.end = how;
    m_answer.text.clear();
    finish();
}

} // namespace quintet::document
