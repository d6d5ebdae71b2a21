// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/taskpane.h"

#include "ui/agent/stepsview.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

/// The plan as a run that has not begun.
agent::AgentRun planned(const agent::Plan &plan, const std::vector<agent::ToolFacts> &tools)
{
    agent::AgentRun run(agent::RunId{u"plan"_s});
    run.apply(agent::RunBegun{agent::replaySpec({}, plan, {}), {}});
    int number = 0;
    for (const agent::PlannedCall &each : plan.calls) {
        agent::Call call;
        call.id = u"%1.1"_s.arg(++number);
        call.wish.name = each.tool;
        call.arguments = each.arguments;
        const auto facts = std::ranges::find(tools, each.tool, &agent::ToolFacts::name);
        call.title = facts == tools.end() ? each.tool : facts->title;
        agent::StepPlanned step;
        step.step = number;
        step.text = each.thought;
        step.calls = {call};
        run.apply(agent::StepBegun{number});
        run.apply(step);
    }
    return run;
}

} // namespace

TaskPane::TaskPane(AgentSession &session)
    : m_session(session),
      m_title(new ElidedLabel),
      m_task(makeLabel({}, TextStyle::Reading, Tone::Second)),
      m_afresh(new Button(u"planAfresh"_s, tr("Plan afresh…"), Button::Quiet)),
      m_replay(new Button(u"replayTask"_s, tr("Replay"), Button::Primary)),
      m_steps(new StepsView)
{
    setObjectName(u"taskPane"_s);
    m_title->setObjectName(u"taskTitle"_s);
    m_title->setFont(fontFor(TextStyle::Title));
    m_task->setWordWrap(true);
    m_task->setContentsMargins(20, 14, 20, 0);
    m_afresh->setToolTip(tr("Give the task to a model"));
    m_replay->setToolTip(tr("Make these calls on today's data, without a model"));
    QBoxLayout *head = makeRow();
    head->setContentsMargins(16, 10, 16, 10);
    head->addWidget(m_title, 1);
    head->addWidget(m_afresh);
    head->addWidget(m_replay);
    QBoxLayout *column = makeColumn(0);
    column->addLayout(head);
    column->addWidget(makeHairline());
    column->addWidget(m_task);
    column->addWidget(m_steps, 1);
    setLayout(column);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    connect(m_replay, &Button::clicked, this, [this] { m_session.replayTask(m_session.shownId()); });
    connect(m_afresh, &Button::clicked, this, [this] {
        const agent::SavedTask *task = m_session.task();
        if (!task)
            return;
        m_session.setTask(task->plan.task);
        agent::Workplace workplace = m_session.draft().workplace;
        if (!task->plan.workplace.database.isEmpty())
            workplace.database = task->plan.workplace.database;
        m_session.setWorkplace(workplace);
        m_session.startNew();
    });
    connect(&m_session, &AgentSession::shownChanged, this, &TaskPane::showTask);
    showTask();
}

void TaskPane::showTask()
{
    const agent::SavedTask *task = m_session.task();
    if (!task)
        return;
    m_title->setText(task->plan.title);
    m_task->setText(task->plan.task);
    m_steps->setRun(planned(task->plan, m_session.tools()));
    m_steps->setEnd(task->plan.answer, {});
}

} // namespace quintet::ui
