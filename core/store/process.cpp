// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/process.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>

namespace quintet::store {

namespace {

/// When `pid` started (proc_pid_stat(5), field 22), or 0 if there is no such process.
qint64 startOf(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = stat.readAll();
    // The name, in parentheses, may hold anything; the fields are counted from behind it.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    const bool isDead = !fields.isEmpty() && (fields.first() == "Z" || fields.first() == "X");
    return isDead ? 0 : fields.value(19).toLongLong();
}

QString hostIdentity()
{
    // A pid means something within one boot and one pid namespace only.
    return QString::fromLatin1(QSysInfo::bootUniqueId()) + QLatin1Char('/')
           + QFile::symLinkTarget(QStringLiteral("/proc/self/ns/pid")).section(u'/', -1);
}

} // namespace

ProcessIdentity thisProcess()
{
    const qint64 pid = QCoreApplication::applicationPid();
    return {hostIdentity(), pid, startOf(pid)};
}

bool isGone(const ProcessIdentity &process)
{
    return process.host == hostIdentity() && startOf(process.pid) != process.start;
}

} // namespace quintet::store
