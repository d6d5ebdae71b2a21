// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"
#include "app/window/program.h"
#include "app/window/shots.h"
#include "base/log.h"
#include "base/translation.h"
#include "ui/shell/singleinstance.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
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
    bool verbose = false;
};

/// Ends the program where it is asked for help or does not understand.
Arguments readArguments()
{
    QCommandLineParser parser;
    const QCommandLineOption dataFolder(u"data-dir"_s, Program::tr("Keep everything in this folder."), u"DIR"_s);
    const QCommandLineOption shots(u"shots"_s, Program::tr("Write pictures of all pages, or of page TAB, and end."),
                                   u"DIR"_s);
    const QCommandLineOption verbose(u"verbose"_s, Program::tr("Tell on standard error what is done."));
    parser.addOptions({dataFolder, shots, verbose});
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
    Arguments arguments{{}, parser.value(dataFolder), parser.value(shots), parser.isSet(verbose)};
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

int run(const Arguments &arguments)
{
    const Result<Paths> paths = preparePaths(arguments.dataFolder);
    if (paths)
        speak(QSettings(paths->settingsFile, QSettings::IniFormat).value("window/language"_L1).toString());
    ui::SingleInstance instance(paths ? paths->dataFolder : QString());
    if (paths && instance.handOver(arguments.files))
        return 0;
    if (paths)
        instance.listen();
    const cli::Interrupt interrupt;
    const OnCancel quit(interrupt.token(), QCoreApplication::instance(), [] { QApplication::quit(); });
    Program program(paths);
    QObject::connect(&instance, &ui::SingleInstance::started, &program, [&program](const QStringList &files) {
        program.window().raiseToUser();
        program.openFiles(files);
    });
    program.openFiles(arguments.files);
    program.window().show();
    const int status = QApplication::exec();
    return program.hasFailed() ? 1 : status;
}

} // namespace

int main(int argc, char *argv[])
{
    const bool shots = wantsShots(argc, argv);
    if (shots)
        qputenv("QT_QPA_PLATFORM", "offscreen");
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
