// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/stream.h"
#include "llm/wire/anthropicdecoder.h"
#include "llm/wire/openaidecoder.h"
#include "net/ssedecoder.h"
#include "ui/chat/messageparts.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

std::vector<llm::Event> eventsOf(const QString &name)
{
    QFile file(QStringLiteral(QUINTET_TEST_DATA "/wire/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    net::SseDecoder sse;
    std::vector<net::SseEvent> lines = sse.feed(file.readAll()).value_or(std::vector<net::SseEvent>());
    for (const net::SseEvent &event : sse.finish())
        lines.push_back(event);
    std::unique_ptr<llm::wire::Decoder> decoder;
    if (name.startsWith(u"anthropic"))
        decoder = std::make_unique<llm::wire::AnthropicDecoder>();
    else
        decoder = std::make_unique<llm::wire::OpenAiDecoder>();
    std::vector<llm::Event> events;
    for (const net::SseEvent &line : lines) {
        for (const llm::Event &event : decoder->feed(line).value_or(std::vector<llm::Event>()))
            events.push_back(event);
    }
    for (const llm::Event &event : decoder->finish())
        events.push_back(event);
    return events;
}

template<typename Wanted>
const Wanted *partOf(const Message &message)
{
    for (const Part &part : message.parts) {
        if (const auto *wanted = std::get_if<Wanted>(&part))
            return wanted;
    }
    return nullptr;
}

chat::Message answer(const QString &id, const QString &parent)
{
    chat::Message message;
    message.id = {id};
    message.parent = {parent};
    message.role = llm::Role::Assistant;
    return message;
}

QStringList actionsOf(const Message &message)
{
    QStringList ids;
    for (const Part &part : message.parts) {
        if (const auto *facts = std::get_if<FactsPart>(&part)) {
            for (const Choice &choice : facts->actions)
                ids << choice.id;
        }
    }
    return ids;
}

} // namespace

class TestMessageParts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRecordedStreamReachesTheView_data()
    {
        QTest::addColumn<QString>("name");
        const QDir folder(QStringLiteral(QUINTET_TEST_DATA "/wire"));
        for (const QString &name : folder.entryList({u"*stream*.body"_s}, QDir::Files))
            QTest::newRow(qPrintable(name)) << name;
    }

    void everyRecordedStreamReachesTheView()
    {
        QFETCH(QString, name);
        chat::Conversation conversation(chat::ConversationId::make());
        chat::Message open = answer(u"a"_s, {});
        open.state = chat::MessageState::Running;
        conversation.apply(chat::MessageAdded{open});
        llm::Completion completion;
        for (const llm::Event &event : eventsOf(name)) {
            completion.apply(event);
            conversation.apply(chat::AnswerGrew{{u"a"_s}, event});
        }
        const Message running = shownMessage(conversation, *conversation.message({u"a"_s}));
        QVERIFY(running.isOpen);
        QCOMPARE(partOf<TextPart>(running)->markdown, completion.text);
        QCOMPARE(partOf<ReasoningPart>(running) != nullptr, !completion.reasoning.isEmpty());
        if (const auto *reasoning = partOf<ReasoningPart>(running))
            QCOMPARE(reasoning->markdown, completion.reasoning);
        chat::Message ended = *conversation.message({u"a"_s});
        ended.state = chat::MessageState::Whole;
        conversation.apply(chat::AnswerEnded{ended});
        const Message whole = shownMessage(conversation, *conversation.message({u"a"_s}));
        QVERIFY(!whole.isOpen);
        QCOMPARE(partOf<TextPart>(whole)->markdown, completion.text);
    }

    void versionsCanBeGoneThrough()
    {
        chat::Conversation conversation(chat::ConversationId::make());
        chat::Message question = answer(u"q"_s, {});
        question.role = llm::Role::User;
        conversation.apply(chat::MessageAdded{question});
        conversation.apply(chat::MessageAdded{answer(u"a"_s, u"q"_s)});
        QCOMPARE(actionsOf(shownMessages(conversation).back()), QStringList{messageAction::again});
        conversation.apply(chat::MessageAdded{answer(u"b"_s, u"q"_s)});
        QCOMPARE(actionsOf(shownMessages(conversation).back()),
                 (QStringList{messageAction::previous, {}, messageAction::next, messageAction::again}));
    }

    void anAnswerThatIsNotWholeCanGoOn()
    {
        chat::Conversation conversation(chat::ConversationId::make());
        chat::Message cut = answer(u"a"_s, {});
        cut.text = u"half"_s;
        for (const auto state : {chat::MessageState::CutOff, chat::MessageState::Stopped,
                                 chat::MessageState::Interrupted, chat::MessageState::Failed}) {
            cut.state = state;
            QVERIFY(actionsOf(shownMessage(conversation, cut)).contains(messageAction::resume));
        }
        cut.state = chat::MessageState::Whole;
        QVERIFY(!actionsOf(shownMessage(conversation, cut)).contains(messageAction::resume));
    }

    void aFailureSaysWhyAndWhatCanBeDone()
    {
        chat::Conversation conversation(chat::ConversationId::make());
        chat::Message failed = answer(u"a"_s, {});
        failed.state = chat::MessageState::Failed;
        failed.failure = chat::Failure{ErrorKind::Network, u"The server hung up."_s};
        const Message shown = shownMessage(conversation, failed);
        QCOMPARE(partOf<ErrorPart>(shown)->message, u"The server hung up."_s);
        QVERIFY(!partOf<ErrorPart>(shown)->action.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMessageParts)
#include "tst_messageparts.moc"
