// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/commandline.h"
#include "support/scriptedmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestChatCommands final : public QObject {
    Q_OBJECT

private:
    CommandLine m_program;

    static QStringList at(const ScriptedServer &server)
    {
        return {u"--base-url"_s, server.url(u"/v1"_s).toString(), u"--model"_s, u"scripted-small"_s};
    }

    QString conversationIn(const Ran &ran) const
    {
        const auto objects = CommandLine::objects(ran.output);
        return objects.isEmpty() ? QString() : objects.last()[u"conversation"].toString();
    }

    QJsonArray messagesOf(const QString &conversation) const
    {
        const Ran ran = m_program.run({u"chats"_s, u"show"_s, conversation, u"--json"_s});
        return QJsonDocument::fromJson(ran.output)[u"messages"].toArray();
    }

    /// What is kept of the last message of the newest conversation, if it has this title.
    QString lastAnswer(const QString &title) const
    {
        const auto rows = CommandLine::objects(m_program.run({u"chats"_s, u"list"_s, u"--json"_s}).output);
        if (rows.isEmpty() || rows.first()[u"title"].toString() != title)
            return {};
        return messagesOf(rows.first()[u"id"].toString()).last()[u"text"].toString();
    }

    /// An answer that never ends, a word every two milliseconds.
    static Script endlessAnswer()
    {
        Script script = Script::eventStream();
        for (int i = 0; i < 20'000; ++i) {
            script.event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word" + QByteArray::number(i) + " \"}}]}")
                .wait(std::chrono::milliseconds(2));
        }
        return script;
    }

private Q_SLOTS:
    void aConversationGoesOn()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Ran first =
            m_program.run(QStringList{u"chat"_s, u"one"_s, u"--json"_s, u"--system"_s, u"Be brief."_s} + at(server));
        QCOMPARE(first.status, 0);
        const QString id = conversationIn(first);
        QVERIFY(!id.isEmpty());
        QCOMPARE(m_program.run(QStringList{u"chat"_s, u"two"_s, u"--conversation"_s, id} + at(server)).status, 0);
        const QJsonArray told = QJsonDocument::fromJson(server.received().back().body)[u"messages"].toArray();
        QCOMPARE(told.size(), 4);
        QCOMPARE(told[0][u"content"].toString(), u"Be brief."_s);
        QCOMPARE(told[3][u"content"].toString(), u"two"_s);
        QCOMPARE(m_program.run({u"chat"_s, u"x"_s, u"--conversation"_s, u"nosuch"_s}).status, 1);
    }

    void conversationsAreListedSearchedAndRemoved()
    {
        m_program.run({u"chat"_s, u"Where is the lighthouse?"_s, u"--endpoint"_s, u"builtin"_s});
        const auto rows = CommandLine::objects(m_program.run({u"chats"_s, u"list"_s, u"--json"_s}).output);
        QVERIFY(!rows.isEmpty());
        QCOMPARE(rows.first()[u"title"].toString(), u"Where is the lighthouse?"_s);
        const auto hits =
            CommandLine::objects(m_program.run({u"chats"_s, u"search"_s, u"lightho"_s, u"--json"_s}).output);
        QCOMPARE(hits.size(), 1);
        const QString id = hits.first()[u"id"].toString();
        QCOMPARE(m_program.run({u"chats"_s, u"remove"_s, id}).status, 0);
        QVERIFY(m_program.run({u"chats"_s, u"search"_s, u"lightho"_s, u"--json"_s}).output.isEmpty());
        QCOMPARE(m_program.run({u"chats"_s, u"show"_s, id}).status, 1);
        QCOMPARE(m_program.run({u"chats"_s, u"show"_s}).status, 2);
        QCOMPARE(m_program.run({u"chats"_s, u"sing"_s}).status, 2);
    }

    void anExportImportsTheSameElsewhere()
    {
        const QString note = m_program.file(u"note.txt"_s, "The harbour opens at six in the morning.\n");
        const Ran ran = m_program.run({u"chat"_s, u"When does the harbour open?"_s, u"--attach"_s, note, u"--json"_s,
                                       u"--endpoint"_s, u"builtin"_s});
        QCOMPARE(ran.status, 0);
        const QJsonObject done = CommandLine::objects(ran.output).last();
        QCOMPARE(done[u"citations"][0][u"document"].toString(), note);
        const QString id = conversationIn(ran);
        const QByteArray whole = m_program.run({u"chats"_s, u"export"_s, id, u"--format"_s, u"json"_s}).output;
        const QString file = m_program.file(u"chat.json"_s, whole);
        const QStringList elsewhere{u"--data-dir"_s, m_program.path(u"elsewhere"_s)};
        QCOMPARE(m_program.run(QStringList{u"chats"_s, u"import"_s, file} + elsewhere).status, 0);
        QCOMPARE(m_program.run(QStringList{u"chats"_s, u"import"_s, file} + elsewhere).status, 0);
        QCOMPARE(m_program.run(QStringList{u"chats"_s, u"export"_s, id, u"--format"_s, u"json"_s} + elsewhere).output,
                 whole);
        QVERIFY(m_program.run({u"chats"_s, u"export"_s, id}).output.contains("[1] note.txt"));
        QCOMPARE(m_program.run({u"chats"_s, u"export"_s, id, u"--format"_s, u"docx"_s}).status, 2);
        QCOMPARE(m_program.run({u"chats"_s, u"import"_s, note}).status, 1);
    }

    void aTemporaryChatIsNotKept()
    {
        const Ran ran =
            m_program.run({u"chat"_s, u"zanzibar"_s, u"--temporary"_s, u"--json"_s, u"--endpoint"_s, u"builtin"_s});
        QCOMPARE(ran.status, 0);
        QVERIFY(CommandLine::objects(ran.output).last()[u"conversation"].isNull());
        QVERIFY(m_program.run({u"chats"_s, u"search"_s, u"zanzibar"_s, u"--json"_s}).output.isEmpty());
    }

    void interruptingStopsAndKeeps()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        server.enqueue(Script::response(200, "{\"data\":[{\"id\":\"scripted-small\"}]}"));
        server.enqueue(endlessAnswer());
        QProcess process;
        m_program.start(process, QStringList{u"chat"_s, u"interrupt me"_s} + at(server));
        QByteArray output;
        QVERIFY(
            QTest::qWaitFor([&] { return (output += process.readAllStandardOutput()).contains("word5 "); }, 30'000));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30'000));
        QCOMPARE(process.exitCode(), 130);
        const auto rows = CommandLine::objects(m_program.run({u"chats"_s, u"list"_s, u"--json"_s}).output);
        const QJsonArray messages = messagesOf(rows.first()[u"id"].toString());
        QCOMPARE(messages.last()[u"state"].toString(), u"stopped"_s);
        QVERIFY(messages.last()[u"text"].toString().contains(u"word5"));
    }

    /// What was kept of an answer stays, and the answer is known to be interrupted.
    void killingInTheMiddleOfAnAnswerLosesNothing()
    {
        const int rounds = qEnvironmentVariableIsSet("QUINTET_TEST_LONG") ? 50 : 4;
        for (int round = 0; round < rounds; ++round) {
            ScriptedServer server;
            const ScriptedModel model(server);
            server.enqueue(Script::response(200, "{\"data\":[{\"id\":\"scripted-small\"}]}"));
            server.enqueue(endlessAnswer());
            QProcess process;
            m_program.start(process, QStringList{u"chat"_s, u"round %1"_s.arg(round), u"--json"_s} + at(server));
            QString seen;
            QVERIFY(QTest::qWaitFor(
                [&] {
                    seen = lastAnswer(u"round %1"_s.arg(round));
                    return seen.contains(u"word1 ");
                },
                60'000));
            QTest::qWait(int(QRandomGenerator::global()->bounded(300)));
            process.kill();
            process.waitForFinished();
            const auto rows = CommandLine::objects(m_program.run({u"chats"_s, u"list"_s, u"--json"_s}).output);
            QCOMPARE(rows.first()[u"title"].toString(), u"round %1"_s.arg(round));
            const QJsonArray messages = messagesOf(rows.first()[u"id"].toString());
            QCOMPARE(messages.size(), 2);
            QCOMPARE(messages[0][u"text"].toString(), u"round %1"_s.arg(round));
            QCOMPARE(messages[1][u"state"].toString(), u"interrupted"_s);
            QVERIFY(messages[1][u"text"].toString().startsWith(seen));
        }
    }
};

QTEST_GUILESS_MAIN(TestChatCommands)
#include "tst_chatcommands.moc"
