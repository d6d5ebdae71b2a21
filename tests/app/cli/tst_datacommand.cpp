// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// `quintet data`, as a person types it.
class TestDataCommand final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_line = std::make_unique<CommandLine>(); }

    void whatWasBackedUpIsThereAgainOnAnotherComputer()
    {
        const QString here = m_line->path(u"here"_s);
        const QString there = m_line->path(u"there"_s);
        const QString file = m_line->path(u"everything.quintet"_s);
        const QString text = m_line->file(u"policy.md"_s, "# Refunds\n\nA refund is paid within fourteen days.\n");
        QCOMPARE(m_line->run({u"knowledge"_s, u"add"_s, u"Shop"_s, text, u"--data-dir"_s, here}).status, 0);
        QCOMPARE(m_line
                     ->run({u"endpoints"_s, u"add"_s, u"mine"_s, u"--base-url"_s, u"http://127.0.0.1:9/v1"_s,
                            u"--data-dir"_s, here})
                     .status,
                 0);

        const auto written = m_line->run({u"data"_s, u"backup"_s, file, u"--json"_s, u"--data-dir"_s, here});
        QCOMPARE(written.status, 0);
        QVERIFY(QJsonDocument::fromJson(written.output)[u"files"].toInt() >= 3);
        QVERIFY(!QJsonDocument::fromJson(written.output)[u"with_keys"].toBool(true));
        QCOMPARE(m_line->run({u"data"_s, u"restore"_s, file, u"--data-dir"_s, there}).status, 0);

        const auto found =
            m_line->run({u"knowledge"_s, u"search"_s, u"Shop"_s, u"refund"_s, u"--json"_s, u"--data-dir"_s, there});
        QVERIFY(found.output.contains("fourteen days"));
        QVERIFY(m_line->run({u"endpoints"_s, u"list"_s, u"--data-dir"_s, there}).output.contains("mine"));

        QCOMPARE(m_line->run({u"data"_s, u"erase"_s, u"--data-dir"_s, there}).status, 2);
        QCOMPARE(m_line->run({u"data"_s, u"erase"_s, u"--yes"_s, u"--data-dir"_s, there}).status, 0);
        QVERIFY(QDir(there).isEmpty());
    }

    void itSaysWhatIsMissing()
    {
        const QStringList where{u"--data-dir"_s, m_line->path(u"here"_s)};
        const auto missing = m_line->run(QStringList{u"data"_s, u"restore"_s, m_line->path(u"no.quintet"_s)} + where);
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.errors.contains("no.quintet"));
        QCOMPARE(m_line->run(QStringList{u"data"_s, u"backup"_s} + where).status, 2);
        QCOMPARE(m_line->run(QStringList{u"data"_s, u"eat"_s} + where).status, 2);
        QCOMPARE(
            m_line->run(QStringList{u"data"_s, u"backup"_s, m_line->path(u"x"_s), u"--with-keys"_s} + where).status, 1);
        QVERIFY(!QFile::exists(m_line->path(u"x"_s)));
    }

private:
    std::unique_ptr<CommandLine> m_line;
};

QTEST_GUILESS_MAIN(TestDataCommand)
#include "tst_datacommand.moc"
