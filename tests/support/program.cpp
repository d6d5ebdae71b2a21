// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTimer>

namespace quintet::test {

namespace {

constexpr int longest = 120'000; // milliseconds

}

QList<QJsonObject> Program::Ran::objects() const
{
    QList<QJsonObject> all;
    for (const QByteArray &line : output.split('\n')) {
        if (!line.isEmpty())
            all << QJsonDocument::fromJson(line).object();
    }
    return all;
}

void Program::start(QProcess &process, const QStringList &arguments) const
{
    QProcessEnvironment clean;
    for (const char *name : {"PATH", "LANG", "TMPDIR", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"})
        clean.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    clean.insert(QStringLiteral("HOME"), m_folder.path());
    clean.insert(QStringLiteral("OPENAI_API_KEY"), QStringLiteral("test"));
    process.setProcessEnvironment(clean);
    process.start(m_program, arguments + QStringList{QStringLiteral("--data-dir"), path(QStringLiteral("data"))});
}

Program::Ran Program::waitFor(QProcess &process)
{
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(longest, &loop, &QEventLoop::quit);
    if (process.state() != QProcess::NotRunning)
        loop.exec();
    const bool hasEnded = process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    return {hasEnded ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

Program::Ran Program::run(const QStringList &arguments) const
{
    QProcess process;
    start(process, arguments);
    process.closeWriteChannel();
    return waitFor(process);
}

QString Program::file(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    QDir().mkpath(QFileInfo(file).absolutePath());
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(name));
    file.write(content);
    return file.fileName();
}

} // namespace quintet::test
