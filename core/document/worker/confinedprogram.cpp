// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/confinedprogram.h"

#include "base/wake.h"
#include "document/readers/content.h"
#include "document/worker/confinement.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTimer>

#include <qcorosignal.h>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace quintet::document {

namespace {

constexpr qsizetype mostOutput = 64LL << 20;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

void prepare(QProcess &process, const ConfinedProgram &program, int input)
{
    process.setProgram(program.launcher);
    process.setArguments(QStringList{QStringLiteral("--extract-worker")} + program.command);
    process.setStandardErrorFile(QProcess::nullDevice());
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("OMP_THREAD_LIMIT"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    // Runs in the child before it becomes the program: only what is safe there.
    process.setChildProcessModifier([input] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(input, STDIN_FILENO);
        ::lseek(STDIN_FILENO, 0, SEEK_SET);
    });
}

} // namespace

Task<Result<QByteArray>> runConfined(ConfinedProgram program, int input, QString name, CancelToken token)
{
    QProcess process;
    Wake ended;
    QByteArray output;
    QString trouble;
    const auto end = [&process, &trouble](const QString &why) {
        trouble = why;
        process.kill();
    };
    prepare(process, program, input);
    QObject::connect(&process, &QProcess::readyReadStandardOutput, &ended, [&] {
        output += process.readAllStandardOutput();
        if (output.size() > mostOutput)
            end(tr("wrote without end"));
    });
    QObject::connect(&process, &QProcess::finished, &ended, &Wake::wakeLater);
    QObject::connect(&process, &QProcess::errorOccurred, &ended, [&](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended.wakeLater();
    });
    const OnCancel onCancel(token, &ended, [&process] { process.kill(); });
    QTimer::singleShot(program.limit, &ended, [&] { end(tr("took too long")); });
    process.start(QIODevice::ReadOnly);
    co_await qCoro(&ended, &Wake::woken);
    output += process.readAllStandardOutput();
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    const bool isFine = process.error() == QProcess::UnknownError && process.exitStatus() == QProcess::NormalExit
                        && process.exitCode() == 0 && trouble.isEmpty();
    if (!isFine)
        co_return badInput(tr("“%1” could not be read: the program %2 %3. Check it, or the file.")
                               .arg(QStringLiteral("%1"), program.command.first(),
                                    trouble.isEmpty() ? tr("failed on it") : trouble),
                           name);
    if (output.trimmed().isEmpty())
        co_return badInput(
            tr("“%1” holds no text that the program %2 finds.").arg(QStringLiteral("%1"), program.command.first()), name);
    co_return output;
}

int becomeConfined(char *const *arguments)
{
    if (confineThisProcess(true))
        ::execvp(arguments[0], arguments);
    return 127;
}

} // namespace quintet::document
