// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/agent.h"

#include "agent/loop/owntools.h"
#include "agent/loop/runlease.h"
#include "agent/loop/textprotocol.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int mostFaults = 2; // in a row, that a model is told of
constexpr int mostEqual = 2;  // calls with the same arguments

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

bool isFaulty(const Step &step)
{
    return !step.fault.isEmpty() || (!step.calls.empty() && std::ranges::all_of(step.calls, [](const Call &call) {
        return call.state == CallState::Malformed;
    }));
}

int faultsAtEnd(const AgentRun &run)
{
    int faults = 0;
    for (auto step = run.steps().rbegin(); step != run.steps().rend() && isFaulty(*step); ++step)
        ++faults;
    return faults;
}

bool isAnswered(const AgentRun &run)
{
    if (run.steps().empty())
        return false;
    const Step &last = run.steps().back();
    const bool isHeard = run.said().empty() || run.said().back().afterStep < last.number;
    return last.isPlanned && last.calls.empty() && last.fault.isEmpty() && isHeard;
}

bool hasOpenCalls(const AgentRun &run)
{
    return !run.steps().empty()
           && std::ranges::any_of(run.steps().back().calls, [](const Call &call) { return !call.isOver(); });
}

/// Whether the server says that it, or its model, knows no such thing as `word`.
bool refuses(const Error &error, const QStringList &words)
{
    if (error.kind != ErrorKind::Refused && error.kind != ErrorKind::BadInput && error.kind != ErrorKind::Protocol)
        return false;
    return std::ranges::any_of(words, [&error](const QString &word) {
        return error.message.contains(word, Qt::CaseInsensitive) || error.detail.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace

Agent::Agent(AgentParts parts, AgentRun run, const Toolbox &toolbox, Approver &approver, Journal::Sink sink)
    : m_parts(parts),
      m_store(parts.database, parts.clock),
      m_rules(parts.database),
      m_journal(std::move(run), m_store, std::move(sink)),
      m_toolbox(toolbox),
      m_caller(m_journal, m_toolbox, approver, m_rules, parts.clock),
      m_condenser(parts.gateway, parts.catalog, m_journal)
{
    m_toolbox.add(std::make_shared<TodoTool>(m_journal));
    m_toolbox.add(std::make_shared<ReadResultTool>(m_journal));
}

Task<Result<AgentRun>> Agent::work(std::optional<RunResumed> resumed, CancelToken token)
{
    llm::Endpoint endpoint = resumed ? resumed->endpoint : run().spec().endpoint;
    if (endpoint.kind == llm::EndpointKind::Builtin) {
        co_return failure(ErrorKind::NeedsModel,
                          tr("A task of its own needs a model, to plan it. Connect one; or replay a saved task without "
                             "a model: quintet agent list shows them, quintet agent replay runs one."));
    }
    const auto found = co_await m_parts.catalog.withModel(endpoint, token);
    if (!found)
        co_return std::unexpected(found.error());
    const auto lease = co_await RunLease::take(m_parts.database, m_parts.clock, run().id(), m_stop);
    if (!lease)
        co_return std::unexpected(lease.error());
    QTimer timer; // for a step that hangs; between steps the clock is asked
    const OnCancel onCancel(token, &timer, [this] { m_stop.request_stop(); });
    m_began = m_parts.clock.monotonic();
    if (!resumed)
        resumed = RunResumed{*found, run().spec().limits, m_parts.clock.now()};
    resumed->endpoint = *found;
    if (auto kept = co_await m_journal.keep(*resumed); !kept)
        co_return std::unexpected(kept.error());
    QObject::connect(&timer, &QTimer::timeout, &timer, [this] {
        m_isTimeUp = worked() >= run().spec().limits.time;
        if (m_isTimeUp)
            m_stop.request_stop();
    });
    timer.start(1s);
    Result<void> result = co_await m_caller.recover();
    if (result)
        result = co_await steps(m_stop.get_token());
    timer.stop();
    if (auto kept = co_await m_journal.keep(endOf(result)); !kept)
        co_return std::unexpected(kept.error());
    co_return run();
}

/// The lot; ends well with an answer alone.
Task<Result<void>> Agent::steps(CancelToken token)
{
    while (!isAnswered(run())) {
        Result<void> taken;
        if (hasOpenCalls(run()))
            taken = co_await m_caller.perform(token);
        else
            taken = co_await takeStep(token);
        if (!taken)
            co_return taken;
    }
    co_return {};
}

std::chrono::nanoseconds Agent::worked() const
{
    const auto now = m_parts.clock.monotonic();
    const auto waited = m_caller.waited() + (m_caller.waitingSince() ? now - *m_caller.waitingSince() : 0ns);
    return run().spent().time + (now - m_began) - waited;
}

Result<void> Agent::withinLimits() const
{
    const Limits &limits = run().spec().limits;
    const auto planned = std::ranges::count(run().steps(), true, &Step::isPlanned);
    if (planned >= limits.steps)
        return failure(ErrorKind::Budget, tr("The limit of %1 steps is reached.").arg(limits.steps));
    if (limits.budget.tokens && run().spent().tokens >= *limits.budget.tokens)
        return failure(ErrorKind::Budget, tr("The limit of %1 tokens is reached.").arg(*limits.budget.tokens));
    if (limits.budget.money && run().spent().money >= *limits.budget.money)
        return failure(ErrorKind::Budget, tr("The limit of %1 is reached.").arg(display(*limits.budget.money)));
    if (worked() >= limits.time)
        return failure(ErrorKind::Budget, tr("The limit of %1 minutes is reached.").arg(limits.time.count()));
    if (faultsAtEnd(run()) > mostFaults) {
        return failure(ErrorKind::Protocol,
                       tr("The model went on calling tools in a way that is not understood. Try another model."));
    }
    return {};
}

RunEnded Agent::endOf(const Result<void> &result) const
{
    RunEnded ended{.state = RunState::Finished,
                   .answer = {},
                   .failure = {},
                   .time = std::chrono::duration_cast<std::chrono::milliseconds>(worked() - run().spent().time)};
    if (result) {
        ended.answer = run().steps().back().text;
        return ended;
    }
    if (m_isTimeUp) {
        ended.state = RunState::Stopped;
        ended.failure =
            Error(ErrorKind::Budget, tr("The limit of %1 minutes is reached.").arg(run().spec().limits.time.count()));
        return ended;
    }
    if (result.error().kind == ErrorKind::Cancelled) {
        ended.state = RunState::Stopped;
        return ended;
    }
    ended.state = result.error().kind == ErrorKind::Budget ? RunState::Stopped : RunState::Failed;
    ended.failure = result.error();
    return ended;
}

Task<Result<void>> Agent::takeStep(CancelToken token)
{
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (auto within = withinLimits(); !within)
        co_return within;
    const auto &steps = run().steps();
    const int number = int(steps.size()) + (steps.empty() || steps.back().isPlanned ? 1 : 0);
    if (auto kept = co_await m_journal.keep(StepBegun{number}); !kept)
        co_return kept;
    const auto completion = co_await askModel(number, token);
    if (!completion)
        co_return std::unexpected(completion.error());
    if (completion->stopReason == llm::StopReason::Refused || completion->stopReason == llm::StopReason::Filtered)
        co_return failure(ErrorKind::Refused, tr("The model declined to go on."));
    if (auto kept = co_await m_journal.keep(planFrom(number, *completion)); !kept)
        co_return kept;
    co_return co_await stopRepetition();
}

/// Asks until the server takes the request as it is made: a model may know no tools, a server no schema.
Task<Result<llm::Completion>> Agent::askModel(int number, CancelToken token)
{
    bool hasOverflowed = false;
    while (true) {
        const Telling telling{.today = m_parts.clock.now().toLocalTime().date(),
                              .isLastStep = number >= run().spec().limits.steps,
                              .mayUseFormat = m_mayUseFormat};
        const auto request = co_await m_condenser.fit(m_toolbox.facts(), telling, token);
        if (!request)
            co_return std::unexpected(request.error());
        const bool isText = run().spec().protocol == Protocol::Text;
        const auto completion = co_await llm::collect(
            m_parts.gateway.ask(run().spec().endpoint, *request),
            [&](const llm::Event &event) {
                if (const auto *text = std::get_if<llm::TextDelta>(&event); text && !isText)
                    m_journal.tell(StepGrew{number, text->text, {}});
                if (const auto *reasoning = std::get_if<llm::ReasoningDelta>(&event))
                    m_journal.tell(StepGrew{number, {}, reasoning->text});
            },
            token);
        if (completion)
            co_return completion;
        const Error &error = completion.error();
        if (!isText && refuses(error, {u"tool"_s, u"function call"_s})) {
            if (auto kept = co_await m_journal.keep(ProtocolSet{Protocol::Text}); !kept)
                co_return std::unexpected(kept.error());
        } else if (isText && m_mayUseFormat && refuses(error, {u"format"_s, u"schema"_s})) {
            m_mayUseFormat = false;
        } else if (error.kind == ErrorKind::ContextTooLong && !hasOverflowed) {
            hasOverflowed = true; // the gateway has learnt how much fits
        } else {
            co_return completion;
        }
        if (auto kept = co_await m_journal.keep(StepBegun{number}); !kept) // what had come is void
            co_return std::unexpected(kept.error());
    }
}

Call Agent::callFrom(const llm::ToolCall &wish, const QString &id) const
{
    Call call;
    call.id = id;
    call.wish = wish;
    if (const ToolFacts *facts = m_toolbox.factsOf(wish.name)) {
        call.title = facts->title;
        call.effect = facts->effect;
        call.isUntrusted = facts->isUntrusted;
    }
    if (auto arguments = m_toolbox.argumentsFor(wish.name, wish.arguments)) {
        call.arguments = std::move(*arguments);
    } else {
        call.state = CallState::Malformed;
        call.failure = arguments.error().message;
    }
    return call;
}

StepPlanned Agent::planFrom(int number, const llm::Completion &completion) const
{
    StepPlanned planned{.step = number,
                        .text = completion.text.trimmed(),
                        .reasoning = completion.reasoning,
                        .thinking = completion.thinking,
                        .calls = {},
                        .model = completion.model,
                        .usage = completion.usage,
                        .cost = completion.cost,
                        .time = completion.totalTime,
                        .fault = {}};
    std::vector<llm::ToolCall> wishes = completion.toolCalls;
    if (run().spec().protocol == Protocol::Text && wishes.empty()) {
        if (const auto turn = parseTextTurn(completion.text)) {
            planned.text = turn->call ? turn->thought : turn->answer;
            if (turn->call)
                wishes.push_back(*turn->call);
        } else {
            planned.fault = turn.error().message + u" Answer with one JSON object as described."_s;
        }
    }
    for (size_t i = 0; i < wishes.size(); ++i)
        planned.calls.push_back(callFrom(wishes[i], u"%1.%2"_s.arg(number).arg(i + 1)));
    if (planned.calls.empty() && planned.text.isEmpty())
        planned.fault = u"You said nothing. Call a tool, or answer."_s;
    return planned;
}

/// A model that calls the same again and again gets nowhere, and pays for it.
Task<Result<void>> Agent::stopRepetition()
{
    QString repeated;
    const std::vector<Call> calls = run().steps().back().calls;
    for (const Call &call : calls) {
        if (call.isOver() || run().timesAsked(call.wish.name, call.arguments) <= mostEqual)
            continue;
        repeated = call.wish.name;
        const QString failure = u"This very call was made before, with the same result. Do something else."_s;
        if (auto kept = co_await m_journal.keep(CallEnded{call.id, CallState::Failed, {}, failure, 0ms}); !kept)
            co_return kept;
    }
    if (repeated.isEmpty())
        co_return {};
    co_return failure(ErrorKind::Protocol,
                      tr("The model asked a third time for the same call of %1. Tell it what to do instead, or try "
                         "another model.")
                          .arg(repeated));
}

} // namespace quintet::agent
