// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace quintet;
using namespace quintet::store;

namespace {

const QString insert =
    QStringLiteral("INSERT INTO usage_event (id, time, pattern, endpoint, model, prompt_tokens, "
                   "completion_tokens, cached_tokens, reasoning_tokens, estimated, cached, queue_time, "
                   "total_time, attempts, outcome) VALUES (?, ?, 'chat', ?, 'm', 0, 0, 0, 0, 0, 0, 0, "
                   "0, 1, 'done')");

/// What each of the processes does: writes rows one after the other, says on standard output which are on disk, and
/// reads in between.
int work(const QString &path, const QString &name, int rows)
{
    const auto database = Database::open(path, mainSchema());
    if (!database) {
        std::fprintf(stderr, "%s\n", qPrintable(database.error().message));
        return 1;
    }
    for (int i = 0; i < rows; ++i) {
        const QString id = QStringLiteral("%1-%2").arg(name).arg(i);
        const auto written =
            (*database)
                ->writer()
                .write([&](Connection &connection) { return connection.execute(insert, {id, i, name}); })
                .result();
        auto reader = (*database)->reader();
        if (!written || !reader || !reader->value(QStringLiteral("SELECT count(*) FROM usage_event"))) {
            std::fprintf(stderr, "%s\n", written ? "cannot read" : qPrintable(written.error().message));
            return 1;
        }
        std::printf("%s\n", qPrintable(id));
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

class TestProcesses final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fourProcessesWriteAtOnceAndOneIsKilledAndNothingIsLost()
    {
        const int rows = qEnvironmentVariableIsSet("QUINTET_TEST_LONG") ? 2000 : 150;
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("quintet.db"));
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < 4; ++i) {
            processes.push_back(std::make_unique<QProcess>());
            processes.back()->start(QCoreApplication::applicationFilePath(),
                                    {QStringLiteral("--work"), path, QStringLiteral("p%1").arg(i),
                                     QString::number(i == 0 ? 1'000'000 : rows)});
        }
        // The first would write without end; it is killed in the middle of it.
        QVERIFY(QTest::qWaitFor([&] { return processes[0]->bytesAvailable() > 200; }, 30'000));
        processes[0]->kill();
        QSet<QString> promised;
        for (const auto &process : processes) {
            QVERIFY(process->state() == QProcess::NotRunning || process->waitForFinished(120'000));
            QByteArrayList lines = process->readAllStandardOutput().split('\n');
            lines.removeLast(); // what stands behind the last end of line is no promise
            for (const QByteArray &line : lines)
                promised << QString::fromLatin1(line);
            QVERIFY2(process == processes[0] || process->exitCode() == 0, process->readAllStandardError().constData());
        }
        QSet<QString> kept;
        auto connection = Connection::open(path);
        QVERIFY(connection.has_value());
        QVERIFY(connection->select(QStringLiteral("SELECT id FROM usage_event"), {},
                                   [&](const QSqlQuery &row) { kept << row.value(0).toString(); }));
        QVERIFY(promised.size() > 3 * rows);
        QVERIFY((promised - kept).isEmpty());
        QVERIFY((kept - promised).size() <= 1); // the row in flight at the kill
        QCOMPARE(connection->value(QStringLiteral("PRAGMA integrity_check"))->toString(), QStringLiteral("ok"));
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--work")
        return work(arguments.at(2), arguments.at(3), arguments.at(4).toInt());
    TestProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_processes.moc"
