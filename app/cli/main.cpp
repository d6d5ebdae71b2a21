// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/commandline.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/similarcommand.h"
#include "base/log.h"
#include "document/worker/confinedprogram.h"
#include "document/worker/extractworker.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTimer>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::cli;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
           || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// Becomes the window program, which is installed beside this one.
int openWindow(const QStringList &arguments)
{
    Output output(false, false);
    if (!hasDisplay()) {
        QStringList names;
        for (const Command &command : commands())
            names << command.name;
        output.error(
            Error(ErrorKind::BadInput, tr("There is no display for the window; in the terminal these work: %1 (see "
                                          "quintet --help).")
                                           .arg(names.join(QStringLiteral(", ")))));
        return exitStatus::failed;
    }
    QByteArrayList words{QFile::encodeName(QCoreApplication::applicationDirPath() + QStringLiteral("/quintet-window"))};
    for (const QString &argument : arguments)
        words << argument.toLocal8Bit();
    std::vector<char *> argv;
    for (QByteArray &word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(argv.front(), argv.data());
    output.error(Error(ErrorKind::BadInput,
                       tr("The window program %1 is not installed.").arg(QString::fromLocal8Bit(words.first()))));
    return exitStatus::failed;
}

QString unknownWord(const QString &word)
{
    const QString similar = similarCommand(word);
    return similar.isEmpty() ? tr("%1 is neither a command nor a file. See: quintet --help").arg(word)
                             : tr("Unknown command “%1”. Did you mean “%2”?").arg(word, similar);
}

int run(const Call &call)
{
    Output output(false, false);
    switch (call.kind) {
    case Call::Window: return openWindow(call.arguments);
    case Call::Help: output.text(helpText(call.command)); return output.flush() ? exitStatus::done : exitStatus::failed;
    case Call::Version: output.line(QStringLiteral("quintet " QUINTET_VERSION)); return exitStatus::done;
    case Call::Unknown: output.error(Error(ErrorKind::BadInput, unknownWord(call.command))); return exitStatus::usage;
    case Call::Subcommand: break;
    }
    installLog(call.arguments.contains(QStringLiteral("--verbose")));
    const Interrupt interrupt;
    int status = exitStatus::failed;
    const auto whole = [&]() -> Task<void> {
        status = co_await runCommand(call.command, call.arguments, interrupt.token());
        QCoreApplication::exit(status);
    };
    QTimer::singleShot(0, QCoreApplication::instance(), [&whole] { whole(); });
    QCoreApplication::exec();
    return interrupt.wasRaised() ? exitStatus::interrupted : status;
}

/// A descriptor that the caller closed would be given to the next file or socket, and be written to as if it were
/// output.
void keepStandardDescriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) == -1)
            ::open(descriptor == STDOUT_FILENO ? "/dev/full" : "/dev/null", O_RDWR);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    keepStandardDescriptors();
    std::signal(SIGPIPE, SIG_IGN); // a reader that has gone is an error to handle
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("quintet"));
    QCoreApplication::setApplicationVersion(QStringLiteral(QUINTET_VERSION));
    if (argc > 1 && std::strcmp(argv[1], "--extract-worker") == 0)
        return argc == 2 ? document::runExtractWorker() : document::becomeConfined(argv + 2);
    return run(callFrom(QCoreApplication::arguments().mid(1)));
}
