// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/caller.h"

#include "base/valueof.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace quintet::agent {

namespace {

using namespace std::chrono_literals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

Caller::Caller(Journal &journal, const Toolbox &toolbox, Approver &approver, RuleStore &rules, const Clock &clock)
    : m_journal(journal),
      m_toolbox(toolbox),
      m_approver(approver),
      m_rules(rules),
      m_clock(clock)
{
}

Task<Result<void>> Caller::recover()
{
    if (m_journal.run().steps().empty())
        co_return {};
    const std::vector<Call> calls = m_journal.run().steps().back().calls;
    for (const Call &call : calls) {
        if (call.state != CallState::Running || call.effect == Effect::Reads)
            continue;
        if (auto kept = co_await m_journal.keep(CallEnded{.call = call.id, .state = CallState::Interrupted}); !kept)
            co_return kept;
    }
    co_return {};
}

Task<Result<void>> Caller::perform(CancelToken token)
{
    const auto standing = m_rules.rulesFor(m_journal.run().spec().workplace.folder);
    if (!standing)
        co_return std::unexpected(standing.error());
    std::vector<Task<Result<void>>> together;
    std::vector<std::pair<Call, QString>> inTurn; // with why it asks; empty where it is allowed
    const std::vector<Call> calls = m_journal.run().steps().back().calls;
    Rules rules = *standing;
    rules.insert(rules.end(), m_journal.run().spec().rules.begin(), m_journal.run().spec().rules.end());
    const bool isAfterUntrusted = m_journal.run().isAfterUntrusted();
    for (const Call &call : calls) {
        if (call.isOver())
            continue;
        const ToolFacts *const facts = m_toolbox.factsOf(call.wish.name);
        if (!facts) {
            if (auto kept = co_await finish(call, CallState::Failed, tr("The tool is not at hand any more.")); !kept)
                co_return kept;
            continue;
        }
        const bool isGranted = call.approval && call.approval->isAllowed();
        const Judgement judgement = isGranted ? Judgement{} : judge(*facts, call.arguments, rules, isAfterUntrusted);
        if (judgement.verdict == Verdict::Deny) {
            if (auto kept = co_await finish(call, CallState::Denied, judgement.reason); !kept)
                co_return kept;
        } else if (judgement.verdict == Verdict::Allow && call.effect == Effect::Reads) {
            together.push_back(make(call, token));
        } else {
            inTurn.emplace_back(call, judgement.reason);
        }
    }
    Result<void> result;
    for (const auto &[call, question] : inTurn) {
        if (!result)
            break;
        if (question.isEmpty())
            result = co_await make(call, token);
        else
            result = co_await askAndMake(call, question, token);
    }
    for (Task<Result<void>> &each : together) {
        if (auto made = co_await each; !made && result)
            result = made;
    }
    co_return result;
}

Task<Result<void>> Caller::askAndMake(Call call, QString question, CancelToken token)
{
    auto proposal = co_await m_toolbox.preview(call.wish.name, call.arguments, token);
    if (!proposal) {
        if (proposal.error().kind == ErrorKind::Cancelled)
            co_return std::unexpected(proposal.error());
        co_return co_await finish(call, CallState::Failed, proposal.error().message);
    }
    if (auto kept = co_await m_journal.keep(ApprovalAsked{call.id, question, std::move(*proposal)}); !kept)
        co_return kept;
    const auto approval = co_await ask(*m_journal.run().call(call.id), token);
    if (!approval)
        co_return std::unexpected(approval.error());
    if (auto kept = co_await heed(call, *approval); !kept)
        co_return kept;
    if (!approval->isAllowed())
        co_return co_await finish(call, CallState::Denied, approval->reason);
    co_return co_await make(*m_journal.run().call(call.id), token);
}

Task<Result<Approval>> Caller::ask(Call call, CancelToken token)
{
    m_waitingSince = m_clock.monotonic();
    const auto approval = co_await m_approver.ask({m_journal.run().id(), std::move(call)}, token);
    m_waited += m_clock.monotonic() - *std::exchange(m_waitingSince, std::nullopt);
    co_return approval;
}

/// Keeps the user's word, and what it says of calls to come.
Task<Result<void>> Caller::heed(Call call, Approval approval)
{
    if (auto kept = co_await m_journal.keep(ApprovalGiven{call.id, approval}, store::Durability::PowerCut); !kept)
        co_return kept;
    if (approval.answer != Approval::Answer::InRun && approval.answer != Approval::Answer::Always)
        co_return {};
    const Rule rule{call.wish.name, {}, Verdict::Allow};
    if (auto kept = co_await m_journal.keep(RuleAdded{rule}); !kept)
        co_return kept;
    if (approval.answer == Approval::Answer::Always)
        co_return co_await valueOf(m_rules.put({rule, m_journal.run().spec().workplace.folder}));
    co_return {};
}

Task<Result<void>> Caller::make(Call call, CancelToken token)
{
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    // The user may have changed the arguments.
    const QString json = QString::fromUtf8(QJsonDocument(call.arguments).toJson(QJsonDocument::Compact));
    if (const auto fits = m_toolbox.argumentsFor(call.wish.name, json); !fits)
        co_return co_await finish(call, CallState::Malformed, fits.error().message);
    const auto durability = call.effect == Effect::Reads ? store::Durability::ProcessEnd : store::Durability::PowerCut;
    if (auto kept = co_await m_journal.keep(CallBegun{call.id}, durability); !kept)
        co_return kept;
    const auto start = m_clock.monotonic();
    const auto result = co_await m_toolbox.call(call.wish.name, call.arguments, token);
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - start);
    if (!result && result.error().kind == ErrorKind::Cancelled && token.stop_requested())
        co_return std::unexpected(result.error()); // begun and not ended: as if the program had ended
    CallEnded ended{.call = call.id, .time = time};
    if (result) {
        ended.result = *result;
    } else {
        ended.state = CallState::Failed;
        ended.failure = result.error().message;
    }
    co_return co_await m_journal.keep(ended);
}

Task<Result<void>> Caller::finish(Call call, CallState state, QString failure)
{
    co_return co_await m_journal.keep(CallEnded{.call = call.id, .state = state, .failure = std::move(failure)});
}

} // namespace quintet::agent
