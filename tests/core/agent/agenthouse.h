// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/agent.h"
#include "agent/run/runjson.h"
#include "base/wake.h"
#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedagent.h"

#include <QTest>
#include <QTimer>
#include <qcorosignal.h>

namespace quintet::test {

using namespace quintet::agent;
using namespace Qt::StringLiterals;

/// A tool that does what it is given to do, and remembers.
class TestTool final : public agent::Tool {
public:
    using Do = std::function<Result<ToolResult>(const QJsonObject &)>;

    TestTool(ToolFacts facts, Do action) : m_facts(std::move(facts)), m_action(std::move(action))
    {
        if (m_facts.schema.isEmpty())
            m_facts.schema = QJsonObject{{u"type"_s, u"object"_s}};
    }

    ToolFacts facts() const override { return m_facts; }

    Task<Result<std::optional<FileChange>>> preview(QJsonObject arguments, CancelToken) override
    {
        if (m_facts.effect != Effect::Writes)
            co_return std::nullopt;
        co_return FileChange{arguments[u"path"].toString(), {}, arguments[u"text"].toString(), true, {}};
    }

    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override
    {
        calls << arguments;
        Wake wake;
        while ((hangs || calls.size() < together) && !token.stop_requested()) {
            QTimer::singleShot(1, &wake, [&wake] { wake.wakeLater(); });
            co_await qCoro(&wake, &Wake::woken);
        }
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        co_return m_action(arguments);
    }

    QList<QJsonObject> calls;
    int together = 0; ///< a call ends once so many were made
    bool hangs = false;

private:
    ToolFacts m_facts;
    Do m_action;
};

/// Says what it is told to say, and remembers what it was asked.
class TestApprover final : public Approver {
public:
    Task<Result<Approval>> ask(ApprovalWish wish, CancelToken) override
    {
        asked.push_back(wish);
        co_return asked.size() <= answers.size() ? answers[asked.size() - 1] : Approval{};
    }

    std::vector<Approval> answers; ///< one after the other; then no
    std::vector<ApprovalWish> asked;
};

inline Result<ToolResult> says(const QString &text)
{
    return ToolResult{.text = text};
}

/// All that an agent stands on.
struct AgentHouse : House {
    AgentHouse() { facts.context = 100'000; }

    std::unique_ptr<store::Database> database =
        store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()).value();
    AgentRunStore runs{*database, clock};
    Toolbox toolbox;
    TestApprover approver;
    std::vector<RunEvent> told;
    std::function<void(agent::Agent &, const RunEvent &)> onEvent;

    std::shared_ptr<TestTool> add(const QString &name, TestTool::Do action, Effect effect = Effect::Reads,
                                  bool isUntrusted = false)
    {
        const auto tool = std::make_shared<TestTool>(
            ToolFacts{.name = name, .title = name, .effect = effect, .isUntrusted = isUntrusted}, std::move(action));
        toolbox.add(tool);
        return tool;
    }

    static llm::Endpoint at(const ScriptedServer &server)
    {
        return {.name = u"scripted"_s, .baseUrl = server.url(u"/v1"_s), .model = u"scripted-small"_s};
    }

    AgentParts parts() { return {gateway, catalog, *database, clock}; }

    Result<AgentRun> work(const AgentRun &run, std::optional<RunResumed> resumed = {}, CancelToken token = {})
    {
        std::unique_ptr<agent::Agent> agent;
        agent = std::make_unique<agent::Agent>(parts(), run, toolbox, approver, [&](const RunEvent &event) {
            told.push_back(event);
            if (onEvent)
                onEvent(*agent, event);
        });
        return resultOf(agent->work(std::move(resumed), token));
    }

    AgentRun begin(RunSpec spec) { return resultOf(beginRun(runs, clock, std::move(spec))).value(); }

    Result<AgentRun> run(const ScriptedServer &server, const QString &task, Limits limits = {}, CancelToken token = {})
    {
        return work(begin({.task = task, .endpoint = at(server), .limits = limits}), {}, token);
    }

    AgentRun kept(const AgentRun &run)
    {
        database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        return runs.load(run.id()).value();
    }
};

} // namespace quintet::test
