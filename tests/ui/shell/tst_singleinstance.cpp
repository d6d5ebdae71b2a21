// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/singleinstance.h"

#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace quintet::ui;

class TestSingleInstance final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstFindsNobody()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(!first.handOver({}));
        QVERIFY(first.listen());
    }

    void aSecondHandsItsFilesToTheFirst()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(first.listen());
        QSignalSpy started(&first, &SingleInstance::started);
        bool handedOver = false;
        // As another process would: it waits while the first answers from its event loop.
        const std::unique_ptr<QThread> second(QThread::create([&] {
            handedOver = SingleInstance(folder.path()).handOver({QStringLiteral("/a b.pdf"), QStringLiteral("/ü.txt")});
        }));
        second->start();
        QTRY_COMPARE(started.size(), 1);
        second->wait();
        QVERIFY(handedOver);
        QCOMPARE(started.first().first().toStringList(),
                 (QStringList{QStringLiteral("/a b.pdf"), QStringLiteral("/ü.txt")}));
    }

    void aSecondAsksForTheQuickWindowOnly()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(first.listen());
        QSignalSpy started(&first, &SingleInstance::started);
        QSignalSpy quick(&first, &SingleInstance::quickAsked);
        const std::unique_ptr<QThread> second(
            QThread::create([&] { SingleInstance(folder.path()).handOver({}, true); }));
        second->start();
        QTRY_COMPARE(quick.size(), 1);
        second->wait();
        QCOMPARE(started.size(), 0);
    }

    void anotherDataFolderIsAnotherWindow()
    {
        const QTemporaryDir one;
        const QTemporaryDir other;
        SingleInstance first(one.path());
        QVERIFY(first.listen());
        QVERIFY(!SingleInstance(other.path()).handOver({}));
    }
};

QTEST_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
