// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/crashreport.h"
#include "app/window/program.h"
#include "ui/widgets/errorstrip.h"

#include <QFile>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace quintet;
using namespace Qt::StringLiterals;

/// What is left of a crash, and who is told of it.
class TestCrashReport final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCrashLeavesAReportThatTheNextStartOffersOnce()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("the sanitizer reports crashes itself");
#endif
        const QTemporaryDir folder;
        const Paths paths = preparePaths(folder.path()).value();
        QProcess program;
        program.start(QStringLiteral(QUINTET_PROGRAMS "/quintet-window"), {u"--data-dir"_s, folder.path()});
        QVERIFY(program.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(paths.database()), 30'000);
        kill(static_cast<pid_t>(program.processId()), SIGSEGV);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);

        const QStringList reports = newCrashReports(paths);
        QCOMPARE(reports.size(), 1);
        QFile report(reports.first());
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QByteArray text = report.readAll();
        QVERIFY(text.startsWith("Quintet "));
        QVERIFY(text.contains("signal 11"));
        QVERIFY(text.contains("libQt6Core"));
        QVERIFY((report.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);

        start(folder.path());
        auto *notice = m_program->window().findChild<ui::ErrorStrip *>(u"windowNotice"_s);
        QVERIFY(notice->isVisible());
        QVERIFY(notice->message().contains("unexpectedly"_L1));
        QVERIFY(newCrashReports(paths).isEmpty());
        start(folder.path());
        QVERIFY(!m_program->window().findChild<ui::ErrorStrip *>(u"windowNotice"_s)->isVisible());
        m_program.reset();
    }

private:
    void start(const QString &folder)
    {
        m_program.reset();
        m_program = std::make_unique<Program>(preparePaths(folder));
        QSignalSpy ready(m_program.get(), &Program::ready);
        m_program->window().show();
        QVERIFY(ready.wait(30'000));
    }

    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestCrashReport)
#include "tst_crashreport.moc"
