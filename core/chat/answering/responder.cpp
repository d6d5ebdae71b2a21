// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answering/responder.h"

#include "base/onpool.h"
#include "chat/title.h"
#include "text/codepoints.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto betweenWrites = 1s;
constexpr size_t turnsKept = 2; // the last answer and the question are told in full

QString tr(const char *text)
{
    return QCoreApplication::translate("chat", text);
}

MessageState stateOf(const Result<llm::Completion> &outcome)
{
    if (!outcome)
        return outcome.error().kind == ErrorKind::Cancelled ? MessageState::Stopped : MessageState::Failed;
    return outcome->stopReason == llm::StopReason::Length ? MessageState::CutOff : MessageState::Whole;
}

/// The place of a quoted sentence in its document, where the passage stands there as it is.
Citation citationOf(const llm::Quoted &quoted, const std::vector<Passage> &passages)
{
    const Passage &passage = passages[size_t(quoted.passage)];
    Citation citation = passage.source;
    citation.label = QString::number(quoted.passage + 1);
    citation.quote = quoted.text;
    if (text::countCodePoints(passage.text) == citation.end - citation.start) {
        citation.end = citation.start + quoted.end;
        citation.start += quoted.start;
    }
    return citation;
}

std::vector<Citation> citationsOf(const llm::Completion &completion, const QString &text,
                                  const std::vector<Passage> &passages)
{
    if (completion.quotes.empty())
        return citationsIn(text, passages);
    std::vector<Citation> citations;
    for (const llm::Quoted &quoted : completion.quotes) {
        Citation citation = citationOf(quoted, passages);
        // A mark stands for one passage: of several sentences of it the first is shown.
        if (!std::ranges::contains(citations, citation.label, &Citation::label))
            citations.push_back(std::move(citation));
    }
    return citations;
}

} // namespace

/// An answer as it is written: folds, tells and keeps.
class Responder::Writing final {
public:
    Writing(Ask &ask, const Message &answer, Sink sink, ConversationStore &store, Clock &clock)
        : m_ask(ask),
          m_answer(answer),
          m_before(answer.text),
          m_sink(std::move(sink)),
          m_store(store),
          m_clock(clock)
    {
        m_timer.setSingleShot(true);
        m_timer.setInterval(betweenWrites);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_store.writeProgress(m_answer); });
    }

    void take(const llm::Event &event)
    {
        if (const auto *delta = std::get_if<llm::TextDelta>(&event); delta && !m_before.isEmpty() && !m_hasJoined) {
            join(delta->text);
            return;
        }
        takeWhole(event);
    }

    /// What was held back to find an overlap.
    void flush()
    {
        m_timer.stop();
        if (m_held.isEmpty())
            return;
        m_hasJoined = true;
        takeWhole(llm::TextDelta{withoutOverlap(m_before, std::exchange(m_held, {}))});
    }

    Message &answer() { return m_answer; }
    std::chrono::milliseconds reasoningTime() const
    {
        return m_reasonedTo > m_reasonedFrom
                   ? std::chrono::duration_cast<std::chrono::milliseconds>(m_reasonedTo - m_reasonedFrom)
                   : 0ms;
    }

private:
    /// The first words of a continuation are held until it is clear whether they say again what was there.
    void join(const QString &more)
    {
        constexpr qsizetype enough = 400;
        m_held += more;
        const qsizetype tail = std::min<qsizetype>(m_before.size(), enough);
        if (m_held.size() >= enough || !QStringView(m_before).last(tail).contains(QStringView(m_held).first(1)))
            flush();
    }

    void takeWhole(const llm::Event &event)
    {
        const auto now = m_clock.monotonic();
        if (std::holds_alternative<llm::ReasoningDelta>(event)) {
            m_reasonedFrom = m_reasonedFrom == 0ns ? now : m_reasonedFrom;
            m_reasonedTo = now;
        } else if (std::holds_alternative<llm::TextDelta>(event) && m_reasonedFrom > 0ns && !m_hasText) {
            m_reasonedTo = now;
            m_hasText = true;
        }
        apply(m_answer, event);
        m_sink(AnswerGrew{m_answer.id, event});
        if (!m_ask.isTemporary && !m_timer.isActive())
            m_timer.start();
    }

    Ask &m_ask;
    Message m_answer;
    QString m_before; ///< of an answer that goes on
    QString m_held;
    bool m_hasJoined = false;
    bool m_hasText = false;
    Sink m_sink;
    ConversationStore &m_store;
    Clock &m_clock;
    QTimer m_timer; ///< between what has come and its being written
    std::chrono::nanoseconds m_reasonedFrom{0};
    std::chrono::nanoseconds m_reasonedTo{0};
};

void Responder::keep(const Ask &ask, const ConversationEvent &event)
{
    if (!ask.isTemporary)
        m_store.write(ask.conversation, event);
}

Task<Answered> Responder::write(Ask ask, Prepared prepared, Message answer, Sink sink, CancelToken token)
{
    Writing writing(ask, answer, sink, m_store, m_clock);
    prepared.request.mayCache = ask.mayCache;
    prepared.request.budget = ask.budget;
    llm::Completion soFar;
    const Result<llm::Completion> outcome = co_await llm::collect(
        m_parts.gateway.ask(ask.endpoint, prepared.request),
        [&writing, &soFar](const llm::Event &event) {
            soFar.apply(event);
            writing.take(event);
        },
        token);
    writing.flush();
    const llm::Completion &completion = outcome ? *outcome : soFar;
    answer = std::move(writing.answer());
    answer.state = stateOf(outcome);
    answer.failure.reset();
    if (answer.state == MessageState::Failed)
        answer.failure = Failure{outcome.error().kind, outcome.error().message};
    if (completion.stopReason == llm::StopReason::Refused)
        answer.notes << tr("The model declined to answer.");
    if (completion.stopReason == llm::StopReason::Filtered)
        answer.notes << tr("The server's content filter cut the answer off.");
    answer.facts.model = completion.model.isEmpty() ? answer.facts.model : completion.model;
    answer.facts.usage = completion.usage;
    answer.facts.cost = completion.cost;
    answer.facts.cached = completion.cached;
    answer.facts.firstTokenTime = completion.firstTokenTime;
    answer.facts.totalTime = completion.totalTime;
    answer.facts.reasoningTime = writing.reasoningTime();
    if (!prepared.passages.empty())
        answer.citations = citationsOf(completion, answer.text, prepared.passages);
    const AnswerEnded ended{answer};
    ask.conversation.apply(ended);
    std::optional<Error> error = outcome ? std::nullopt : std::optional(outcome.error());
    if (!ask.isTemporary) {
        // What is not on disk is not kept, however well it looks.
        const Result<void> kept = co_await valueOf(m_store.write(ask.conversation, ended));
        if (!kept)
            error = kept.error();
    }
    sink(ended);
    co_return Answered{answer, completion, error};
}

Task<Result<Prepared>> Responder::prepareFitting(Ask &ask, const Sink &sink, CancelToken token)
{
    auto prepared = co_await m_preparation.prepare(ask.conversation, ask.message, ask.endpoint, token);
    if (!prepared || prepared->fits() || ask.endpoint.kind == llm::EndpointKind::Builtin)
        co_return prepared;
    const std::vector<const Message *> told = toldPath(ask.conversation, ask.message);
    if (told.size() > turnsKept) {
        // All but the last turns: what is condensed once serves the questions to come.
        Ask older = ask;
        older.message = told[told.size() - turnsKept - 1]->id;
        const Sink fold = [&ask, &sink](const ConversationEvent &event) {
            ask.conversation.apply(event);
            sink(event);
        };
        if (auto condensed = co_await condense(older, fold, token); !condensed)
            co_return std::unexpected(condensed.error());
        prepared = co_await m_preparation.prepare(ask.conversation, ask.message, ask.endpoint, token);
        if (prepared)
            prepared->notes.prepend(tr("What was said before was condensed, so that it fits the model."));
    }
    if (prepared && !prepared->fits()) {
        co_return failure(ErrorKind::ContextTooLong,
                          tr("This is longer than the model can read: about %1 tokens, where there is room for %2. "
                             "Shorten it, or choose a model that reads more.")
                              .arg(prepared->tokens)
                              .arg(prepared->room));
    }
    co_return prepared;
}

Task<Result<Answered>> Responder::answer(Ask ask, Sink sink, CancelToken token)
{
    const Result<llm::Endpoint> endpoint = co_await m_parts.catalog.withModel(ask.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    ask.endpoint = *endpoint;
    Result<Prepared> prepared = co_await prepareFitting(ask, sink, token);
    if (!prepared)
        co_return std::unexpected(prepared.error());
    Message answer;
    answer.id = MessageId::make();
    answer.parent = ask.message;
    answer.role = llm::Role::Assistant;
    answer.time = m_clock.now();
    answer.state = MessageState::Running;
    answer.notes = prepared->notes;
    answer.facts.endpoint = ask.endpoint.name;
    answer.facts.model = ask.endpoint.model;
    answer.facts.isLocal = llm::isLocal(ask.endpoint);
    const MessageAdded added{answer};
    ask.conversation.apply(added);
    keep(ask, added);
    sink(added);
    co_return co_await write(std::move(ask), std::move(*prepared), std::move(answer), std::move(sink), token);
}

Task<Result<Answered>> Responder::resume(Ask ask, Sink sink, CancelToken token)
{
    const Result<llm::Endpoint> endpoint = co_await m_parts.catalog.withModel(ask.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    ask.endpoint = *endpoint;
    if (ask.endpoint.kind == llm::EndpointKind::Builtin)
        co_return failure(ErrorKind::NeedsModel,
                          tr("The built-in engine cannot go on with an answer. Connect a model."));
    auto prepared = co_await m_preparation.prepareContinuation(ask.conversation, ask.message, ask.endpoint, token);
    if (!prepared)
        co_return std::unexpected(prepared.error());
    if (!prepared->fits()) {
        co_return failure(ErrorKind::ContextTooLong,
                          tr("The conversation is longer than the model can read. Condense it, or choose a model that "
                             "reads more."));
    }
    const AnswerResumed resumed{ask.message};
    ask.conversation.apply(resumed);
    keep(ask, resumed);
    sink(resumed);
    Message answer = *ask.conversation.message(ask.message);
    answer.notes += prepared->notes;
    co_return co_await write(std::move(ask), std::move(*prepared), std::move(answer), std::move(sink), token);
}

Task<Result<void>> Responder::condense(Ask ask, Sink sink, CancelToken token)
{
    const Result<llm::Endpoint> endpoint = co_await m_parts.catalog.withModel(ask.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    if (endpoint->kind == llm::EndpointKind::Builtin)
        co_return failure(ErrorKind::NeedsModel, tr("Condensing needs a model. Connect one."));
    const qint64 context = co_await m_parts.catalog.contextTokens(*endpoint, token);
    QString notes;
    for (const QString &piece : condensablePieces(ask.conversation, ask.message, context / 2)) {
        llm::Request request = condensationRequest(notes, piece);
        request.model = endpoint->model;
        request.budget = ask.budget;
        const auto completion = co_await llm::collect(m_parts.gateway.ask(*endpoint, request), {}, token);
        if (!completion)
            co_return std::unexpected(completion.error());
        notes = completion->text.trimmed();
        if (notes.isEmpty()) {
            co_return failure(ErrorKind::Protocol, tr("The model condensed the conversation to nothing. Try again."));
        }
    }
    const Condensed condensed{ask.message, notes};
    ask.conversation.apply(condensed);
    keep(ask, condensed);
    sink(condensed);
    co_return {};
}

Task<void> Responder::giveTitle(Ask ask, Sink sink, CancelToken token)
{
    const std::vector<const Message *> path = ask.conversation.path();
    if (ask.conversation.isTitleByUser() || path.empty())
        co_return;
    QString title = titleFromWords(path.front()->text);
    if (title.isEmpty() && !path.front()->attachments.empty())
        title = path.front()->attachments.front().name;
    const Result<llm::Endpoint> endpoint = co_await m_parts.catalog.withModel(ask.endpoint, token);
    if (endpoint && endpoint->kind != llm::EndpointKind::Builtin) {
        llm::Request request = titleRequest(ask.conversation);
        request.model = endpoint->model;
        const auto completion = co_await llm::collect(m_parts.gateway.ask(*endpoint, request), {}, token);
        if (completion && completion->stopReason == llm::StopReason::End
            && !titleFromAnswer(completion->text).isEmpty())
            title = titleFromAnswer(completion->text);
    }
    if (title.isEmpty() || title == ask.conversation.title())
        co_return;
    const TitleSet set{title};
    ask.conversation.apply(set);
    keep(ask, set);
    sink(set);
}

} // namespace quintet::chat
