// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

namespace quintet::test {

using namespace Qt::StringLiterals;

QString CommandLine::file(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

void CommandLine::start(QProcess &process, QStringList arguments, const QStringList &environment) const
{
    QProcessEnvironment clean;
    for (const char *name : {"PATH", "LANG", "TMPDIR", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"})
        clean.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    clean.insert(u"HOME"_s, m_folder.path());
    for (const QString &pair : environment)
        clean.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    process.setProcessEnvironment(clean);
    const bool wantsFolder = !arguments.isEmpty() && !arguments.first().startsWith(u'-')
                             && !arguments.contains(u"--data-dir"_s)
                             && !environment.contains(u"QUINTET_TEST_OWN_DATA=1"_s);
    if (wantsFolder)
        arguments << u"--data-dir"_s << path(u"data"_s);
    process.start(QStringLiteral(QUINTET_PROGRAMS "/quintet"), arguments);
}

Ran CommandLine::run(const QStringList &arguments, const QStringList &environment, const QByteArray &input) const
{
    QProcess process;
    start(process, arguments, environment);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000);
    return ended ? Ran{process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                       process.readAllStandardOutput(), process.readAllStandardError()}
                 : Ran{};
}

QList<QJsonObject> CommandLine::objects(const QByteArray &lines)
{
    QList<QJsonObject> all;
    for (const QByteArray &line : lines.split('\n')) {
        if (!line.isEmpty())
            all << QJsonDocument::fromJson(line).object();
    }
    return all;
}

} // namespace quintet::test
