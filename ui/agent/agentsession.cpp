// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/agentsession.h"

#include "agent/run/specjson.h"

#include <QJsonDocument>
#include <QSettings>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const usage::Money smallBudget = usage::Money::fromDollars(0.5);
const QString workplaceKey = u"agent/workplace"_s;

} // namespace

AgentSession::AgentSession(AgentServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile),
      m_told([this](const std::vector<Told> &events) { take(events); })
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(100ms);
    connect(&m_refresh, &QTimer::timeout, this, &AgentSession::refresh);
    m_watch.setInterval(2s);
    connect(&m_watch, &QTimer::timeout, this, &AgentSession::refresh);
    m_watch.start();
    readDraft();
    refreshEndpoints();
    readTools();
    refresh();
}

AgentSession::~AgentSession() = default;

void AgentSession::setSearch(const QString &words)
{
    if (std::exchange(m_search, words) != words)
        refresh();
}

void AgentSession::refresh()
{
    if (m_isReading) { // what is being read may be older than what is asked for
        m_refresh.start();
        return;
    }
    m_isReading = true;
    m_readingLists = EngineCall<AgentLists>(
        m_services.engine, this,
        [parts = m_services.parts.agent, words = m_search](CancelToken) { return readLists(parts, words); },
        [this](Result<AgentLists> lists) {
            m_isReading = false;
            if (lists)
                takeLists(std::move(*lists));
            else
                Q_EMIT failed(lists.error());
        });
}

void AgentSession::takeLists(AgentLists lists)
{
    if (lists == m_lists)
        return;
    const auto rowOf = [this](const AgentLists &all) {
        const auto row = std::ranges::find_if(all.runs, [&](const auto &each) { return each.id.value == m_shown; });
        return row == all.runs.end() ? std::nullopt : std::optional(*row);
    };
    const auto before = rowOf(m_lists);
    const auto now = rowOf(lists);
    m_lists = std::move(lists);
    Q_EMIT listsChanged();
    // The shown run may be at work in another process.
    if (before && now && *before != *now && !isShownWorking())
        showRun(std::exchange(m_shown, {}));
}

const agent::SavedTask *AgentSession::task() const
{
    const auto found = std::ranges::find(m_lists.tasks, m_shown, &agent::SavedTask::id);
    return m_run || found == m_lists.tasks.end() ? nullptr : &*found;
}

void AgentSession::show(const QString &id, std::optional<agent::AgentRun> run)
{
    m_shown = id;
    m_run = std::move(run);
    m_readingRun = {};
    Q_EMIT shownChanged();
}

void AgentSession::startNew()
{
    show({}, {});
}

void AgentSession::showTask(const QString &id)
{
    if (m_shown != id)
        show(id, {});
}

void AgentSession::showRun(const QString &id)
{
    if (m_shown == id)
        return;
    if (const auto working = m_working.find(id); working != m_working.end()) {
        show(id, working->second.run);
        return;
    }
    m_shown = id;
    m_readingRun = RunCall(
        m_services.engine, this,
        [parts = m_services.parts.agent, id](CancelToken) { return readRun(parts, agent::RunId{id}); },
        [this, id](Result<agent::AgentRun> run) {
            if (run)
                show(id, std::move(*run));
            else
                Q_EMIT failed(run.error());
        });
}

void AgentSession::readDraft()
{
    const QSettings settings(m_services.paths.settingsFile, QSettings::IniFormat);
    const QByteArray json = settings.value(workplaceKey).toByteArray();
    m_draft.workplace = agent::workplaceFrom(QJsonDocument::fromJson(json).object());
    if (json.isEmpty())
        m_draft.workplace.database = u"sample"_s; // something to try it on
}

void AgentSession::keepDraft() const
{
    QSettings settings(m_services.paths.settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read
    if (settings.status() == QSettings::NoError)
        settings.setValue(workplaceKey, QJsonDocument(agent::toJson(m_draft.workplace)).toJson(QJsonDocument::Compact));
}

void AgentSession::setTask(const QString &text)
{
    m_draft.task = text;
    Q_EMIT draftChanged();
}

void AgentSession::setWorkplace(const agent::Workplace &workplace)
{
    if (workplace == m_draft.workplace)
        return;
    agent::Workplace others = workplace;
    others.tools = m_draft.workplace.tools;
    const bool isElsewhere = others != m_draft.workplace;
    m_draft.workplace = workplace;
    keepDraft();
    Q_EMIT draftChanged();
    if (isElsewhere)
        readTools();
}

void AgentSession::setLimits(const agent::Limits &limits)
{
    m_draft.limits = limits;
    Q_EMIT draftChanged();
}

void AgentSession::setEndpoint(const QString &name, const QString &model)
{
    m_draft.endpoint =
        m_registry.resolve({.endpoint = name, .baseUrl = {}, .model = {}}, u"agent"_s).value_or(llm::builtinEndpoint());
    if (!model.isEmpty() && m_draft.endpoint.kind != llm::EndpointKind::Builtin)
        m_draft.endpoint.model = model;
    m_ownEndpoint = true;
    m_draft.limits.budget.money = usualBudget(m_draft.endpoint);
    Q_EMIT draftChanged();
}

llm::Endpoint AgentSession::endpoint() const
{
    return m_draft.endpoint;
}

void AgentSession::refreshEndpoints()
{
    if (m_ownEndpoint)
        return;
    m_draft.endpoint = m_registry.resolve({}, u"agent"_s).value_or(llm::builtinEndpoint());
    m_draft.limits.budget.money = usualBudget(m_draft.endpoint);
    Q_EMIT draftChanged();
}

/// A small one where the model's price is known: where it is not, a limit would stop everything.
std::optional<usage::Money> AgentSession::usualBudget(const llm::Endpoint &endpoint) const
{
    const usage::Prices prices(m_services.paths.pricesFile());
    const bool isPriced = endpoint.kind != llm::EndpointKind::Builtin && !llm::isLocal(endpoint)
                          && prices.find(endpoint.model, QDate::currentDate(), 0);
    return isPriced ? std::optional(smallBudget) : std::nullopt;
}

void AgentSession::readTools()
{
    m_readingTools = EngineCall<std::vector<agent::ToolFacts>>(
        m_services.engine, this,
        [maker = m_services.parts.tools, workplace = m_draft.workplace](CancelToken token) {
            return toolsIn(maker, workplace, token);
        },
        [this](Result<std::vector<agent::ToolFacts>> tools) {
            m_toolsProblem = tools ? std::nullopt : std::optional(tools.error());
            m_tools = tools.value_or(std::vector<agent::ToolFacts>());
            dropMissingTools();
            Q_EMIT toolsChanged();
        });
}

/// A choice of tools that are not there any more would let no run begin.
void AgentSession::dropMissingTools()
{
    QStringList &chosen = m_draft.workplace.tools;
    if (chosen.isEmpty() || m_toolsProblem)
        return;
    chosen.removeIf([this](const QString &name) {
        return std::ranges::find(m_tools, name, &agent::ToolFacts::name) == m_tools.end();
    });
}

} // namespace quintet::ui
