// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/attachmentstore.h"
#include "chat/store/chatsearchstore.h"
#include "chat/store/promptstore.h"
#include "store/process.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace quintet;
using namespace quintet::chat;
using namespace Qt::StringLiterals;

namespace {

Message said(const QString &parent, const QString &text, llm::Role role = llm::Role::User)
{
    Message message;
    message.id = MessageId::make();
    message.parent = {parent};
    message.role = role;
    message.text = text;
    message.time = QDateTime::fromMSecsSinceEpoch(1'800'000'000'000, QTimeZone::UTC);
    return message;
}

} // namespace

class TestConversationStore final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;

    /// Keeps a conversation of these messages, one after the other.
    Conversation keep(const QString &title, const std::vector<Message> &messages)
    {
        ConversationStore store(*m_database);
        Conversation conversation(ConversationId::make());
        std::vector<ConversationEvent> events{TitleSet{title}};
        MessageId before;
        for (Message message : messages) {
            message.parent = before;
            before = message.id;
            events.emplace_back(MessageAdded{message});
        }
        for (const ConversationEvent &event : events) {
            conversation.apply(event);
            auto written = store.write(conversation, event);
            written.waitForFinished();
            if (!written.result())
                qFatal("%s", qPrintable(written.result().error().message));
        }
        return conversation;
    }

    std::vector<ChatHit> search(const QString &typed) const
    {
        return ChatSearchStore(*m_database).search(parseSearch(typed), 50).value();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = store::Database::open(m_folder->filePath(u"quintet.db"_s), store::mainSchema()).value();
    }

    void cleanup()
    {
        m_database.reset();
        m_folder.reset();
    }

    void aConversationComesBackAsItWas()
    {
        ConversationStore store(*m_database);
        Conversation conversation(ConversationId::make());
        Message question = said({}, u"What is \U0001F600?"_s);
        question.attachments = {{u"abc"_s, u"a.txt"_s, u"/a.txt"_s, u"text/plain"_s, 12}};
        Message answer = said(question.id.value, {}, llm::Role::Assistant);
        answer.state = MessageState::Running;
        Message whole = answer;
        whole.text = u"A **smile** [1]."_s;
        whole.reasoning = u"Hm."_s;
        whole.thinking = {{u"Hm."_s, u"sig"_s, {}}};
        whole.state = MessageState::Failed;
        whole.failure = Failure{ErrorKind::Network, u"The server hung up."_s};
        whole.notes = {u"a.txt was searched."_s};
        whole.citations = {{u"1"_s, u"/a.txt"_s, u"a.txt"_s, u"p. 2"_s, 2, 4, 9, u"smile"_s}};
        whole.facts.model = u"m"_s;
        whole.facts.cost = usage::Money{1500};
        whole.facts.usage.prompt = 7;
        whole.facts.firstTokenTime = std::chrono::milliseconds(240);
        const Message other = said(question.id.value, u"Another."_s, llm::Role::Assistant);
        Settings settings;
        settings.system = u"Be brief."_s;
        settings.parameters.temperature = 0.2;
        settings.json = true;
        settings.collections = {u"Handbook"_s};
        for (const ConversationEvent &event : std::vector<ConversationEvent>{
                 MessageAdded{question}, MessageAdded{answer}, AnswerGrew{answer.id, llm::TextDelta{u"A"_s}},
                 AnswerEnded{whole}, MessageAdded{other}, BranchChosen{whole.id}, TitleSet{u"Smiles"_s, true},
                 SettingsSet{settings}, RemovedSet{other.id}, Condensed{question.id, u"Asked about smiles."_s}}) {
            conversation.apply(event);
            store.write(conversation, event).waitForFinished();
        }
        const auto loaded = store.load(conversation.id());
        QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
        QVERIFY(*loaded == conversation);
    }

    void progressIsKeptWhileAnAnswerRuns()
    {
        ConversationStore store(*m_database);
        Message answer = said({}, {}, llm::Role::Assistant);
        answer.state = MessageState::Running;
        const Conversation conversation = keep(u"t"_s, {answer});
        answer.text = u"as far as it came"_s;
        store.writeProgress(answer).waitForFinished();
        QCOMPARE(store.load(conversation.id())->messages().front().text, u"as far as it came"_s);
        QCOMPARE(store.load(conversation.id())->messages().front().state, MessageState::Running);
    }

    void anAnswerOfAProcessThatIsGoneIsInterrupted()
    {
        ConversationStore store(*m_database);
        Message answer = said({}, u"half"_s, llm::Role::Assistant);
        answer.state = MessageState::Running;
        const Conversation conversation = keep(u"t"_s, {answer});
        const store::ProcessIdentity self = store::thisProcess();
        const QString gone = u"{\"host\":\"%1\",\"pid\":%2,\"start\":1}"_s.arg(self.host).arg(self.pid);
        m_database->writer()
            .write([gone](store::Connection &connection) {
                return connection.execute(u"UPDATE message SET worker = ?"_s, {gone});
            })
            .waitForFinished();
        QCOMPARE(store.load(conversation.id())->messages().front().state, MessageState::Interrupted);
        QCOMPARE(store.load(conversation.id())->messages().front().text, u"half"_s);
    }

    void theListHasPinnedOnesFirst()
    {
        ConversationStore store(*m_database);
        const Conversation one = keep(u"one"_s, {said({}, u"x"_s)});
        QTest::qWait(2); // the list goes by the millisecond
        const Conversation two = keep(u"two"_s, {said({}, u"x"_s), said({}, u"y"_s)});
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QCOMPARE(store.list({}, 0, 10)->front().title, u"two"_s);
        QCOMPARE(store.list({}, 0, 10)->front().messages, 2);
        store.place(one.id(), {.folder = u"Work"_s, .tags = {{u"a"_s, u"b"_s}}, .pinned = true}, now).waitForFinished();
        QCOMPARE(store.list({}, 0, 10)->front().title, u"one"_s);
        QCOMPARE(store.list({.folder = u"Work"_s, .tag = u"b"_s}, 0, 10)->size(), size_t(1));
        QCOMPARE(store.list({.folder = u""_s}, 0, 10)->front().title, u"two"_s);
        QCOMPARE(store.folders().value(), QStringList{u"Work"_s});
        QCOMPARE(store.tags().value(), (QStringList{u"a"_s, u"b"_s}));
        store.place(two.id(), {.archived = true}, now).waitForFinished();
        QCOMPARE(store.count({}).value(), 1);
        QCOMPARE(store.list({.folder = {}, .tag = {}, .archived = true}, 0, 10)->size(), size_t(1));
        QCOMPARE(store.list({}, 1, 10)->size(), size_t(0));
    }

    void whatIsRemovedCanBeTakenBackUntilItIsPurged()
    {
        ConversationStore store(*m_database);
        AttachmentStore attachments(*m_database);
        Message question = said({}, u"look"_s);
        question.attachments = {{u"h"_s, u"a.txt"_s, {}, u"text/plain"_s, 1}};
        document::Document document;
        document.text = u"Hello."_s;
        document.characters = 6;
        attachments.put(u"h"_s, {document, {}}).waitForFinished();
        const Conversation conversation = keep(u"t"_s, {question});
        const QDateTime now = QDateTime::currentDateTimeUtc();
        store.place(conversation.id(), {.removed = true}, now).waitForFinished();
        QCOMPARE(store.count({}).value(), 0);
        QVERIFY(search(u"look"_s).empty());
        store.purge(now.addSecs(-60)).waitForFinished();
        store.place(conversation.id(), {.removed = false}, now).waitForFinished();
        QCOMPARE(search(u"look"_s).size(), size_t(1));
        QCOMPARE(attachments.find(question.attachments[0])->document.text, u"Hello."_s);
        store.place(conversation.id(), {.removed = true}, now).waitForFinished();
        store.purge(now.addSecs(1)).waitForFinished();
        QVERIFY(!store.load(conversation.id()));
        QVERIFY(!attachments.find(question.attachments[0]));
    }

    void draftsComeBack()
    {
        ConversationStore store(*m_database);
        const Conversation conversation = keep(u"t"_s, {said({}, u"x"_s)});
        store.writeDraft(conversation.id(), u"{\"text\":\"half a thought\"}"_s).waitForFinished();
        QCOMPARE(store.draft(conversation.id()).value(), u"{\"text\":\"half a thought\"}"_s);
    }

    void aBeginningOfAnIdIsEnough()
    {
        ConversationStore store(*m_database);
        const Conversation one = keep(u"one"_s, {said({}, u"x"_s)});
        const Conversation two = keep(u"two"_s, {said({}, u"x"_s)});
        QCOMPARE(store.find(one.id().value).value(), one.id());
        QCOMPARE(store.find(one.id().value.left(4)).error().kind, ErrorKind::BadInput); // the time, which both share
        QCOMPARE(store.find(u"zzz"_s).error().kind, ErrorKind::BadInput);
        QCOMPARE(store.find({}).error().kind, ErrorKind::BadInput);
    }

    void wordsAreFoundInEveryScript_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("found");
        QTest::addRow("word") << u"harbour"_s << true;
        QTest::addRow("beginning") << u"harb"_s << true;
        QTest::addRow("case and accents") << u"CAFE"_s << true;
        QTest::addRow("phrase") << u"\"old harbour\""_s << true;
        QTest::addRow("phrase in another order") << u"\"harbour old\""_s << false;
        QTest::addRow("two words, any order") << u"harbour old"_s << true;
        QTest::addRow("chinese") << u"退款"_s << true;
        QTest::addRow("chinese, several") << u"退款政策"_s << true;
        QTest::addRow("russian") << u"гавань"_s << true;
        QTest::addRow("absent") << u"airport"_s << false;
        QTest::addRow("title") << u"journey"_s << true;
        QTest::addRow("operators are words") << u"harbour AND NOT ( * ^ NEAR"_s << false;
        QTest::addRow("marks alone") << u"\" * ( ^ '"_s << false;
        QTest::addRow("model") << u"harbour model:small"_s << true;
        QTest::addRow("other model") << u"harbour model:large"_s << false;
        QTest::addRow("before") << u"harbour before:2020-01-01"_s << false;
        QTest::addRow("after") << u"harbour after:2020-01-01"_s << true;
        QTest::addRow("in a folder") << u"in:work"_s << true;
        QTest::addRow("in another") << u"harbour in:home"_s << false;
    }

    void wordsAreFoundInEveryScript()
    {
        QFETCH(QString, typed);
        QFETCH(bool, found);
        Message message =
            said({}, u"The old harbour café. 我们的退款政策很清楚。 Старая гавань."_s, llm::Role::Assistant);
        message.facts.model = u"scripted-small"_s;
        const Conversation conversation = keep(u"A journey"_s, {message});
        ConversationStore(*m_database)
            .place(conversation.id(), {.folder = u"Work"_s}, QDateTime::currentDateTimeUtc())
            .waitForFinished();
        QCOMPARE(!search(typed).empty(), found);
    }

    void aHitShowsWhereItStands()
    {
        keep(u"t"_s, {said({}, u"before "_s.repeated(40) + u"needle"_s + u" after"_s.repeated(60))});
        const auto hits = search(u"needle"_s);
        QCOMPARE(hits.size(), size_t(1));
        QVERIFY2(hits[0].snippet.contains(u"needle"), qPrintable(hits[0].snippet));
        QVERIFY(hits[0].snippet.size() < 200);
        QVERIFY(hits[0].snippet.startsWith(u'…') && hits[0].snippet.endsWith(u'…'));
    }

    void anEditedAnswerIsFoundByItsNewWords()
    {
        ConversationStore store(*m_database);
        Message answer = said({}, u"first"_s, llm::Role::Assistant);
        Conversation conversation = keep(u"t"_s, {answer});
        answer.text = u"second"_s;
        conversation.apply(AnswerEnded{answer});
        store.write(conversation, AnswerEnded{answer}).waitForFinished();
        QVERIFY(search(u"first"_s).empty());
        QCOMPARE(search(u"second"_s).size(), size_t(1));
    }

    void twoProcessesAddToOneConversation()
    {
        ConversationStore store(*m_database);
        const Message question = said({}, u"q"_s);
        Conversation here = keep(u"t"_s, {question});
        auto otherDatabase = store::Database::open(m_database->path(), store::mainSchema()).value();
        ConversationStore other(*otherDatabase);
        Conversation there = other.load(here.id()).value();
        const MessageAdded mine{said(question.id.value, u"mine"_s)};
        const MessageAdded theirs{said(question.id.value, u"theirs"_s)};
        here.apply(mine);
        there.apply(theirs);
        store.write(here, mine).waitForFinished();
        other.write(there, theirs).waitForFinished();
        const Conversation both = store.load(here.id()).value();
        QCOMPARE(both.siblings(mine.message.id).size(), size_t(2));
        QCOMPARE(both.head(), theirs.message.id);
    }

    void whatIsOldInACopyOverwritesNothing()
    {
        ConversationStore store(*m_database);
        Conversation here = keep(u"t"_s, {said({}, u"q"_s)});
        Conversation old = here;
        const MessageAdded added{said(here.head().value, u"more"_s)};
        here.apply(added);
        store.write(here, added).waitForFinished();
        store.rename(here.id(), u"By hand"_s).waitForFinished();
        Settings settings;
        settings.system = u"S"_s;
        old.apply(SettingsSet{settings});
        store.write(old, SettingsSet{settings}).waitForFinished();
        const Conversation kept = store.load(here.id()).value();
        QCOMPARE(kept.title(), u"By hand"_s);
        QCOMPARE(kept.head(), added.message.id);
        QCOMPARE(kept.settings().system, u"S"_s);
        QCOMPARE(store.row(here.id())->messages, 2);
    }

    void importingAgainAddsWhatIsNewAndChangesNothingElse()
    {
        ConversationStore store(*m_database);
        Message first = said({}, u"original words"_s);
        const Conversation conversation = keep(u"t"_s, {first});
        store.place(conversation.id(), {.folder = u"Mine"_s}, QDateTime::currentDateTimeUtc()).waitForFinished();
        const Message second = said(first.id.value, u"a later answer"_s, llm::Role::Assistant);
        Message changed = first;
        changed.text = u"other words"_s;
        store
            .writeWhole(Conversation(conversation.id(), {changed, second}, second.id), {.folder = u"Theirs"_s},
                        QDateTime::currentDateTimeUtc())
            .waitForFinished();
        const Conversation both = store.load(conversation.id()).value();
        QCOMPARE(both.path().size(), size_t(2));
        QCOMPARE(both.path().front()->text, u"original words"_s);
        QCOMPARE(store.row(conversation.id())->folder, u"Mine"_s);
        QCOMPARE(search(u"original"_s).size(), size_t(1));
        QVERIFY(search(u"other"_s).empty());
    }

    void aDraftsAttachmentOutlivesAPurge()
    {
        AttachmentStore attachments(*m_database);
        document::Document document;
        document.text = u"Hello."_s;
        document.characters = 6;
        attachments.put(u"h"_s, {document, {}}).waitForFinished();
        ConversationStore(*m_database).purge(QDateTime::currentDateTimeUtc().addDays(-30)).waitForFinished();
        QVERIFY(attachments.find({u"h"_s, u"a.txt"_s, {}, u"text/plain"_s, 1}));
    }

    void promptsAndPresetsAreKept()
    {
        PromptStore store(*m_database);
        store.put({{u"b"_s, u"B"_s}, {u"a"_s, u"A"_s}}).waitForFinished();
        store.put({{u"a"_s, u"A2"_s}}).waitForFinished();
        QCOMPARE(store.prompts()->size(), size_t(2));
        QCOMPARE(store.prompts()->front().text, u"A2"_s);
        store.removePrompt(u"a"_s).waitForFinished();
        QCOMPARE(store.prompts()->size(), size_t(1));
        const Preset preset{u"Strict"_s, {.system = u"Be strict."_s, .parameters = {}}};
        store.put(preset).waitForFinished();
        QVERIFY(store.presets().value() == std::vector{preset});
    }
};

QTEST_GUILESS_MAIN(TestConversationStore)
#include "tst_conversationstore.moc"
