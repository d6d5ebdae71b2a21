// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "support/scriptedmodel.h"
#include "ui/chat/chatoptions.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/chattab.h"
#include "ui/chat/composer.h"
#include "ui/chat/list/conversationlistpane.h"
#include "ui/models/modelsession.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

/// The tab on real services in a folder, as the program has it, asking a scripted server.
class Fixture final {
public:
    explicit Fixture(const QString &folder, const ScriptedServer *server = nullptr) : paths(*preparePaths(folder))
    {
        engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
        if (server) {
            llm::EndpointRegistry registry(paths.settingsFile);
            const auto put = registry.put({.name = u"Scripted"_s,
                                           .baseUrl = server->url(u"/v1"_s),
                                           .model = u"scripted-small"_s,
                                           .keyVariable = u"QUINTET_TEST_KEY"_s,
                                           .retries = 0});
            QVERIFY(put && registry.setDefault(u"Scripted"_s));
        }
        session = std::make_unique<ChatSession>(ChatServices{
            engine, services->responder(), services->attachments(), services->attachmentStore(),
            services->conversations(), services->chatSearch(), services->prompts(), services->collections(), paths});
        models = std::make_unique<ModelSession>(ModelServices{engine, services->catalog(), services->prices(), paths});
        tab = std::make_unique<ChatTab>(*session, *models);
        tab->resize(1200, 800);
        tab->show();
        tab->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(tab.get()));
    }

    ~Fixture()
    {
        session->saveNow();
        tab.reset();
        models.reset();
        session.reset();
        QVERIFY(engine.waitForCalls(std::chrono::seconds(5)));
        engine.runAndWait([this] { services.reset(); });
    }

    template<typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = tab->findChild<Widget *>(QLatin1StringView(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }

    QPlainTextEdit *message() const { return find<QPlainTextEdit>("message"); }
    Transcript *transcript() const { return tab->pane()->transcript(); }
    void click(const char *button) const { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }
    void say(const QString &text) const
    {
        QTest::keyClicks(message(), text);
        QTest::keyClick(message(), Qt::Key_Return);
    }
    const chat::Conversation &conversation() const { return session->current().conversation(); }
    QString last() const { return conversation().path().empty() ? QString() : conversation().path().back()->text; }
    bool isIdle() const { return !session->current().isRunning(); }
    QListView *list() const { return find<QListView>("conversations"); }
    QString listed(int row) const { return list()->model()->index(row, 0).data().toString(); }

    Paths paths;
    EngineThread engine;
    std::unique_ptr<Services> services;
    std::unique_ptr<ChatSession> session;
    std::unique_ptr<ModelSession> models;
    std::unique_ptr<ChatTab> tab;
};

QJsonArray told(const ScriptedServer &server)
{
    return QJsonDocument::fromJson(server.received().back().body).object()[u"messages"].toArray();
}

Script slowAnswer()
{
    Script script = Script::eventStream();
    for (int i = 0; i < 3000; ++i) {
        script.event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word" + QByteArray::number(i) + " \"}}]}")
            .wait(std::chrono::milliseconds(5));
    }
    return script;
}

} // namespace

class TestChatTab final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("QUINTET_TEST_KEY", "sk-test");
        new Theme(this);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsTypedIsAnsweredAndListed()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"one two three"_s);
        QTRY_COMPARE(fixture.last().trimmed(), ScriptedModel::answerTo(u"one two three"_s));
        QTRY_VERIFY(fixture.isIdle());
        QVERIFY(fixture.message()->toPlainText().isEmpty());
        QCOMPARE(fixture.transcript()->count(), 2);
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 1);
        // The model gave it a title: what it says to everything.
        QTRY_VERIFY(fixture.listed(0).contains(u"reversed"));
    }

    void anEditedQuestionIsAnotherVersion()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"first"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        QTest::keyClick(fixture.message(), Qt::Key_Up);
        QCOMPARE(fixture.message()->toPlainText(), u"first"_s);
        fixture.say(u" changed"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.last().contains(u"changed"));
        QCOMPARE(fixture.conversation().siblings(fixture.conversation().path().front()->id).size(), size_t(2));
        const QString second = fixture.conversation().path().front()->id.value;
        Q_EMIT fixture.transcript()->actionChosen(second, u"previous"_s);
        QCOMPARE(fixture.conversation().path().front()->text, u"first"_s);
        QCOMPARE(fixture.transcript()->count(), 2);
    }

    void leavingAnEditBringsTheDraftBack()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"first"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        QTest::keyClicks(fixture.message(), u"half a thought"_s);
        Q_EMIT fixture.transcript()->actionChosen(fixture.conversation().path().front()->id.value, u"edit"_s);
        QCOMPARE(fixture.message()->toPlainText(), u"first"_s);
        QTest::keyClick(fixture.message(), Qt::Key_Escape);
        QCOMPARE(fixture.message()->toPlainText(), u"half a thought"_s);
        QCOMPARE(fixture.conversation().messages().size(), size_t(2));
    }

    void escapeStopsAndWhatCameStays()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        server.on("/v1/chat/completions", [](const Received &) { return slowAnswer(); });
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"go"_s);
        QTRY_VERIFY(fixture.last().contains(u"word3 "));
        QTest::keyClick(fixture.message(), Qt::Key_Escape);
        QTRY_VERIFY(fixture.isIdle());
        QCOMPARE(fixture.conversation().path().back()->state, chat::MessageState::Stopped);
        QVERIFY(fixture.last().contains(u"word3 "));
    }

    void whatIsSentDuringAnAnswerWaitsAndCanBeTakenBack()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        server.on("/v1/chat/completions", [](const Received &) { return slowAnswer(); });
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"go"_s);
        QTRY_VERIFY(fixture.last().contains(u"word1 "));
        fixture.say(u"and then"_s);
        fixture.say(u"and last"_s);
        QCOMPARE(fixture.session->current().queue().size(), size_t(2));
        fixture.click("queued1");
        QCOMPARE(fixture.message()->toPlainText(), u"and last"_s);
        QCOMPARE(fixture.session->current().queue().size(), size_t(1));
        QTest::keyClick(fixture.message(), Qt::Key_Escape);
        QTRY_VERIFY(fixture.isIdle());
        // After a stop nothing is sent by itself; it is still there.
        QCOMPARE(fixture.session->current().queue().size(), size_t(1));
        QCOMPARE(fixture.conversation().path().size(), size_t(2));
    }

    void theQueueIsSentWhenTheAnswerIsThere()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"one"_s);
        fixture.say(u"two"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 4);
        QVERIFY(fixture.last().contains(u"two"));
        QVERIFY(fixture.session->current().queue().empty());
    }

    void draftsAndConversationsComeBackAfterARestart()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        QString id;
        {
            const Fixture fixture(m_folder->path(), &server);
            fixture.say(u"remember me"_s);
            QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
            QTest::keyClicks(fixture.message(), u"half a thought"_s);
            id = fixture.conversation().id().value;
        }
        const Fixture fixture(m_folder->path(), &server);
        QTRY_COMPARE(fixture.conversation().id().value, id);
        QTRY_COMPARE(fixture.message()->toPlainText(), u"half a thought"_s);
        QCOMPARE(fixture.transcript()->count(), 2);
    }

    void aDraftOfANewConversationComesBack()
    {
        {
            const Fixture fixture(m_folder->path());
            QTest::keyClicks(fixture.message(), u"never sent"_s);
        }
        const Fixture fixture(m_folder->path());
        QTRY_COMPARE(fixture.message()->toPlainText(), u"never sent"_s);
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 1); // so that it can be found again
    }

    void anAnswerGoesOnBehindAnotherConversation()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"first conversation"_s);
        const chat::ConversationId first = fixture.conversation().id();
        QTest::keyClick(fixture.message(), Qt::Key_N, Qt::ControlModifier);
        QVERIFY(fixture.conversation().id() != first);
        QVERIFY(fixture.conversation().isEmpty());
        fixture.say(u"second conversation"_s);
        QTRY_VERIFY(fixture.session->runningCount() == 0);
        fixture.session->open(first);
        QTRY_COMPARE(fixture.conversation().id(), first);
        QTRY_VERIFY(fixture.last().contains(u"conversation first"));
        QTRY_COMPARE(fixture.transcript()->count(), 2);
    }

    void attachedFilesAnswerWithoutAModel()
    {
        const QString path = m_folder->filePath(u"times.txt"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("The harbour opens at six in the morning.\n") > 0);
        file.close();
        const Fixture fixture(m_folder->path());
        auto *data = new QMimeData;
        data->setUrls({QUrl::fromLocalFile(path)});
        QGuiApplication::clipboard()->setMimeData(data);
        QTest::keyClick(fixture.message(), Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(!fixture.session->current().files().empty() && !fixture.session->current().isReadingFiles());
        fixture.say(u"When does the harbour open?"_s);
        QTRY_VERIFY(fixture.last().contains(u"The harbour opens at six in the morning. [1]"));
        QTRY_VERIFY(fixture.isIdle());
        QSignalSpy asked(fixture.tab.get(), &ChatTab::sourceAsked);
        Q_EMIT fixture.transcript()->citationActivated(fixture.conversation().path().back()->id.value, u"1"_s);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().value<chat::Citation>().document, path);
    }

    void aFileThatCannotBeReadSaysSoAndCanBeRemoved()
    {
        const Fixture fixture(m_folder->path());
        fixture.session->current().addFiles({m_folder->filePath(u"nosuch.txt"_s)});
        QTRY_VERIFY(!fixture.session->current().isReadingFiles());
        QVERIFY(fixture.session->current().files().front().error);
        auto *chip = fixture.find<QAbstractButton>("attachment1");
        QVERIFY(chip->toolTip().contains(u"nosuch.txt"));
        QTest::keyClick(chip, Qt::Key_Delete);
        QVERIFY(fixture.session->current().files().empty());
    }

    void aFailureStandsInItsPlaceAndCanBeTriedAgain()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        server.enqueue(Script::response(200, "{\"data\":[{\"id\":\"scripted-small\"}]}"));
        const Fixture fixture(m_folder->path(), &server);
        bool isBroken = true;
        server.on("/v1/chat/completions", [&isBroken](const Received &) {
            return isBroken ? Script::response(500, "{\"error\":{\"message\":\"out of order\"}}") : slowAnswer();
        });
        fixture.say(u"hello"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        const chat::Message *answer = fixture.conversation().path().back();
        QCOMPARE(answer->state, chat::MessageState::Failed);
        QVERIFY(answer->failure->message.contains(u"out of order"));
        isBroken = false;
        Q_EMIT fixture.transcript()->errorActionChosen(answer->id.value);
        QTRY_VERIFY(fixture.last().contains(u"word1 "));
        QCOMPARE(fixture.conversation().siblings(fixture.conversation().path().back()->id).size(), size_t(2));
        fixture.session->current().stop();
        QTRY_VERIFY(fixture.isIdle());
    }

    void aRemovedMessageComesBackByUndo()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"hello"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        Q_EMIT fixture.transcript()->actionChosen(fixture.conversation().path().back()->id.value, u"remove"_s);
        QCOMPARE(fixture.transcript()->count(), 1);
        fixture.click("messageUndoAction");
        QCOMPARE(fixture.transcript()->count(), 2);
    }

    void aRemovedConversationComesBackByUndo()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"hello"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.list()->model()->rowCount() == 1);
        QTRY_VERIFY(fixture.list()->currentIndex().isValid());
        QTest::keyClick(fixture.list(), Qt::Key_Delete);
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 0);
        QVERIFY(fixture.conversation().isEmpty());
        fixture.click("conversationUndoAction");
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 1);
    }

    void theSearchFindsWhatWasSaidAndOpensIt()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"the zanzibar question"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        const chat::ConversationId first = fixture.conversation().id();
        QTest::keyClick(fixture.message(), Qt::Key_N, Qt::ControlModifier);
        fixture.say(u"something else"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.list()->model()->rowCount() == 2);
        auto *search = fixture.find<QLineEdit>("conversationSearch");
        QTest::keyClick(fixture.message(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, u"zanzib"_s);
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE(fixture.conversation().id(), first);
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 2);
    }

    void optionsShapeTheRequest()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.click("chatOptions");
        QTest::keyClicks(fixture.find<QPlainTextEdit>("systemPrompt"), u"Be brief."_s);
        fixture.find<QDoubleSpinBox>("temperature")->setValue(0.3);
        fixture.find<QCheckBox>("jsonMode")->click();
        fixture.message()->setFocus();
        fixture.say(u"hello"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        const auto first =
            std::ranges::find_if(server.received(), [](const Received &request) { return request.method == "POST"; });
        const QJsonObject body = QJsonDocument::fromJson(first->body).object();
        QCOMPARE(body[u"temperature"].toDouble(), 0.3);
        QCOMPARE(body[u"response_format"][u"type"].toString(), u"json_object"_s);
        QVERIFY(body[u"messages"][0][u"content"].toString().startsWith(u"Be brief."));
    }

    void aTemporaryChatIsNeverListed()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        QTest::keyClick(fixture.message(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(fixture.session->current().isTemporary());
        fixture.say(u"secret"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        QVERIFY(!fixture.services->conversations().load(fixture.conversation().id()));
        fixture.click("keepTemporary");
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 1);
    }

    void promptsAreTakenBySlash()
    {
        const Fixture fixture(m_folder->path());
        fixture.session->keepPrompts({{u"greet"_s, u"Say hello on {{date}}."_s}, {u"grumble"_s, u"Grumble."_s}});
        QTRY_COMPARE(fixture.session->prompts().size(), size_t(2));
        QTest::keyClicks(fixture.message(), u"/gru"_s);
        auto *offered = fixture.message()->parentWidget()->findChild<QCompleter *>()->popup();
        QTRY_VERIFY(offered->isVisible());
        QTest::keyClick(offered, Qt::Key_Return); // which has the keyboard
        QTRY_COMPARE(fixture.message()->toPlainText(), u"Grumble."_s);
        QVERIFY(fixture.conversation().isEmpty());
    }

    void anotherProcessAddsToWhatIsShown()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"hello"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        QTRY_VERIFY(fixture.session->current().isSettled());
        auto database = store::Database::open(fixture.paths.database(), store::mainSchema()).value();
        chat::ConversationStore other(*database);
        chat::Conversation there = other.load(fixture.conversation().id()).value();
        chat::Message message;
        message.id = chat::MessageId::make();
        message.parent = there.head();
        message.text = u"from elsewhere"_s;
        message.time = QDateTime::currentDateTimeUtc();
        there.apply(chat::MessageAdded{message});
        other.write(there, chat::MessageAdded{message}).waitForFinished();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.last(), u"from elsewhere"_s, 10'000);
        QTRY_COMPARE(fixture.transcript()->count(), 3);
    }

    void theLastAnswerIsCopiedAndAskedForAgainByKeys()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"hello"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        QTest::keyClick(fixture.message(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"reversed: hello"));
        QTest::keyClick(fixture.message(), Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().messages().size() == 3);
    }

    void aForkIsAConversationOfItsOwn()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        const Fixture fixture(m_folder->path(), &server);
        fixture.say(u"one"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 2);
        fixture.say(u"two"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 4);
        const chat::ConversationId first = fixture.conversation().id();
        Q_EMIT fixture.transcript()->actionChosen(fixture.conversation().path()[1]->id.value, u"fork"_s);
        QVERIFY(fixture.conversation().id() != first);
        QCOMPARE(fixture.conversation().path().size(), size_t(2));
        QTRY_COMPARE(fixture.list()->model()->rowCount(), 2);
        fixture.say(u"three"_s);
        QTRY_VERIFY(fixture.isIdle() && fixture.conversation().path().size() == 4);
        QCOMPARE(told(server).size(), 3);
        QCOMPARE(fixture.services->conversations().load(first)->path().size(), size_t(4));
    }
};

QTEST_MAIN(TestChatTab)
#include "tst_chattab.moc"
