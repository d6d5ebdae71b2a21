// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answering/responder.h"
#include "document/extraction/fileextractor.h"
#include "store/database.h"
#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedmodel.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::chat;
using namespace quintet::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Collections that hold one passage.
class OnePassage final : public PassageSource {
public:
    Task<Result<QStringList>> collections() override { co_return QStringList{u"Handbook"_s}; }

    Task<Result<std::vector<Passage>>> find(QString question, QStringList, int, CancelToken) override
    {
        asked = question;
        co_return std::vector<Passage>{
            {u"Refunds are paid within 14 days."_s,
             {.document = u"/h.pdf"_s, .title = u"h.pdf"_s, .place = u"p. 2"_s, .page = 2, .start = 100, .end = 132}}};
    }

    QString asked;
};

struct ChatHouse : House {
    ChatHouse() { facts.context = 100'000; }

    std::unique_ptr<store::Database> database =
        store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()).value();
    ConversationStore conversations{*database};
    AttachmentStore contents{*database};
    document::FileExtractor extractor;
    Attachments attachments{extractor, contents};
    OnePassage collections;
    Responder responder{{gateway, catalog, attachments, collections, prices}, conversations, clock};
    Conversation conversation{ConversationId::make()};
    std::vector<ConversationEvent> told;

    MessageId say(const QString &text, std::vector<Attachment> attached = {})
    {
        Message message;
        message.id = MessageId::make();
        message.parent = conversation.head();
        message.text = text;
        message.time = clock.now();
        message.attachments = std::move(attached);
        const MessageAdded added{message};
        conversation.apply(added);
        conversations.write(conversation, added).waitForFinished();
        return message.id;
    }

    Responder::Sink sink()
    {
        return [this](const ConversationEvent &event) {
            told.push_back(event);
            conversation.apply(event);
        };
    }

    Attachment attach(const QByteArray &bytes, const QString &name)
    {
        document::Source source;
        source.bytes = bytes;
        source.name = name;
        return resultOf(attachments.attach(source, false, {})).value();
    }

    Result<Answered> answer(const MessageId &question, const llm::Endpoint &endpoint, CancelToken token = {})
    {
        return resultOf(
            responder.answer({.conversation = conversation, .message = question, .endpoint = endpoint}, sink(), token));
    }

    Conversation kept()
    {
        // Whatever was asked for before is written before this.
        database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        return conversations.load(conversation.id()).value();
    }
};

llm::Endpoint at(const ScriptedServer &server)
{
    return {.name = u"scripted"_s, .baseUrl = server.url(u"/v1"_s), .model = u"scripted-small"_s, .retries = 0};
}

QString lastText(const ScriptedServer &server)
{
    const QJsonArray messages = QJsonDocument::fromJson(server.received().back().body).object()[u"messages"].toArray();
    return messages.last()[u"content"].toString();
}

Script words(const QStringList &words, const QString &reason)
{
    Script script = Script::eventStream();
    for (const QString &word : words) {
        const QJsonObject delta{{u"content"_s, word}};
        script.event(
            QJsonDocument(QJsonObject{{u"choices"_s, QJsonArray{QJsonObject{{u"index"_s, 0}, {u"delta"_s, delta}}}}})
                .toJson(QJsonDocument::Compact));
    }
    script.event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason.toUtf8() + "\"}]}");
    return script.event("[DONE]").end();
}

} // namespace

class TestResponder final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnswerIsToldAndKeptAlike()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        const auto answered = house.answer(house.say(u"one two"_s), at(server));
        QVERIFY(answered && !answered->error);
        QCOMPARE(answered->message.text.trimmed(), ScriptedModel::answerTo(u"one two"_s));
        QCOMPARE(answered->message.state, MessageState::Whole);
        QCOMPARE(answered->message.facts.model, u"scripted-small"_s);
        QVERIFY(house.kept() == house.conversation);
        // Folding what was told gives what was kept.
        QVERIFY(
            std::ranges::count_if(
                house.told, [](const ConversationEvent &event) { return std::holds_alternative<AnswerGrew>(event); })
            > 3);
    }

    void theWholeBranchIsToldToTheModel()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        QVERIFY(house.answer(house.say(u"first"_s), at(server)));
        QVERIFY(house.answer(house.say(u"second"_s), at(server)));
        const QJsonArray messages =
            QJsonDocument::fromJson(server.received().back().body).object()[u"messages"].toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[0][u"content"].toString(), u"first"_s);
        QCOMPARE(messages[1][u"role"].toString(), u"assistant"_s);
    }

    void whatArrivedBeforeAFaultIsKept()
    {
        ScriptedServer server;
        ChatHouse house;
        Script script = Script::eventStream();
        script.event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half an answer\"}}]}").close();
        server.enqueue(script);
        const auto answered = house.answer(house.say(u"go"_s), at(server));
        QVERIFY(answered && answered->error);
        QCOMPARE(answered->message.state, MessageState::Failed);
        QVERIFY(answered->message.text.startsWith(u"Half"));
        QVERIFY(!answered->message.failure->message.isEmpty());
        QVERIFY(house.kept() == house.conversation);
    }

    void stoppingKeepsWhatArrived()
    {
        ScriptedServer server;
        ChatHouse house;
        Script script = Script::eventStream();
        script.event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half\"}}]}").stall();
        server.enqueue(script);
        CancelSource source;
        const MessageId question = house.say(u"go"_s);
        auto task = house.responder.answer(
            {.conversation = house.conversation, .message = question, .endpoint = at(server)},
            [&](const ConversationEvent &event) {
                house.conversation.apply(event);
                if (std::holds_alternative<AnswerGrew>(event))
                    source.request_stop();
            },
            source.get_token());
        const auto answered = resultOf(std::move(task));
        QVERIFY(answered && answered->error);
        QCOMPARE(answered->error->kind, ErrorKind::Cancelled);
        QCOMPARE(answered->message.state, MessageState::Stopped);
        QCOMPARE(answered->message.text, u"Half"_s);
        QVERIFY(!answered->message.failure);
        QVERIFY(house.kept() == house.conversation);
    }

    void aCutOffAnswerGoesOnWhereItStopped()
    {
        ScriptedServer server;
        ChatHouse house;
        server.enqueue(words({u"The cat "_s, u"sat on "_s, u"the"_s}, u"length"_s));
        const auto first = house.answer(house.say(u"tell"_s), at(server));
        QVERIFY(first);
        QCOMPARE(first->message.state, MessageState::CutOff);
        server.enqueue(words({u"sat "_s, u"on the"_s, u" mat."_s}, u"stop"_s));
        const auto second = resultOf(house.responder.resume(
            {.conversation = house.conversation, .message = first->message.id, .endpoint = at(server)}, house.sink(),
            {}));
        QVERIFY(second && !second->error);
        QCOMPARE(second->message.text, u"The cat sat on the mat."_s);
        QCOMPARE(second->message.state, MessageState::Whole);
        QCOMPARE(second->message.id, first->message.id);
        QVERIFY(house.kept() == house.conversation);
    }

    void attachedTextIsToldWholeWhereItFits()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        const Attachment file = house.attach("The harbour opens at six.", u"times.txt"_s);
        QVERIFY(file.tokens > 0);
        QVERIFY(house.answer(house.say(u"When?"_s, {file}), at(server)));
        QVERIFY(lastText(server).contains(u"<document name=\"times.txt\">\nThe harbour opens at six."));
        QVERIFY(lastText(server).endsWith(u"When?"));
    }

    void whatIsNoFileIsRefusedAtOnce_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addRow("endless device") << u"/dev/zero"_s;
        QTest::addRow("folder") << QDir::tempPath();
        QTest::addRow("nothing") << u"/nowhere/at-all.txt"_s;
    }

    void whatIsNoFileIsRefusedAtOnce()
    {
        QFETCH(QString, path);
        ChatHouse house;
        document::Source source;
        source.path = path;
        const auto attached = resultOf(house.attachments.attach(source, false, {}));
        QVERIFY(!attached);
        QCOMPARE(attached.error().kind, ErrorKind::BadInput);
        QVERIFY(attached.error().message.contains(path));
    }

    void aFileThatDoesNotFitIsSearchedAndSaidSo()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        house.facts.context = 3000;
        QByteArray book;
        for (int i = 0; i < 2000; ++i)
            book += "Paragraph " + QByteArray::number(i) + " speaks of nothing in particular at some length.\n\n";
        book += "The treasure is buried under the lighthouse.\n";
        const Attachment file = house.attach(book, u"book.txt"_s);
        const auto answered = house.answer(house.say(u"Where is the treasure buried?"_s, {file}), at(server));
        QVERIFY2(answered, qPrintable(answered ? QString() : answered.error().message));
        QVERIFY(lastText(server).contains(u"buried under the lighthouse"));
        QVERIFY(lastText(server).contains(u"<passage number=\"1\" from=\"book.txt"));
        QVERIFY(lastText(server).size() < 12'000);
        QVERIFY(answered->message.notes.join(u'\n').contains(u"book.txt"));
    }

    void collectionsAreConsultedAndCited()
    {
        ScriptedServer server;
        ChatHouse house;
        Settings settings;
        settings.collections = {u"Handbook"_s};
        house.conversation.apply(SettingsSet{settings});
        server.enqueue(words({u"Within 14 days "_s, u"[1]."_s}, u"stop"_s));
        const auto answered = house.answer(house.say(u"When are refunds paid to customers?"_s), at(server));
        QVERIFY(answered);
        QCOMPARE(house.collections.asked, u"When are refunds paid to customers?"_s);
        QVERIFY(lastText(server).contains(u"from=\"h.pdf, p. 2\""));
        QCOMPARE(answered->message.citations.size(), size_t(1));
        QCOMPARE(answered->message.citations[0].page, std::optional(2));
    }

    void theBuiltInEngineQuotesWithPlaces()
    {
        ChatHouse house;
        Settings settings;
        settings.collections = {u"Handbook"_s};
        house.conversation.apply(SettingsSet{settings});
        const auto answered = house.answer(house.say(u"When are refunds paid?"_s), llm::builtinEndpoint());
        QVERIFY(answered && !answered->error);
        QCOMPARE(answered->message.text, u"Refunds are paid within 14 days. [1]"_s);
        QCOMPARE(answered->message.citations.size(), size_t(1));
        QCOMPARE(answered->message.citations[0].start, 100);
        QCOMPARE(answered->message.citations[0].end, 132);
    }

    void aFullContextIsCondensedAndSaidSo()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        QVERIFY(house.answer(house.say(u"remember the number seven"_s), at(server)));
        QVERIFY(house.answer(house.say(u"filler "_s.repeated(800)), at(server)));
        house.facts.context = 2400;
        const auto before = server.count("POST");
        const auto answered = house.answer(house.say(u"go on"_s), at(server));
        QVERIFY2(answered || answered.error().kind == ErrorKind::ContextTooLong,
                 qPrintable(answered ? QString() : answered.error().message));
        QVERIFY(server.count("POST") > before);
        QVERIFY(std::ranges::any_of(
            house.told, [](const ConversationEvent &event) { return std::holds_alternative<Condensed>(event); }));
        QVERIFY(house.kept() == house.conversation);
    }

    void whatIsTooLongAloneIsRefusedBeforeItIsSent()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        house.facts.context = 500;
        const auto answered = house.answer(house.say(u"word "_s.repeated(2000)), at(server));
        QVERIFY(!answered);
        QCOMPARE(answered.error().kind, ErrorKind::ContextTooLong);
        QCOMPARE(server.count("POST"), 0);
    }

    void aTemporaryConversationLeavesNothingOnDisk()
    {
        ScriptedServer server;
        ScriptedModel model(server);
        ChatHouse house;
        document::Source source;
        source.bytes = "A secret recipe with nutmeg.";
        source.name = u"recipe.txt"_s;
        const Attachment file = resultOf(house.attachments.attach(source, true, {})).value();
        Message message;
        message.id = MessageId::make();
        message.text = u"What spice?"_s;
        message.attachments = {file};
        house.conversation.apply(MessageAdded{message});
        const auto answered = resultOf(house.responder.answer(
            {.conversation = house.conversation, .message = message.id, .endpoint = at(server), .isTemporary = true},
            house.sink(), {}));
        QVERIFY(answered && !answered->error);
        QVERIFY(lastText(server).contains(u"nutmeg"));
        QVERIFY(!house.conversations.load(house.conversation.id()));
        const QString path = house.database->path();
        house.database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        for (const QString &ending : {QString(), u"-wal"_s}) {
            QFile database(path + ending);
            if (database.open(QIODevice::ReadOnly))
                QVERIFY(!database.readAll().contains("nutmeg"));
        }
    }

    void aTitleComesFromTheModelElseFromTheWords()
    {
        ScriptedServer server;
        ChatHouse house;
        server.enqueue(words({u"Hello."_s}, u"stop"_s));
        const MessageId question = house.say(u"Tell me about the trip to Lisbon"_s);
        QVERIFY(house.answer(question, at(server)));
        server.enqueue(words({u"\"Lisbon trip\""_s}, u"stop"_s));
        const Ask ask{.conversation = house.conversation, .message = question, .endpoint = at(server)};
        resultOf(house.responder.giveTitle(ask, house.sink(), {}));
        QCOMPARE(house.conversation.title(), u"Lisbon trip"_s);
        server.enqueue(Script::response(500, "{}"));
        resultOf(house.responder.giveTitle(ask, house.sink(), {}));
        QCOMPARE(house.conversation.title(), u"Tell me about the trip to Lisbon"_s);
        house.conversation.apply(TitleSet{u"Mine"_s, true});
        resultOf(house.responder.giveTitle(
            {.conversation = house.conversation, .message = question, .endpoint = at(server)}, house.sink(), {}));
        QCOMPARE(house.conversation.title(), u"Mine"_s);
    }

    void theGaugeCountsTurnsDraftAndFiles()
    {
        ChatHouse house;
        house.facts.context = 8000;
        house.say(u"hello there"_s);
        const llm::Endpoint endpoint{.name = u"x"_s, .baseUrl = QUrl(u"http://127.0.0.1:1/v1"_s), .model = u"m"_s};
        const auto measure = [&](const QString &text, std::vector<Attachment> files) {
            return resultOf(
                house.responder.preparation().measure(house.conversation, text, std::move(files), endpoint, {}));
        };
        const ContextUse empty = measure({}, {});
        QCOMPARE(empty.limit, 8000);
        QCOMPARE(empty.cost, std::optional(usage::Money()));
        QVERIFY(measure(u"word "_s.repeated(100), {}).tokens >= empty.tokens + 90);
        QCOMPARE(measure({}, {{u"h"_s, u"a.txt"_s, {}, u"text/plain"_s, 500}}).tokens, empty.tokens + 500);
    }
};

QTEST_GUILESS_MAIN(TestResponder)
#include "tst_responder.moc"
