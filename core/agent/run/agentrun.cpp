// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/run/agentrun.h"

#include <algorithm>
#include <array>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array stateNames{std::pair{RunState::Running, "running"_L1}, std::pair{RunState::Waiting, "waiting"_L1},
                                std::pair{RunState::Finished, "finished"_L1}, std::pair{RunState::Failed, "failed"_L1},
                                std::pair{RunState::Stopped, "stopped"_L1}};

/// The step that a call belongs to: "3.1" is of step 3.
int stepOf(const QString &call)
{
    return call.section(u'.', 0, 0).toInt();
}

} // namespace

QString nameOf(RunState state)
{
    return std::ranges::find(stateNames, state, &std::pair<RunState, QLatin1StringView>::first)->second;
}

RunState runStateFrom(const QString &name)
{
    const auto found = std::ranges::find(stateNames, name, &std::pair<RunState, QLatin1StringView>::second);
    return found == stateNames.end() ? RunState::Stopped : found->first;
}

QString AgentRun::title() const
{
    return m_title.isEmpty() ? m_spec.task.section(u'\n', 0, 0, QString::SectionSkipEmpty).trimmed() : m_title;
}

Step *AgentRun::step(int number)
{
    // Steps are numbered as they stand.
    return number >= 1 && size_t(number) <= m_steps.size() ? &m_steps[size_t(number) - 1] : nullptr;
}

Call *AgentRun::find(const QString &id)
{
    Step *const owner = step(stepOf(id));
    if (!owner)
        return nullptr;
    const auto found = std::ranges::find(owner->calls, id, &Call::id);
    return found == owner->calls.end() ? nullptr : &*found;
}

const Call *AgentRun::call(const QString &id) const
{
    return const_cast<AgentRun *>(this)->find(id);
}

const Call *AgentRun::waitingCall() const
{
    if (m_steps.empty())
        return nullptr;
    const auto found = std::ranges::find(m_steps.back().calls, CallState::Waiting, &Call::state);
    return found == m_steps.back().calls.end() ? nullptr : &*found;
}

int AgentRun::timesAsked(const QString &tool, const QJsonObject &arguments) const
{
    int times = 0;
    for (const Step &each : m_steps) {
        times += int(std::ranges::count_if(each.calls, [&](const Call &call) {
            return call.wish.name == tool && call.arguments == arguments && call.state != CallState::Malformed;
        }));
    }
    return times;
}

void AgentRun::begin(const RunBegun &begun)
{
    m_spec = begun.spec;
    m_begun = begun.time;
    m_state = RunState::Running;
}

void AgentRun::spend(const usage::TokenUsage &usage, const std::optional<usage::Money> &cost)
{
    m_spent.tokens += usage.prompt + usage.completion;
    if (cost)
        m_spent.money += *cost;
    m_spent.isKnown = m_spent.isKnown && cost;
}

void AgentRun::plan(const StepPlanned &planned)
{
    Step *const known = step(planned.step);
    if (!known)
        return;
    known->text = planned.text;
    known->reasoning = planned.reasoning;
    known->thinking = planned.thinking;
    known->calls = planned.calls;
    known->model = planned.model;
    known->usage = planned.usage;
    known->cost = planned.cost;
    known->time = planned.time;
    known->fault = planned.fault;
    known->isPlanned = true;
    if (!m_spec.isReplay()) // which asks no model, and costs nothing
        spend(planned.usage, planned.cost);
}

void AgentRun::end(const CallEnded &ended)
{
    Call *const known = find(ended.call);
    if (!known)
        return;
    known->state = ended.state;
    known->result = ended.result;
    known->failure = ended.failure;
    known->time = ended.time;
    if (known->isUntrusted && (ended.state == CallState::Done || ended.state == CallState::Failed))
        m_isAfterUntrusted = true;
}

void AgentRun::apply(const RunEvent &event)
{
    const auto withCall = [this](const QString &id, auto &&change) {
        if (Call *const known = find(id))
            change(*known);
    };
    std::visit(llm::Visitor{[this](const RunBegun &begun) { begin(begun); },
                            [this](const RunResumed &resumed) {
                                m_spec.endpoint = resumed.endpoint;
                                m_spec.limits = resumed.limits;
                                m_state = RunState::Running;
                                m_failure.reset();
                                m_answer.clear();
                            },
                            [this](const ProtocolSet &set) { m_spec.protocol = set.protocol; },
                            [this](const StepBegun &begun) {
                                if (size_t(begun.step) == m_steps.size() + 1)
                                    m_steps.emplace_back().number = begun.step;
                                else if (Step *const known = step(begun.step); known && !known->isPlanned)
                                    known->text.clear(), known->reasoning.clear(); // asked again: what had come is void
                            },
                            [this](const StepGrew &grew) {
                                if (Step *const known = step(grew.step); known && !known->isPlanned) {
                                    known->text += grew.text;
                                    known->reasoning += grew.reasoning;
                                }
                            },
                            [this](const StepPlanned &planned) { plan(planned); },
                            [&](const ApprovalAsked &asked) {
                                withCall(asked.call, [&](Call &call) {
                                    call.state = CallState::Waiting;
                                    call.question = asked.question;
                                    call.proposal = asked.proposal;
                                    m_state = RunState::Waiting;
                                });
                            },
                            [&](const ApprovalGiven &given) {
                                withCall(given.call, [&](Call &call) {
                                    call.state = CallState::Asked;
                                    call.approval = given.approval;
                                    if (given.approval.arguments)
                                        call.arguments = *given.approval.arguments;
                                    m_state = RunState::Running;
                                    // After a "no" the words that were read may still be asking for something.
                                    m_isAfterUntrusted = m_isAfterUntrusted && !given.approval.isAllowed();
                                });
                            },
                            [this](const RuleAdded &added) { m_spec.rules.push_back(added.rule); },
                            [&](const CallBegun &begun) {
                                withCall(begun.call, [](Call &call) { call.state = CallState::Running; });
                            },
                            [this](const CallEnded &ended) { end(ended); },
                            [this](const TodosSet &set) { m_todos = set.todos; },
                            [this](const UserSaid &said) { m_said.push_back({int(m_steps.size()), said.text}); },
                            [this](const StepsCondensed &condensed) {
                                m_condensedTo = condensed.step;
                                m_condensed = condensed.text;
                                spend(condensed.usage, condensed.cost);
                            },
                            [this](const RunEnded &ended) {
                                m_state = ended.state;
                                m_answer = ended.answer;
                                m_failure = ended.failure;
                                m_spent.time += ended.time;
                            },
                            [this](const TitleSet &set) { m_title = set.title; }},
               event);
}

std::vector<RunEvent> eventsUpTo(const std::vector<RunEvent> &events, int last)
{
    std::vector<RunEvent> kept;
    for (const RunEvent &event : events) {
        const auto *const begun = std::get_if<StepBegun>(&event);
        if (begun && begun->step > last)
            break;
        const auto *const condensed = std::get_if<StepsCondensed>(&event);
        const bool isEnd = std::holds_alternative<RunEnded>(event) || std::holds_alternative<RunResumed>(event);
        if (!isEnd && !(condensed && condensed->step > last))
            kept.push_back(event);
    }
    return kept;
}

} // namespace quintet::agent
