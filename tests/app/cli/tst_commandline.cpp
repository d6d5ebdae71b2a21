// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"
#include "support/scriptedmodel.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace quintet::test;
using namespace Qt::StringLiterals;

/// The program as people call it: arguments in; standard output, standard error and exit status out.
class TestCommandLine final : public QObject {
    Q_OBJECT

private:
    CommandLine m_program;

    QString path(const QString &name) const { return m_program.path(name); }

    QString file(const QString &name, const QByteArray &content) const { return m_program.file(name, content); }

    static QByteArray text()
    {
        return "# The co-operative's year\n\n"
               "The co-operative closed its fortieth year with more members than ever before. Revenue rose by 12 per "
               "cent to "
               "48.2 million, carried by the new repair workshops. Energy prices fell from their peak, though they "
               "remain a "
               "third above the average of the decade. The move of the northern depot was delayed by eight months and "
               "cost "
               "1.9 million more than the budget allowed. The board has taken over the supervision of large building "
               "works. "
               "For the coming year the co-operative expects the growth of its workshops to slow.\n";
    }

    void start(QProcess &process, const QStringList &arguments, const QStringList &environment = {}) const
    {
        m_program.start(process, arguments, environment);
    }

    Ran run(const QStringList &arguments, const QStringList &environment = {}, const QByteArray &input = {}) const
    {
        return m_program.run(arguments, environment, input);
    }

    static QList<QJsonObject> objects(const QByteArray &lines) { return CommandLine::objects(lines); }

    /// Whether the process has put up its handler for SIGINT (proc_pid_status(5), SigCgt).
    static bool catchesInterrupt(qint64 pid)
    {
        QFile status(u"/proc/%1/status"_s.arg(pid));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        const QByteArray text = status.readAll();
        const QByteArray mask = text.mid(text.indexOf("SigCgt:") + 7).trimmed().left(16);
        return (mask.toULongLong(nullptr, 16) & (1ULL << (SIGINT - 1))) != 0;
    }

private Q_SLOTS:
    void aSummaryIsTheResultAlone()
    {
        const Ran ran =
            run({u"summarize"_s, file(u"year.md"_s, text()), u"--words"_s, u"40"_s, u"--endpoint"_s, u"builtin"_s});
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.output.contains("48.2 million"));
        QVERIFY(!ran.output.contains("#"));
        QVERIFY2(ran.errors.isEmpty(), ran.errors.constData());
        const qsizetype words = QString::fromUtf8(ran.output).simplified().split(u' ').size();
        QVERIFY2(words >= 15 && words <= 50, ran.output.constData());
    }

    void aSummaryInJsonPointsIntoTheText()
    {
        const QString source = file(u"emoji.txt"_s, QByteArray(text()).replace("# The", "\xF0\x9F\x98\x80 The"));
        const Ran ran =
            run({u"summarize"_s, source, u"--json"_s, u"--endpoint"_s, u"builtin"_s, u"--words"_s, u"40"_s});
        QCOMPARE(ran.status, 0);
        const QJsonObject summary = objects(ran.output).value(0);
        QCOMPARE(summary[u"endpoint"].toString(), u"builtin"_s);
        QCOMPARE(summary[u"cached"].toBool(true), false);
        QVERIFY(summary[u"usage"].isObject());
        QVERIFY(summary[u"latency_ms"].isDouble());
        const QJsonArray sources = summary[u"sources"].toArray();
        QVERIFY(!sources.isEmpty());
        const std::u32string codePoints = QString::fromUtf8(run({u"extract"_s, source}).output).toStdU32String();
        for (const QJsonValue quoted : sources) {
            const auto start = static_cast<size_t>(quoted[u"start"].toInteger());
            const auto end = static_cast<size_t>(quoted[u"end"].toInteger());
            QCOMPARE(QString::fromStdU32String(codePoints.substr(start, end - start)), quoted[u"text"].toString());
            QCOMPARE(quoted[u"document"].toString(), source);
        }
    }

    void eachSummaryInJsonNamesItsDocument()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const QString first = file(u"first.txt"_s, "alpha beta\n");
        const QString second = file(u"second.txt"_s, "gamma delta\n");
        const Ran ran = run({u"summarize"_s, first, second, u"-"_s, u"--instruction"_s, u"backwards"_s, u"--base-url"_s,
                             server.url(u"/v1"_s).toString(), u"--json"_s},
                            {}, "epsilon\n");
        QCOMPARE(ran.status, 0);
        QStringList documents;
        for (const QJsonObject &summary : objects(ran.output))
            documents << summary[u"document"].toString();
        QCOMPARE(documents, QStringList({first, second, u"-"_s}));
    }

    void aFileMayBeNamedByItsAddress()
    {
        const QString source = file(u"the year.txt"_s, text());
        const QString address = QUrl::fromLocalFile(source).toString(QUrl::FullyEncoded);
        QVERIFY(address.contains(u"%20"));
        QCOMPARE(run({u"extract"_s, address}).output, run({u"extract"_s, source}).output);
        QString onThisComputer = address;
        onThisComputer.replace(u"file://"_s, u"file://localhost"_s);
        for (const QString &one : {address, onThisComputer}) {
            const Ran ran = run({u"summarize"_s, one, u"--endpoint"_s, u"builtin"_s});
            QVERIFY2(ran.output.contains("48.2 million"), ran.errors.constData());
        }
        const Ran page = run({u"extract"_s, u"http://example.invalid/x"_s});
        QCOMPARE(page.status, 1);
        QVERIFY2(page.errors.contains("extract reads files"), page.errors.constData());
        for (const QString &command : {u"summarize"_s, u"extract"_s}) {
            const Ran ran = run({command, u"ftp://example.org/x"_s, u"--endpoint"_s, u"builtin"_s});
            QCOMPARE(ran.status, 1);
            QVERIFY2(ran.errors.contains("Only http and https"), ran.errors.constData());
        }
    }

    void aMistypedCommandIsNamed()
    {
        const Ran ran = run({u"summarise"_s, u"x"_s});
        QCOMPARE(ran.status, 2);
        QVERIFY2(QString::fromUtf8(ran.errors).contains(u"Unknown command “summarise”. Did you mean “summarize”?"),
                 ran.errors.constData());
        QVERIFY(run({u"nosuchword"_s}).errors.contains("neither a command nor a file"));
    }

    void aNumberThatIsLeftOutIsNamed()
    {
        const Ran ran = run({u"summarize"_s, u"x"_s, u"--words"_s, u"--quiet"_s});
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.errors.contains("--words needs a number"), ran.errors.constData());
    }

    void anEncryptedFileIsSummarizedWithItsPassword()
    {
        const QString source = QStringLiteral(QUINTET_SOURCE_FOLDER "/tests/data/pdf/locked.pdf");
        const QStringList call{u"summarize"_s, source, u"--endpoint"_s, u"builtin"_s};
        QCOMPARE(run(call).status, 1);
        const Ran ran = run(call + QStringList{u"--password"_s, u"secret"_s});
        QVERIFY2(ran.status == 0, ran.errors.constData());
    }

    void standardInputIsASourceToo()
    {
        const Ran ran = run({u"summarize"_s, u"-"_s, u"--endpoint"_s, u"builtin"_s}, {}, text());
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.output.contains("48.2 million"));
    }

    void badCallsExitWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addRow("unknown subcommand") << QStringList{u"sumarize"_s};
        QTest::addRow("unknown option") << QStringList{u"summarize"_s, u"--no-such-option"_s, u"x"_s};
        QTest::addRow("no source") << QStringList{u"summarize"_s};
        QTest::addRow("bad number") << QStringList{u"summarize"_s, u"x"_s, u"--words"_s, u"many"_s};
        QTest::addRow("zero") << QStringList{u"summarize"_s, u"x"_s, u"--words"_s, u"0"_s};
        QTest::addRow("bad style") << QStringList{u"summarize"_s, u"x"_s, u"--style"_s, u"poem"_s};
        QTest::addRow("bad temperature") << QStringList{u"chat"_s, u"x"_s, u"--temperature"_s, u"hot"_s};
        QTest::addRow("two files") << QStringList{u"extract"_s, u"a"_s, u"b"_s};
        QTest::addRow("bad verb") << QStringList{u"endpoints"_s, u"frobnicate"_s};
        QTest::addRow("no name") << QStringList{u"endpoints"_s, u"add"_s};
        QTest::addRow("no value") << QStringList{u"summarize"_s, u"x"_s, u"--words"_s};
    }

    void badCallsExitWithTwo()
    {
        QFETCH(QStringList, arguments);
        const Ran ran = run(arguments, {u"QUINTET_TEST_OWN_DATA=1"_s, u"QUINTET_DATA_DIR="_s + path(u"data"_s)});
        QCOMPARE(ran.status, 2);
        QVERIFY(ran.output.isEmpty());
        QVERIFY(ran.errors.startsWith("quintet: "));
    }

    void badInputExitsWithOneAndSaysWhy_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addRow("missing") << path(u"nosuch.txt"_s);
        QTest::addRow("empty") << file(u"empty.txt"_s, {});
        QTest::addRow("blank") << file(u"blank.txt"_s, " \n\t\n ");
        QTest::addRow("a folder") << path({});
        QTest::addRow("a program") << QStringLiteral(QUINTET_PROGRAMS "/quintet");
        QTest::addRow("a picture") << file(u"picture.txt"_s,
                                           QByteArray("\x89PNG\r\n\x1a\n", 8) + QByteArray(100, '\0'));
        QTest::addRow("a damaged PDF") << file(u"broken.pdf"_s, "%PDF-1.7\nnothing more");
        QTest::addRow("a device") << u"/dev/zero"_s;
    }

    void badInputExitsWithOneAndSaysWhy()
    {
        QFETCH(QString, source);
        for (const QString &command : {u"summarize"_s, u"extract"_s}) {
            const Ran ran = run({command, source, u"--endpoint"_s, u"builtin"_s});
            QCOMPARE(ran.status, 1);
            QVERIFY(ran.output.isEmpty());
            QVERIFY2(ran.errors.startsWith("quintet: ") && ran.errors.size() > 30, ran.errors.constData());
            const Ran json = run({command, source, u"--json"_s, u"--endpoint"_s, u"builtin"_s});
            QCOMPARE(objects(json.output).value(0)[u"error"][u"kind"].toString(), u"badInput"_s);
        }
    }

    void aFileWithoutRightsIsSaidToBeOne()
    {
        if (::geteuid() == 0)
            QSKIP("root may read every file");
        const QString source = file(u"secret.txt"_s, text());
        QFile::setPermissions(source, {});
        const Ran ran = run({u"extract"_s, source});
        QCOMPARE(ran.status, 1);
        QVERIFY(ran.errors.contains("permission"));
    }

    void whatNeedsAModelFailsBeforeItStarts()
    {
        for (const QStringList &wish :
             {QStringList{u"--instruction"_s, u"as a poem"_s}, QStringList{u"--style"_s, u"actions"_s}}) {
            const Ran ran = run(
                QStringList{u"summarize"_s, path(u"nosuch.txt"_s), u"--json"_s, u"--endpoint"_s, u"builtin"_s} + wish);
            QCOMPARE(ran.status, 1);
            QCOMPARE(objects(ran.output).value(0)[u"error"][u"kind"].toString(), u"needsModel"_s);
        }
    }

    void aFullDiskIsNotSilent()
    {
        const QString source = file(u"year.txt"_s, text());
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        start(process, {u"extract"_s, source});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("full"));
    }

    void aDatabaseThatCannotBeUsedIsNamedAndKept_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("kind");
        QTest::addRow("no database") << QByteArray(4096, 'x') << QByteArray("corrupt");
        const QStringList call{u"summarize"_s,  file(u"year.txt"_s, text()),
                               u"--endpoint"_s, u"builtin"_s,
                               u"--data-dir"_s, path(u"good"_s)};
        QCOMPARE(run(call).status, 0);
        QFile good(path(u"good/quintet.db"_s));
        QVERIFY(good.open(QIODevice::ReadOnly));
        QByteArray future = good.readAll();
        future.replace(60, 4, QByteArray("\0\0\0\x63", 4)); // PRAGMA user_version, see the SQLite file format, 1.3
        QTest::addRow("from the future") << future << QByteArray("storage");
        QTest::addRow("cut off") << future.left(5000) << QByteArray("corrupt");
    }

    void aDatabaseThatCannotBeUsedIsNamedAndKept()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, kind);
        QDir().mkpath(path(u"bad"_s));
        const QString database = file(u"bad/quintet.db"_s, content);
        const Ran ran = run({u"summarize"_s, file(u"year.txt"_s, text()), u"--json"_s, u"--endpoint"_s, u"builtin"_s,
                             u"--data-dir"_s, path(u"bad"_s)});
        QCOMPARE(ran.status, 1);
        QCOMPARE(objects(ran.output).value(0)[u"error"][u"kind"].toString().toLatin1(), kind);
        QVERIFY(ran.errors.contains("quintet.db"));
        QFile after(database);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), content);
        // What needs no database works all the same.
        QCOMPARE(run({u"extract"_s, path(u"year.txt"_s), u"--data-dir"_s, path(u"bad"_s)}).status, 0);
    }

    void withoutAHomeFolderTheWayOutIsNamed()
    {
        const Ran ran = run({u"chat"_s, u"hi"_s}, {u"QUINTET_TEST_OWN_DATA=1"_s, u"HOME=/nonexistent"_s});
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.errors.contains("--data-dir"), ran.errors.constData());
    }

    void withoutADisplayTheWindowSaysWhatWorks()
    {
        const Ran ran = run({});
        QCOMPARE(ran.status, 1);
        QCOMPARE(ran.errors.count('\n'), 1);
        QVERIFY(ran.errors.contains("summarize"));
    }

    void anAnswerStreamsFromAServer()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        model.key = "sk-right";
        const QStringList chat{u"chat"_s, u"say it backwards"_s, u"--base-url"_s, server.url(u"/v1"_s).toString()};
        const Ran ran = run(chat, {u"OPENAI_API_KEY=sk-right"_s});
        QCOMPARE(ran.status, 0);
        QCOMPARE(QString::fromUtf8(ran.output).trimmed(), ScriptedModel::answerTo(u"say it backwards"_s));
        const Ran json = run(chat + QStringList{u"--json"_s}, {u"OPENAI_API_KEY=sk-right"_s});
        const QList<QJsonObject> events = objects(json.output);
        QString text;
        for (const QJsonObject &event : events)
            text += event[u"type"].toString() == u"text" ? event[u"text"].toString() : QString();
        QCOMPARE(text.trimmed(), ScriptedModel::answerTo(u"say it backwards"_s));
        QCOMPARE(events.last()[u"type"].toString(), u"done"_s);
        QCOMPARE(events.last()[u"model"].toString(), model.models.first());
        QVERIFY(events.last().contains(u"conversation"));
    }

    void aServerCanSummarize()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Ran ran = run({u"summarize"_s, u"-"_s, u"--instruction"_s, u"backwards"_s, u"--base-url"_s,
                             server.url(u"/v1"_s).toString(), u"--json"_s},
                            {}, "alpha beta gamma\n");
        QCOMPARE(ran.status, 0);
        const QJsonObject summary = objects(ran.output).value(0);
        QVERIFY(summary[u"summary"].toString().contains(u"gamma beta alpha"_s));
        QVERIFY(summary[u"usage"][u"prompt_tokens"].toInteger() > 3);
        QCOMPARE(summary[u"usage"][u"cost_usd"].toDouble(-1), 0.0);
    }

    void endpointsThatCannotBeReachedExitWithThree()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        model.key = "sk-right";
        const QString base = server.url(u"/v1"_s).toString();
        const Ran refused = run({u"chat"_s, u"hi"_s, u"--model"_s, u"scripted-small"_s, u"--base-url"_s, base},
                                {u"OPENAI_API_KEY=sk-wrong-9876"_s});
        QCOMPARE(refused.status, 3);
        QVERIFY(!refused.errors.contains("sk-wrong-9876"));
        QCOMPARE(run({u"chat"_s, u"hi"_s, u"--model"_s, u"m"_s, u"--base-url"_s, u"http://127.0.0.1:9"_s}).status, 3);
    }

    void theBuiltInEngineSaysWhatItCanDo()
    {
        const Ran ran = run({u"chat"_s, u"hello"_s, u"--endpoint"_s, u"builtin"_s});
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.output.contains("endpoints"));
    }

    void controlCStopsCleanly()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::eventStream()
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"kept\"}}]}")
                .stall();
        });
        QProcess process;
        start(process, {u"chat"_s, u"hi"_s, u"--model"_s, u"m"_s, u"--base-url"_s, server.url(u"/v1"_s).toString()});
        QVERIFY(QTest::qWaitFor([&process] { return process.bytesAvailable() > 0; }, 20'000));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardOutput(), "kept\n");
    }

    void controlCStopsTheWaitForStandardInput()
    {
        QProcess process;
        start(process, {u"chat"_s});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(catchesInterrupt(process.processId()), 20'000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 130);
    }

    void endpointsAreKeptWithoutTheirKeys()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        model.key = "sk-kept-secret";
        const QStringList key{u"SHOP_KEY=sk-kept-secret"_s};
        QCOMPARE(run({u"endpoints"_s, u"add"_s, u"shop"_s, u"--base-url"_s, server.url(u"/v1"_s).toString(),
                      u"--key-env"_s, u"SHOP_KEY"_s})
                     .status,
                 0);
        QCOMPARE(run({u"endpoints"_s, u"default"_s, u"shop"_s}).status, 0);
        const Ran test = run({u"endpoints"_s, u"test"_s, u"shop"_s, u"--json"_s}, key);
        QCOMPARE(test.status, 0);
        QCOMPARE(objects(test.output).value(0)[u"models"].toArray().size(), model.models.size());
        const Ran chat = run({u"chat"_s, u"one two"_s}, key);
        QCOMPARE(chat.status, 0);
        QVERIFY(chat.output.contains("two one"));
        bool isDefault = false;
        for (const QJsonObject &row : objects(run({u"endpoints"_s, u"list"_s, u"--json"_s}).output))
            isDefault = isDefault || (row[u"name"].toString() == u"shop" && row[u"default"].toBool());
        QVERIFY(isDefault);
        QDir data(path(u"data"_s));
        for (const QString &name : data.entryList(QDir::Files)) {
            QFile kept(data.filePath(name));
            QVERIFY(kept.open(QIODevice::ReadOnly));
            QVERIFY2(!kept.readAll().contains("sk-kept-secret"), qPrintable(name));
        }
        QCOMPARE(run({u"endpoints"_s, u"rename"_s, u"shop"_s, u"store"_s}).status, 0);
        QCOMPARE(run({u"endpoints"_s, u"rename"_s, u"store"_s}).status, 2);
        QVERIFY(run({u"chat"_s, u"three four"_s}, key).output.contains("four three"));
        QCOMPARE(run({u"endpoints"_s, u"test"_s, u"shop"_s}, key).status, 0);
        QCOMPARE(run({u"endpoints"_s, u"remove"_s, u"store"_s}).status, 0);
        QCOMPARE(run({u"endpoints"_s, u"test"_s, u"shop"_s}).status, 1);
        QCOMPARE(run({u"chat"_s, u"hi"_s}, key).status, 0); // the built-in engine again
    }

    void aKeyWithoutAKeychainIsRefusedWithTheOtherWay()
    {
        const Ran ran =
            run({u"endpoints"_s, u"add"_s, u"x"_s, u"--base-url"_s, u"http://127.0.0.1:9"_s, u"--key-stdin"_s}, {},
                "sk-abc123\n");
        QCOMPARE(ran.status, 1);
        QVERIFY(ran.errors.contains("--key-env"));
        QVERIFY(!ran.errors.contains("sk-abc123"));
    }

    void theEnvironmentNamesTheEndpoint()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Ran ran = run({u"chat"_s, u"a b"_s}, {u"OPENAI_BASE_URL="_s + server.url(u"/v1"_s).toString()});
        QVERIFY(ran.output.contains("b a"));
        QCOMPARE(
            run({u"chat"_s, u"a b"_s, u"--endpoint"_s, u"builtin"_s}, {u"OPENAI_BASE_URL=http://127.0.0.1:9"_s}).status,
            0);
    }

    void whichNamesAPatternWithReasons()
    {
        const Ran ran = run({u"which"_s, u"classify these 4000 reviews"_s, u"--json"_s});
        QCOMPARE(ran.status, 0);
        QCOMPARE(objects(ran.output).value(0)[u"pattern"].toString(), u"batch"_s);
        QVERIFY(!objects(ran.output).value(0)[u"reasons"].toArray().isEmpty());
        QCOMPARE(run({u"which"_s}).status, 2);
    }

    void helpAndManualAgree()
    {
        QFile file(QStringLiteral(QUINTET_SOURCE_FOLDER "/packaging/quintet.1"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString manual = QString::fromUtf8(file.readAll()).remove(u'\\');
        const Ran program = run({u"--help"_s});
        QCOMPARE(program.status, 0);
        static const QRegularExpression commandRow(u"^  ([a-z]+) "_s, QRegularExpression::MultilineOption);
        static const QRegularExpression optionRow(u"^  (--?[a-z-]+)"_s, QRegularExpression::MultilineOption);
        static const QRegularExpression manualOption(u"^\\.B[IR]? (--?[a-z-]+)"_s, QRegularExpression::MultilineOption);
        const QString help = QString::fromUtf8(program.output);
        const QString list = help.mid(help.indexOf(u"commands:"));
        int commands = 0;
        for (const auto &match : commandRow.globalMatch(list)) {
            const QString command = match.captured(1);
            const qsizetype start =
                manual.indexOf(QRegularExpression(u"^\\.SS .*%1"_s.arg(command), QRegularExpression::MultilineOption));
            QVERIFY2(start >= 0, qPrintable(command));
            ++commands;
            const QString section = manual.mid(
                start,
                manual.indexOf(QRegularExpression(u"^\\.S[SH] "_s, QRegularExpression::MultilineOption), start + 4)
                    - start);
            const QString own = QString::fromUtf8(run({command, u"--help"_s}).output);
            const QString ownOptions = own.left(own.indexOf(u"options of every command"_s));
            for (const auto &option : optionRow.globalMatch(ownOptions))
                QVERIFY2(section.contains(option.captured(1)), qPrintable(command + u' ' + option.captured(1)));
            for (const auto &option : manualOption.globalMatch(section))
                QVERIFY2(own.contains(u"  "_s + option.captured(1)), qPrintable(command + u' ' + option.captured(1)));
        }
        QVERIFY(commands >= 5);
        for (const auto &option : optionRow.globalMatch(help))
            QVERIFY2(manual.contains(option.captured(1)), qPrintable(option.captured(1)));
    }

    void secretsInTheWrongPlaceAreRefused()
    {
        const QStringList add{u"endpoints"_s, u"add"_s, u"leaky"_s};
        for (const QStringList &wrong :
             {QStringList{u"--base-url"_s, u"http://h/v1"_s, u"--key-env"_s, u"sk-test-1234567890"_s},
              QStringList{u"--base-url"_s, u"http://user:hunter2@h/v1"_s},
              QStringList{u"--base-url"_s, u"http://h/v1?api_key=hunter2"_s}}) {
            const Ran ran = run(add + wrong);
            QCOMPARE(ran.status, 2);
            QVERIFY(!ran.errors.contains("hunter2") && !ran.errors.contains("1234567890"));
        }
        QCOMPARE(run(add + QStringList{u"--base-url"_s, u"localhost:8080"_s}).status, 0);
        QVERIFY(run({u"endpoints"_s}).output.contains("http://localhost:8080"));
        QCOMPARE(run({u"endpoints"_s, u"remove"_s, u"leaky"_s}).status, 0);
        QCOMPARE(run({u"chat"_s, u"x"_s, u"--endpoint"_s, u"builtin"_s, u"--base-url"_s, u"http://h"_s}).status, 1);
    }

    void aSettingsFileThatIsNotUnderstoodIsKept()
    {
        QDir().mkpath(path(u"garbled"_s));
        const QString settings = file(u"garbled/quintet.ini"_s, "what is this\n");
        const Ran ran = run(
            {u"endpoints"_s, u"add"_s, u"x"_s, u"--base-url"_s, u"http://h"_s, u"--data-dir"_s, path(u"garbled"_s)});
        QCOMPARE(ran.status, 1);
        QFile after(settings);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), "what is this\n");
    }

    void closedDescriptorsAndVanishedReadersAreHandled_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("status");
        const QString program = QStringLiteral(QUINTET_PROGRAMS "/quintet");
        const QString data = u" --data-dir '%1'"_s.arg(path(u"data"_s));
        QTest::addRow("closed input") << program + u" summarize - --endpoint builtin"_s + data + u" <&- 2>/dev/null"_s
                                      << 1;
        QTest::addRow("closed output") << program + u" extract '%1'"_s.arg(file(u"y.txt"_s, text())) + data
                                              + u" >&- 2>/dev/null"_s
                                       << 1;
        QTest::addRow("head") << program + u" extract '%1'"_s.arg(file(u"z.txt"_s, text().repeated(5'000))) + data
                                     + u" | head -1 >/dev/null; test ${PIPESTATUS[0]} = 141"_s
                              << 0;
        QTest::addRow("ignored signals")
            << u"trap '' INT HUP; "_s + program + u" chat"_s + data
                   + u" < <(sleep 3; echo hi) & sleep 1; kill -HUP $!; kill -INT $!; wait $!"_s
            << 0;
    }

    void closedDescriptorsAndVanishedReadersAreHandled()
    {
        QFETCH(QString, script);
        QFETCH(int, status);
        QProcess shell;
        shell.start(u"bash"_s, {u"-c"_s, u"exec 3>&-; "_s + script});
        QVERIFY(QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, 60'000));
        QCOMPARE(shell.exitCode(), status);
    }

    void optionsMayStandInFront()
    {
        const QString source = file(u"front.txt"_s, text());
        const Ran ran = run({u"--data-dir"_s, path(u"data"_s), u"extract"_s, source});
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.output.contains("fortieth"));
        QCOMPARE(run({u"extract"_s, source, u"--data-dir"_s, QString()}, {u"QUINTET_TEST_OWN_DATA=1"_s}).status, 2);
    }

    void aBrokenSummaryKeepsItsWordsAndItsLine()
    {
        ScriptedServer server;
        server.on("/v1/models", [](const Received &) { return Script::response(200, "{\"data\":[{\"id\":\"m\"}]}"); });
        server.on("/v1/chat", [](const Received &) {
            return Script::eventStream()
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"partial\"}}]}")
                .close();
        });
        const Ran ran =
            run({u"summarize"_s, file(u"year.txt"_s, text()), u"--base-url"_s, server.url(u"/v1"_s).toString()});
        QCOMPARE(ran.status, 3);
        QCOMPARE(ran.output, "partial\n");
        QVERIFY2(ran.errors.contains("broke off"), ran.errors.constData());
    }

    void aBudgetThatWouldBePassedExitsWithFour()
    {
        ScriptedServer server;
        const QStringList chat{u"chat"_s,       u"hi"_s,         u"--model"_s,
                               u"gpt-5-mini"_s, u"--base-url"_s, u"http://models.invalid/v1"_s};
        QCOMPARE(run(chat + QStringList{u"--budget"_s, u"0.0000001"_s}).status, 4);
        QCOMPARE(run(chat + QStringList{u"--budget"_s, u"lots"_s}).status, 2);
    }

    void aSummaryIsPaidForOnce()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const QStringList call{u"summarize"_s, file(u"year.txt"_s, text()), u"--json"_s, u"--base-url"_s,
                               server.url(u"/v1"_s).toString()};
        QVERIFY(!objects(run(call).output).value(0)[u"cached"].toBool(true));
        QVERIFY(objects(run(call).output).value(0)[u"cached"].toBool(false));
        QCOMPARE(server.count("POST"), 1);
        QVERIFY(!objects(run(call + QStringList{u"--no-cache"_s}).output).value(0)[u"cached"].toBool(true));
        QCOMPARE(server.count("POST"), 2);
    }

    void theVersionIsPrinted()
    {
        const Ran ran = run({u"--version"_s});
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.output.startsWith("quintet "));
    }

    void usageCacheAndBudgetTellWhatHappened()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const QString data = path(u"metered"_s);
        const QStringList at{u"--base-url"_s, server.url(u"/v1"_s).toString(), u"--data-dir"_s, data};
        const QString source = file(u"metered.txt"_s, text());
        QCOMPARE(run(QStringList{u"summarize"_s, source} + at).status, 0);
        QCOMPARE(run(QStringList{u"summarize"_s, source} + at).status, 0);
        QCOMPARE(server.count("POST"), 1);
        const QStringList here{u"--data-dir"_s, data, u"--json"_s};
        const QJsonObject usage = QJsonDocument::fromJson(run(QStringList{u"usage"_s} + here).output).object();
        QCOMPARE(usage[u"pattern"].toString(), u"summarize"_s);
        QCOMPARE(usage[u"requests"].toInt(), 2);
        QCOMPARE(usage[u"hit_rate"].toDouble(), 0.5);
        const QJsonObject cache =
            QJsonDocument::fromJson(run(QStringList{u"cache"_s, u"show"_s} + here).output).object();
        QCOMPARE(cache[u"answers"].toInt(), 1);
        QCOMPARE(cache[u"hits"].toInt(), 1);
        QCOMPARE(run(QStringList{u"cache"_s, u"clear"_s} + here).status, 0);
        QCOMPARE(QJsonDocument::fromJson(run(QStringList{u"cache"_s} + here).output)[u"answers"].toInt(-1), 0);
        QCOMPARE(run(QStringList{u"usage"_s, u"budget"_s, u"--day-tokens"_s, u"5"_s} + here).status, 0);
        const Ran refused = run(QStringList{u"summarize"_s, source} + at);
        QCOMPARE(refused.status, 4);
        QVERIFY2(refused.errors.contains("quintet usage budget"), refused.errors.constData());
        QCOMPARE(server.count("POST"), 1);
        QCOMPARE(run(QStringList{u"usage"_s, u"budget"_s, u"--day-tokens"_s, u"none"_s} + here).status, 0);
        QCOMPARE(run(QStringList{u"summarize"_s, source} + at).status, 0);
        QCOMPARE(run({u"usage"_s, u"--by"_s, u"colour"_s}).status, 2);
        QCOMPARE(run({u"usage"_s, u"budget"_s, u"--day"_s, u"much"_s, u"--data-dir"_s, data}).status, 2);
    }

    void modelsTellWhatTheyCost()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        model.models = {u"gpt-5-mini"_s, u"odd/model.x"_s};
        const QStringList here{u"--data-dir"_s, path(u"priced"_s)};
        const QStringList at = QStringList{u"--base-url"_s, server.url(u"/v1"_s).toString(), u"--json"_s} + here;
        const QList<QByteArray> lines = run(QStringList{u"models"_s} + at).output.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(QJsonDocument::fromJson(lines[0])[u"name"].toString(), u"gpt-5-mini"_s);
        QVERIFY(QJsonDocument::fromJson(lines[0])[u"local"].toBool());
        QCOMPARE(run(QStringList{u"models"_s, u"price"_s, u"odd/model.x"_s} + here).status, 2);
        QCOMPARE(
            run(QStringList{u"models"_s, u"price"_s, u"odd/model.x"_s, u"--in"_s, u"1"_s, u"--out"_s, u"2.5"_s} + here)
                .status,
            0);
        const QByteArray first =
            run(QStringList{u"models"_s, u"prices"_s, u"--json"_s} + here).output.split('\n').first();
        QCOMPARE(QJsonDocument::fromJson(first)[u"out"].toDouble(), 2.5);
        QVERIFY(QJsonDocument::fromJson(first)[u"own"].toBool());
        QCOMPARE(run(QStringList{u"models"_s, u"price"_s, u"odd/model.x"_s, u"--remove"_s} + here).status, 0);
        QVERIFY(!run(QStringList{u"models"_s, u"prices"_s, u"--json"_s} + here).output.contains("odd"));
    }

    void anEndpointTakesMoreThanAnAddress()
    {
        const QStringList here{u"--data-dir"_s, path(u"ends"_s)};
        const QStringList add =
            QStringList{u"endpoints"_s, u"add"_s, u"far"_s, u"--base-url"_s, u"http://models.example/v1"_s} + here;
        const Ran added = run(add + QStringList{u"--header"_s, u"X-Team: a"_s, u"--at-once"_s, u"3"_s});
        QCOMPARE(added.status, 0);
        QVERIFY(added.errors.contains("without encryption"));
        QCOMPARE(run(add + QStringList{u"--header"_s, u"Authorization: Bearer sk-secretsecret"_s}).status, 2);
        QCOMPARE(run(add + QStringList{u"--proxy"_s, u"nonsense"_s}).status, 2);
        QCOMPARE(run(QStringList{u"endpoints"_s, u"add"_s, u"anthropic"_s} + here).status, 0);
        QVERIFY(run(QStringList{u"endpoints"_s, u"--json"_s} + here).output.contains("\"kind\":\"anthropic\""));
        QCOMPARE(run(QStringList{u"endpoints"_s, u"default"_s, u"far"_s, u"--for"_s, u"chat"_s} + here).status, 0);
        QCOMPARE(run(QStringList{u"endpoints"_s, u"default"_s, u"far"_s, u"--for"_s, u"lunch"_s} + here).status, 1);
    }

    void theDemoShowsEveryPatternWithoutAKey()
    {
        const Ran ran = m_program.run({u"demo"_s});
        QCOMPARE(ran.status, 0);
        for (const QByteArray word : {"## Summarize", "## Chat", "## Batch", "## Knowledge", "## Agent"})
            QVERIFY2(ran.output.contains(word), word.constData());
        QVERIFY(ran.output.contains("on Saturday from 10:00 to 16:00. [1]"));
        QVERIFY(ran.output.contains("We refund every purchase within 30 days of delivery. [1]"));
        QVERIFY(ran.output.contains("**48,210.40**, growth **+12.00 %**"));
        for (const QJsonObject &object : CommandLine::objects(m_program.run({u"demo"_s, u"--json"_s}).output))
            QVERIFY(!object.isEmpty());
    }

    void completesWhatThereIs()
    {
        for (const QString &shell : {u"bash"_s, u"zsh"_s, u"fish"_s}) {
            const Ran ran = m_program.run({u"completion"_s, shell});
            QCOMPARE(ran.status, 0);
            for (const QByteArray word : {"summarize", "knowledge", "style", "max-steps"})
                QVERIFY2(ran.output.contains(word), (shell.toUtf8() + ' ' + word).constData());
        }
        QCOMPARE(m_program.run({u"completion"_s, u"sh"_s}).status, 2);
        // bash itself says what it would offer.
        QProcess bash;
        bash.start(u"bash"_s, {u"-c"_s,
                               u"source \"$0\"; COMP_WORDS=(quintet summarize --st); COMP_CWORD=2; _quintet; "
                               "echo \"${COMPREPLY[@]}\""_s,
                               file(u"completion.bash"_s, m_program.run({u"completion"_s, u"bash"_s}).output)});
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.readAllStandardOutput(), "--style\n");
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
