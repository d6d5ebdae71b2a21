// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"
#include "app/window/crashreport.h"
#include "app/window/program.h"
#include "app/window/shots.h"
#include "backup/restoring.h"
#include "base/log.h"
#include "base/translation.h"
#include "ui/shell/singleinstance.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>
#include <cstring>

using namespace quintet;
using namespace Qt::StringLiterals;

namespace {

constexpr int badUsage = 2;

struct Arguments {
    QStringList files;
    QString dataFolder;
    QString shots;
    bool quick = false;
    bool verbose = false;
};

/// Ends the program where it is asked for help or does not understand.
Arguments readArguments()
{
    QCommandLineParser parser;
    const QCommandLineOption dataFolder(u"data-dir"_s, Program::tr("Keep everything in this folder."), u"DIR"_s);
    const QCommandLineOption shots(u"shots"_s, Program::tr("Write pictures of all pages, or of page TAB, and end."),
                                   u"DIR"_s);
    const QCommandLineOption quick(u"quick"_s, Program::tr("Open the small window for quick answers."));
    const QCommandLineOption verbose(u"verbose"_s, Program::tr("Tell on standard error what is done."));
    parser.addOptions({dataFolder, shots, quick, verbose});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(u"FILE"_s, Program::tr("Documents to open on the Summarize tab."), u"[FILE...]"_s);
    if (!parser.parse(QCoreApplication::arguments())) {
        std::fprintf(stderr, "quintet-window: %s\n", qPrintable(parser.errorText()));
        std::exit(badUsage);
    }
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    Arguments arguments{{}, parser.value(dataFolder), parser.value(shots), parser.isSet(quick), parser.isSet(verbose)};
    for (const QString &file : parser.positionalArguments())
        arguments.files << (arguments.shots.isEmpty() ? QFileInfo(file).absoluteFilePath() : file);
    return arguments;
}

bool wantsShots(int argc, char *argv[])
{
    return std::any_of(argv + 1, argv + argc, [](const char *word) { return std::strncmp(word, "--shots", 7) == 0; });
}

int takeShots(const Arguments &arguments)
{
    const QString page = arguments.files.value(0);
    if (!page.isEmpty() && !Shots::pages().contains(page)) {
        std::fprintf(stderr, "quintet-window: there is no page %s; there are: %s\n", qPrintable(page),
                     qPrintable(Shots::pages().join(u", "_s)));
        return badUsage;
    }
    const QTemporaryDir folder;
    Program program(preparePaths(folder.path()));
    Shots shots(program, arguments.shots, page, folder.path());
    program.window().show();
    return QApplication::exec();
}

/// What was asked for while something was open, done before anything is. An error where somebody else has it open.
Result<void> finishAsked(const Paths &paths)
{
    if (backup::isErasingAsked(paths)) {
        if (auto erased = backup::eraseEverything(paths); !erased)
            return erased;
    }
    const auto restored = backup::finishRestoring(paths);
    return restored ? Result<void>() : std::unexpected(restored.error());
}

/// Says what still waits, once there is a window to say it in.
void tellOfWaiting(Program &program, const Paths &paths, const Error &error)
{
    QObject::connect(&program, &Program::ready, &program, [&program, paths, message = error.message] {
        program.window().showNotice(message, Program::tr("Forget the backup"),
                                    [paths] { backup::forgetRestoring(paths); });
    });
}

Program::Afterwards showWindow(const Arguments &arguments, const Result<Paths> &paths, int &status)
{
    ui::SingleInstance instance(paths ? paths->dataFolder : QString());
    if (paths && instance.handOver(arguments.files, arguments.quick))
        return Program::Afterwards::Nothing;
    Result<void> finished;
    if (paths) {
        instance.listen();
        finished = finishAsked(*paths);
        speak(ui::readThemeChoice(QSettings(paths->settingsFile, QSettings::IniFormat)).language);
        writeCrashReports(*paths);
    }
    const cli::Interrupt interrupt;
    const OnCancel quit(interrupt.token(), QCoreApplication::instance(), [] { QApplication::quit(); });
    Program program(paths);
    if (!finished)
        tellOfWaiting(program, *paths, finished.error());
    QObject::connect(&instance, &ui::SingleInstance::started, &program, [&program](const QStringList &files) {
        program.window().raiseToUser();
        program.openFiles(files);
    });
    QObject::connect(&instance, &ui::SingleInstance::quickAsked, &program, &Program::openQuick);
    program.openFiles(arguments.files);
    if (arguments.quick)
        program.openQuick();
    else
        program.window().show();
    status = QApplication::exec();
    if (program.hasFailed())
        status = 1;
    return program.afterwards();
}

int run(const Arguments &arguments)
{
    const Result<Paths> paths = preparePaths(arguments.dataFolder);
    int status = 0;
    const Program::Afterwards afterwards = showWindow(arguments, paths, status);
    if (afterwards == Program::Afterwards::Erase) {
        if (const auto erased = backup::eraseEverything(*paths); !erased) {
            backup::eraseAtNextStart(*paths);
            std::fprintf(stderr, "quintet-window: %s\n", qPrintable(erased.error().message));
            status = 1;
        }
    } else if (afterwards == Program::Afterwards::StartAnew) {
        qunsetenv("QT_SCALE_FACTOR"); // its own, from what was restored
        QProcess::startDetached(QCoreApplication::applicationFilePath(), QCoreApplication::arguments().mid(1));
    }
    return status;
}

/// The size that the user chose, which Qt takes before there is an application.
void applySize(int argc, char *argv[])
{
    QString folder;
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--data-dir") == 0)
            folder = QFile::decodeName(argv[i + 1]);
    }
    const auto paths = preparePaths(folder);
    if (!paths || qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
        return;
    const int percent = ui::readThemeChoice(QSettings(paths->settingsFile, QSettings::IniFormat)).percent;
    if (percent != 100)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(percent / 100.0));
}

} // namespace

int main(int argc, char *argv[])
{
    const bool shots = wantsShots(argc, argv);
    if (shots)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    applySize(argc, argv);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"quintet"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QUINTET_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Quintet"_s);
    QGuiApplication::setDesktopFileName(u"quintet"_s);
    // Without a desktop there is no interface font; take a well drawn one.
    if (QGuiApplication::platformName() == u"offscreen")
        QApplication::setFont(QFont(u"Noto Sans"_s));
    const Arguments arguments = readArguments();
    installLog(arguments.verbose);
    return shots ? takeShots(arguments) : run(arguments);
}
