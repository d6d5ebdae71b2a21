// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/crashreport.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>

#include <array>
#include <csignal>
#include <cstring>
#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

namespace quintet {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFrames = 64;
constexpr qsizetype reportsKept = 5;

// What the handler needs, made beforehand: in a crash nothing may be allocated.
std::array<char, 4096> reportPath;
std::array<char, 512> reportHead;
alignas(16) std::array<char, 64 * 1024> handlerStack;

void say(int file, const char *text)
{
    static_cast<void>(write(file, text, std::strlen(text)));
}

void writeReport(int signal)
{
    const int file = open(reportPath.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
        const char number[] = {char('0' + signal / 10), char('0' + signal % 10), '\n', '\0'};
        say(file, reportHead.data());
        say(file, "signal ");
        say(file, number);
        std::array<void *, mostFrames> frames;
        backtrace_symbols_fd(frames.data(), backtrace(frames.data(), mostFrames), file);
        close(file);
    }
    raise(signal); // the handler is off by now: it ends as it would have
}

QDir folderOf(const Paths &paths)
{
    return QDir(paths.dataFolder + u"/crashes"_s);
}

void keep(std::array<char, 4096> &buffer, const QByteArray &text)
{
    qstrncpy(buffer.data(), text.constData(), buffer.size());
}

} // namespace

void writeCrashReports(const Paths &paths)
{
#ifndef __SANITIZE_ADDRESS__ // which tells more
    const QDir folder = folderOf(paths);
    if (!folder.mkpath(u"."_s))
        return;
    const QString name = u"crash-%1-%2.txt"_s.arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd-hhmmss"_s))
                             .arg(QCoreApplication::applicationPid());
    keep(reportPath, QFile::encodeName(folder.filePath(name)));
    const QByteArray head = "Quintet " + QCoreApplication::applicationVersion().toUtf8() + ", Qt " + qVersion() + ", "
                            + QSysInfo::prettyProductName().toUtf8() + ", "
                            + QSysInfo::currentCpuArchitecture().toUtf8() + '\n';
    qstrncpy(reportHead.data(), head.constData(), reportHead.size());
    std::array<void *, 1> first;
    backtrace(first.data(), 1); // loads what it needs
    const stack_t stack{.ss_sp = handlerStack.data(), .ss_flags = 0, .ss_size = handlerStack.size()};
    sigaltstack(&stack, nullptr);
    struct sigaction action = {};
    action.sa_handler = writeReport;
    action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
        sigaction(signal, &action, nullptr);
#else
    static_cast<void>(paths);
#endif
}

QStringList newCrashReports(const Paths &paths)
{
    const QDir folder = folderOf(paths);
    QStringList reports;
    for (const QString &name : folder.entryList({u"crash-*.txt"_s}, QDir::Files, QDir::Name))
        reports << folder.filePath(name);
    return reports;
}

void markCrashReportsOffered(const Paths &paths)
{
    QDir folder = folderOf(paths);
    for (const QString &name : folder.entryList({u"crash-*.txt"_s}, QDir::Files))
        folder.rename(name, u"offered-"_s + name);
    QStringList offered = folder.entryList({u"offered-*"_s}, QDir::Files, QDir::Name);
    while (offered.size() > reportsKept)
        folder.remove(offered.takeFirst());
}

} // namespace quintet
