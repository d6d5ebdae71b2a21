// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/id.h"
#include "base/paths.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;

class TestError final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secretsAreRedacted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("secret");
        const auto row = [](const char *name, const char *text, const char *secret) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(secret);
        };
        row("bearer header", "Authorization: Bearer abc.def-123", "abc.def-123");
        row("openai key in prose", "Incorrect API key provided: sk-proj-AbC_dEf12345.", "sk-proj-AbC_dEf12345");
        row("short key", "OPENAI_API_KEY=sk-once", "sk-once");
        row("anthropic header", "x-api-key: sk-ant-api03-zzz", "sk-ant-api03-zzz");
        row("opaque header", "x-api-key: 0123456789abcdef", "0123456789abcdef");
        row("json field", R"({"api_key": "topsecretvalue"})", "topsecretvalue");
        row("query", "https://host/v1?model=m&key=AIzaSyA1234567890abcdefghij", "AIzaSyA1234567890abcdefghij");
        row("user and password", "postgres://anna:hunter2@db/shop", "hunter2");
        row("password with an at sign", "http://user:hunt@er2@host/", "er2");
        row("password without a user", "http://:hunter2@host", "hunter2");
        row("json web token", "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0");
    }

    void secretsAreRedacted()
    {
        QFETCH(QString, text);
        QFETCH(QString, secret);
        const Error error(ErrorKind::Unauthorized, text, text);
        QVERIFY2(!error.message.contains(secret), qPrintable(error.message));
        QVERIFY(!error.detail.contains(secret));
        QVERIFY(error.message.contains(QStringLiteral("[redacted]")));
    }

    void aSecretOfNoKnownFormIsHiddenByName()
    {
        Error error(ErrorKind::Unauthorized, QStringLiteral("bad key myCompanyKey0123"),
                    QStringLiteral("myCompanyKey0123"));
        hideSecret(error, QStringLiteral("myCompanyKey0123"));
        QVERIFY(!error.message.contains(QStringLiteral("myCompany")));
        QVERIFY(!error.detail.contains(QStringLiteral("myCompany")));
        hideSecret(error, {});
        QVERIFY(error.message.startsWith(QStringLiteral("bad key ")));
    }

    void whatAServerSaysIsShortAndHarmlessToATerminal()
    {
        const Error error(ErrorKind::Refused, QStringLiteral("\x1b[2Jgone") + QString(100'000, QLatin1Char('x')));
        QVERIFY(!error.message.contains(QLatin1Char('\x1b')));
        QVERIFY(error.message.size() < 2'000);
    }

    void ordinaryWordsAreLeftAlone()
    {
        const QString text = QStringLiteral("The basic risk-free rate at https://example.org/a?b=c was ask-worthy.");
        QCOMPARE(redacted(text), text);
    }

    void idsAreUniqueAndSortByTime()
    {
        const QString first = makeId();
        QTest::qSleep(2);
        const QString second = makeId();
        QCOMPARE(first.size(), 32);
        QCOMPARE(first.at(12), QLatin1Char('7'));
        QVERIFY(first < second);
    }

    void aDataFolderHoldsEverything()
    {
        QTemporaryDir folder;
        const auto paths = preparePaths(folder.filePath(QStringLiteral("new/deep")));
        QVERIFY(paths.has_value());
        QVERIFY(QDir(paths->dataFolder).exists());
        QVERIFY(paths->settingsFile.startsWith(paths->dataFolder));
    }

    void aFileInThePlaceOfTheDataFolderIsAStorageError()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto paths = preparePaths(file.fileName() + QStringLiteral("/below"));
        QVERIFY(!paths);
        QCOMPARE(paths.error().kind, ErrorKind::Storage);
        QVERIFY(paths.error().message.contains(QStringLiteral("--data-dir")));
    }

    void withoutAHomeFolderTheErrorNamesAWayOut()
    {
        const QByteArray home = qgetenv("HOME");
        qputenv("HOME", "/nonexistent/home");
        qunsetenv("XDG_DATA_HOME");
        qunsetenv("XDG_CONFIG_HOME");
        qunsetenv("QUINTET_DATA_DIR");
        const auto paths = preparePaths({});
        qputenv("HOME", home);
        QVERIFY(!paths);
        QCOMPARE(paths.error().kind, ErrorKind::Storage);
        QVERIFY(paths.error().message.contains(QStringLiteral("QUINTET_DATA_DIR")));
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
