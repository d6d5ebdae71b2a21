// SPDX-License-Identifier: GPL-3.0-or-later
// Questions of the session, apart from what it does to collections.
#include "ui/knowledge/answerparts.h"
#include "ui/knowledge/knowledgeconversation.h"

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int passages = 6; // that an answer in the window may rest on
constexpr int cards = 10;

ShownPlace placeFrom(const knowledge::Citation &citation)
{
    return {citation.document, citation.title, citation.place, citation.page,
            citation.start,    citation.end,   citation.quote};
}

ShownPlace placeFrom(const knowledge::Hit &hit)
{
    return {hit.document, hit.title, hit.place, hit.page, hit.start, hit.end, hit.text};
}

Message stoppedMessage(const QString &id, const QString &text)
{
    return {.id = id, .parts = {TextPart{text}, FactsPart{{KnowledgeSession::tr("Stopped")}}}};
}

} // namespace

void KnowledgeSession::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    Q_EMIT modeChanged();
}

KnowledgeConversation &KnowledgeSession::conversation()
{
    auto &conversation = m_conversations[m_current];
    if (!conversation)
        conversation = std::make_unique<KnowledgeConversation>();
    return *conversation;
}

const KnowledgeConversation *KnowledgeSession::shownConversation() const
{
    const auto found = m_conversations.find(m_current);
    return found == m_conversations.end() ? nullptr : found->second.get();
}

const std::vector<Message> &KnowledgeSession::messages() const
{
    static const std::vector<Message> none;
    const KnowledgeConversation *shown = shownConversation();
    return shown ? shown->messages : none;
}

void KnowledgeSession::put(const Message &message)
{
    std::vector<Message> &messages = conversation().messages;
    const auto known = std::ranges::find(messages, message.id, &Message::id);
    if (known == messages.end()) {
        messages.push_back(message);
        Q_EMIT messageAdded(message);
    } else {
        *known = message;
        Q_EMIT messageChanged(message);
    }
}

void KnowledgeSession::submit(const QString &text)
{
    const QString question = text.trimmed();
    if (question.isEmpty() || m_isRunning || !current())
        return;
    put(questionMessage(u"q%1"_s.arg(m_nextMessage), question));
    m_open = u"a%1"_s.arg(m_nextMessage++);
    m_openText.clear();
    put({.id = m_open, .parts = {}, .isOpen = true});
    conversation().asked[m_open] = {.text = question, .mode = m_mode};
    m_isRunning = true;
    Q_EMIT runningChanged();
    if (m_mode == Ask && knowledge::wholeKindOf(question))
        offer(m_open, question);
    else if (m_mode == Ask)
        ask(m_open, question);
    else
        search(m_open, question, m_mode == Inspect);
}

/// The questions of this conversation with their answers, for follow-ups.
std::vector<knowledge::Exchange> KnowledgeSession::before() const
{
    std::vector<knowledge::Exchange> exchanges;
    const KnowledgeConversation *shown = shownConversation();
    if (!shown)
        return exchanges;
    for (const Message &message : shown->messages) {
        const auto asked = shown->asked.find(message.id);
        if (asked != shown->asked.end() && asked->second.mode == Ask && !asked->second.answer.isEmpty())
            exchanges.push_back({asked->second.text, asked->second.answer});
    }
    return exchanges;
}

knowledge::AskWish KnowledgeSession::wishFor(const QString &text) const
{
    return {.query = {.collections = {m_current}, .text = text, .count = passages, .patience = 0ms},
            .before = before(),
            .endpoint = endpoint()};
}

/// Says what it takes to go over the whole collection, and asks; where that cannot be told, answers as usual.
void KnowledgeSession::offer(const QString &message, const QString &text)
{
    m_estimating = EngineCall<knowledge::WholeEstimate>(
        m_services.engine, this,
        [&answerer = m_services.wholeAnswerer, wish = wishFor(text)](CancelToken token) {
            return answerer.estimate(wish, token);
        },
        [this, message, text](const Result<knowledge::WholeEstimate> &estimate) {
            if (estimate)
                finish(offerMessage(message, *estimate));
            else if (estimate.error().kind == ErrorKind::Cancelled)
                finish(stoppedMessage(message, {}));
            else
                ask(message, text);
        });
}

void KnowledgeSession::takeOffer(const QString &message, bool whole)
{
    const KnowledgeConversation *shown = shownConversation();
    if (!shown || m_isRunning)
        return;
    const auto asked = shown->asked.find(message);
    if (asked == shown->asked.end())
        return;
    const QString text = asked->second.text;
    begin(message);
    if (whole)
        askWhole(message, text);
    else
        ask(message, text);
}

/// Opens a message that is there for what comes now.
void KnowledgeSession::begin(const QString &message)
{
    m_open = message;
    m_openText.clear();
    put({.id = message, .parts = {}, .isOpen = true});
    m_isRunning = true;
    Q_EMIT runningChanged();
}

void KnowledgeSession::askWhole(const QString &message, const QString &text)
{
    knowledge::WholeWatcher watcher;
    watcher.answer.onText = m_text.sender();
    watcher.onProgress = [send = m_gone.sender()](qint64 done, qint64 count) { send({done, count}); };
    m_asking = EngineCall<knowledge::Answer>(
        m_services.engine, this,
        [&answerer = m_services.wholeAnswerer, wish = wishFor(text), watcher](CancelToken token) {
            return answerer.ask(wish, watcher, token);
        },
        [this, message](const Result<knowledge::Answer> &answer) { finishAnswer(message, answer); });
}

void KnowledgeSession::ask(const QString &message, const QString &text)
{
    knowledge::AskWatcher watcher;
    watcher.onText = m_text.sender();
    m_asking = EngineCall<knowledge::Answer>(
        m_services.engine, this,
        [&answerer = m_services.answerer, wish = wishFor(text), watcher](CancelToken token) {
            return answerer.ask(wish, watcher, token);
        },
        [this, message](const Result<knowledge::Answer> &answer) { finishAnswer(message, answer); });
}

void KnowledgeSession::finishAnswer(const QString &message, const Result<knowledge::Answer> &answer)
{
    m_text.flush();
    if (!answer) {
        const bool isStopped = answer.error().kind == ErrorKind::Cancelled;
        finish(isStopped ? stoppedMessage(message, m_openText) : errorMessage(message, answer.error()));
        return;
    }
    AskedQuestion &asked = conversation().asked[message];
    asked.hits = answer->passages;
    asked.citations = answer->citations;
    asked.answer = answer->knowsNothing ? QString() : answer->text;
    finish(answerMessage(message, *answer));
}

void KnowledgeSession::search(const QString &message, const QString &text, bool inspects)
{
    knowledge::Query query{.collections = {m_current}, .text = text, .count = cards, .patience = 0ms};
    if (inspects) {
        query.joinNeighbours = false;
        query.vectorWeight = m_weight;
        query.count = 20;
    }
    m_searching = EngineCall<Inspection>(
        m_services.engine, this,
        [&library = m_services.library, query, inspects, missed = m_missed](CancelToken token) {
            return inspect(library, query, inspects, missed, token);
        },
        [this, message, inspects](const Result<Inspection> &found) {
            if (!found) {
                finish(errorMessage(message, found.error()));
                return;
            }
            conversation().asked[message].hits = found->hits;
            Message shown = inspects ? inspectionMessage(message, found->hits, found->off, found->whyNot)
                                     : hitsMessage(message, found->hits);
            for (const QString &note : found->notes)
                shown.parts.push_back(TextPart{note});
            finish(shown);
        });
}

void KnowledgeSession::finish(const Message &shown)
{
    m_isRunning = false;
    m_open.clear();
    put(shown);
    Q_EMIT runningChanged();
}

/// Lets go of what is under way, before another collection is shown.
void KnowledgeSession::abandon()
{
    if (!m_isRunning)
        return;
    m_asking = {};
    m_estimating = {};
    m_searching = {};
    finish(stoppedMessage(m_open, m_openText));
}

void KnowledgeSession::stop()
{
    if (!m_isRunning)
        return;
    m_asking.cancel();
    m_estimating.cancel();
    m_searching.cancel();
}

void KnowledgeSession::tryAgain()
{
    const auto &all = messages();
    const auto question =
        std::ranges::find_last_if(all, [](const Message &message) { return message.author == Author::User; });
    if (question.empty())
        return;
    if (const auto *text = std::get_if<TextPart>(&question.front().parts.front()))
        submit(text->markdown);
}

void KnowledgeSession::switchPassage(const QString &message, qint64 chunk, bool isOn)
{
    const int number = m_nextChange++;
    m_changing[number] = EngineCall<bool>(
        m_services.engine, this,
        [&library = m_services.library, id = m_current, chunk, isOn](CancelToken) {
            return ui::switchPassage(library, id, chunk, isOn);
        },
        [this, number, message, collection = m_current](Result<bool> done) {
            if (!done)
                Q_EMIT failed(done.error());
            const KnowledgeConversation *shown = shownConversation();
            if (done && shown && !m_isRunning && collection == m_current && shown->asked.contains(message)) {
                const QString text = shown->asked.at(message).text;
                begin(message);
                search(message, text, true);
            }
            m_changing.erase(number);
        });
}

std::optional<ShownPlace> KnowledgeSession::placeOf(const QString &message, const QString &label) const
{
    const KnowledgeConversation *shown = shownConversation();
    if (!shown)
        return std::nullopt;
    const auto asked = shown->asked.find(message);
    const int number = numberIn(label);
    if (asked == shown->asked.end() || number < 1)
        return std::nullopt;
    const auto cited = std::ranges::find(asked->second.citations, number, &knowledge::Citation::marker);
    if (cited != asked->second.citations.end()) {
        ShownPlace place = placeFrom(*cited);
        for (const knowledge::Citation &citation : asked->second.citations) {
            if (citation.document == cited->document && citation != *cited)
                place.others.emplace_back(citation.start, citation.end);
        }
        return place;
    }
    if (size_t(number) > asked->second.hits.size())
        return std::nullopt;
    return placeFrom(asked->second.hits[size_t(number) - 1]);
}

} // namespace quintet::ui
