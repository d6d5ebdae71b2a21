// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/quick/quicksession.h"

#include "ui/chat/messageparts.h"
#include "ui/models/answerfacts.h"

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

const QString answerId = u"answer"_s;

/// The tab's session with a draft of its own, in a folder of its own.
SummarizeServices apart(SummarizeServices services)
{
    services.paths.dataFolder += u"/drafts/quick"_s;
    return services;
}

/// Without the words to click under it: here an answer is only read.
Message plain(Message message)
{
    message.id = answerId;
    message.actions.clear();
    for (Part &part : message.parts) {
        if (auto *facts = std::get_if<FactsPart>(&part))
            facts->actions.clear();
        else if (auto *error = std::get_if<ErrorPart>(&part))
            error->action.clear();
    }
    return message;
}

} // namespace

QuickSession::QuickSession(const SummarizeServices &summarizing, const ChatServices &chatting, QObject *parent)
    : QObject(parent),
      m_services(chatting),
      m_registry(chatting.paths.settingsFile),
      m_summarizing(apart(summarizing))
{
    connect(&m_summarizing, &SummarizeSession::summaryGrew, this, [this](const QString &text) {
        m_answer += text;
        Q_EMIT grew(answerId, text);
    });
    connect(&m_summarizing, &SummarizeSession::ended, this, &QuickSession::endSummary);
    connect(&m_summarizing, &SummarizeSession::failed, this, [this](const Error &error) {
        m_hasFailed = true;
        Q_EMIT failed(error);
    });
}

QuickSession::~QuickSession() = default;

void QuickSession::begin()
{
    stop();
    m_answer.clear();
    m_hasFailed = false;
    m_chat.reset();
    setRunning(true);
    Message message;
    message.id = answerId;
    message.parts = {TextPart{}};
    message.isOpen = true;
    Q_EMIT began(message);
}

void QuickSession::setRunning(bool isRunning)
{
    if (std::exchange(m_isRunning, isRunning) != isRunning)
        Q_EMIT runningChanged();
}

void QuickSession::summarize(const QString &text)
{
    begin();
    m_text = text;
    m_summarizing.sources().show(SourceShelf::typed);
    m_summarizing.sources().setTypedText(text);
    m_summarizing.summarize();
}

void QuickSession::endSummary()
{
    if (m_chat)
        return; // a summary that was stopped for a question
    const auto &marked = m_summarizing.shown().summary;
    if (marked && !m_hasFailed) {
        const summarize::Summary &summary = marked->summary;
        const bool isBuiltin = summary.completion.endpoint == llm::builtinEndpoint().name;
        m_answer = summary.text;
        Message message;
        message.id = answerId;
        message.parts = {
            TextPart{m_answer},
            FactsPart{answerFacts(summary.completion, isBuiltin, m_summarizing.isLocal(summary.completion.endpoint))}};
        Q_EMIT ended(message);
    }
    setRunning(false);
}

void QuickSession::ask(const QString &question, const QString &text)
{
    begin();
    const auto endpointOf = [this](const chat::Settings &) {
        return m_registry.resolve({}, u"chat"_s).value_or(llm::builtinEndpoint());
    };
    m_chat = std::make_unique<OpenChat>(m_services, endpointOf, chat::Conversation(chat::ConversationId::make()),
                                        ChatDrafts(), true);
    OpenChat *const chat = m_chat.get();
    connect(chat, &OpenChat::happened, this, &QuickSession::take);
    connect(chat, &OpenChat::failed, this, [this](const Error &error) {
        Q_EMIT failed(error);
        setRunning(false);
    });
    chat->setDraftText(question);
    if (text.trimmed().isEmpty())
        return chat->send();
    // The text goes along as a file of the message, once it is read.
    connect(chat, &OpenChat::filesChanged, this, [chat] {
        if (!chat->isReadingFiles() && !chat->files().empty() && chat->conversation().isEmpty())
            chat->send();
    });
    chat->addBytes(text.toUtf8(), tr("clipboard.txt"));
}

void QuickSession::take(const chat::ConversationEvent &event)
{
    if (const auto *grewBy = std::get_if<chat::AnswerGrew>(&event)) {
        if (const auto *text = std::get_if<llm::TextDelta>(&grewBy->event)) {
            m_answer += text->text;
            Q_EMIT grew(answerId, text->text);
        }
    } else if (const auto *end = std::get_if<chat::AnswerEnded>(&event)) {
        m_answer = end->message.text;
        Q_EMIT ended(plain(shownMessage(m_chat->conversation(), end->message)));
        setRunning(false);
    }
}

void QuickSession::stop()
{
    if (!m_isRunning)
        return;
    if (m_chat)
        m_chat->stop();
    else
        m_summarizing.stop();
}

void QuickSession::openInTab()
{
    if (!m_chat) {
        Q_EMIT summaryWanted(m_text);
        return;
    }
    const chat::ConversationId id = m_chat->conversation().id();
    if (!m_chat->isTemporary())
        return Q_EMIT conversationWanted(id);
    connect(
        m_chat.get(), &OpenChat::replaced, this, [this, id] { Q_EMIT conversationWanted(id); },
        Qt::SingleShotConnection);
    m_chat->keep();
}

void QuickSession::refreshEndpoints()
{
    m_summarizing.refreshEndpoints();
}

} // namespace quintet::ui
