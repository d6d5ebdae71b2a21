// SPDX-License-Identifier: GPL-3.0-or-later
// From the start of the program to its window on the screen, and what it takes of the memory when nothing is done, with
// much on the disk; beside a bare window with five tabs.
#include "benchmark.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>

namespace quintet::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000; // milliseconds

struct Start {
    double shown = 0;  ///< milliseconds from the start of the process to the first painting
    double ready = 0;  ///< and to all tabs
    double memory = 0; ///< megabytes resident two seconds later
};

/// Milliseconds until `words` stand in what the process says on either channel.
double waitFor(QProcess &process, const QElapsedTimer &timer, const QByteArray &words, QByteArray &said)
{
    while (!said.contains(words) && timer.elapsed() < patience && process.state() != QProcess::NotRunning) {
        process.waitForReadyRead(50);
        said += process.readAll();
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

Start startOf(const QString &program, const QStringList &arguments, const QByteArray &shown, const QByteArray &ready)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    QByteArray said;
    Start start;
    start.shown = waitFor(process, timer, shown, said);
    start.ready = waitFor(process, timer, ready, said);
    QThread::sleep(2);
    start.memory = residentMegabytes(process.processId());
    process.terminate();
    if (!process.waitForFinished(10'000))
        process.kill();
    process.waitForFinished();
    return start;
}

double medianOf(std::vector<Start> starts, double Start::*part)
{
    std::ranges::sort(starts, {}, part);
    return starts[starts.size() / 2].*part;
}

/// Text of which each file gives about a hundred passages.
void writeDocuments(const QString &folder, int count)
{
    QDir().mkpath(folder);
    for (int i = 0; i < count; ++i) {
        QFile file(folder + u"/%1.txt"_s.arg(i));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(file.fileName()));
        for (int word = 0; word < 16'000; ++word) {
            file.write(QByteArray::number((word * 7919 + i * 104'729) % 50'000, 36).prepend('w'));
            file.write(word % 12 == 11 ? ".\n" : " ");
        }
    }
}

void prepare(const QString &data, const QString &documents, const Options &options)
{
    if (!makeConversations(data + u"/quintet.db"_s, options.quick ? 1000 : 10'000))
        qFatal("no conversations");
    writeDocuments(documents, options.quick ? 10 : 1000);
    const QString quintet = QCoreApplication::applicationDirPath() + u"/quintet"_s;
    if (QProcess::execute(quintet,
                          {u"knowledge"_s, u"add"_s, u"Many"_s, documents, u"--data-dir"_s, data, u"--quiet"_s})
        != 0)
        qFatal("no collection");
}

} // namespace

int beBareWindow()
{
    class Window final : public QTabWidget {
    protected:
        void paintEvent(QPaintEvent *event) override
        {
            QTabWidget::paintEvent(event);
            std::puts("shown");
            std::fflush(stdout);
        }
    };
    Window window;
    for (int i = 1; i <= 5; ++i)
        window.addTab(new QWidget, QString::number(i));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}

std::vector<Figure> startup(const Options &options)
{
    const QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    QDir().mkpath(data);
    prepare(data, folder.filePath(u"documents"_s), options);
    std::vector<Start> ours;
    std::vector<Start> bare;
    for (int i = 0; i < (options.quick ? 3 : 7); ++i) { // in turns, so that a busy machine slows both
        ours.push_back(startOf(QCoreApplication::applicationDirPath() + u"/quintet-window"_s,
                               {u"--verbose"_s, u"--data-dir"_s, data}, "the window is on the screen",
                               "all tabs are there"));
        bare.push_back(startOf(QCoreApplication::applicationFilePath(), {u"--be-bare-window"_s}, "shown", "shown"));
    }
    const QString variant =
        options.quick ? u"1,000 conversations, 1,000 passages"_s : u"10,000 conversations, 100,000 passages"_s;
    const QString other = u"bare window"_s;
    return {{u"startup"_s, variant, u"on screen"_s, medianOf(ours, &Start::shown), u"ms"_s,
             medianOf(bare, &Start::shown), other},
            {u"startup"_s, variant, u"all tabs"_s, medianOf(ours, &Start::ready), u"ms"_s,
             medianOf(bare, &Start::ready), other},
            {u"startup"_s, variant, u"memory"_s, medianOf(ours, &Start::memory), u"MB"_s,
             medianOf(bare, &Start::memory), other}};
}

} // namespace quintet::bench
