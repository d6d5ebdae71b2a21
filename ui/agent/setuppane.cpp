// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/setuppane.h"

#include "ui/advice/hintstrip.h"
#include "ui/models/modelpicker.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QPlainTextEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int widest = 720;
constexpr int taskHeight = 116;
constexpr qsizetype enoughToJudge = 2'000; // characters that a hint is told from

} // namespace

SetUpPane::SetUpPane(AgentSession &session, ModelSession &models)
    : m_session(session),
      m_task(new QPlainTextEdit),
      m_models(new ModelPicker(models)),
      m_start(new Button(u"startTask"_s, tr("Start"), Button::Primary)),
      m_hint(new HintStrip(u"agentHint"_s)),
      m_saved(new QWidget),
      m_chips(new FlowLayout(8))
{
    setObjectName(u"setUpPane"_s);
    m_task->setObjectName(u"taskText"_s);
    m_task->setAccessibleName(tr("What is to be done"));
    m_task->setPlaceholderText(tr("Find the total sales for last month and calculate growth"));
    m_task->setTabChangesFocus(true);
    m_task->setFixedHeight(taskHeight);
    m_task->viewport()->setAutoFillBackground(false); // the frame's corners are round
    m_task->document()->setDocumentMargin(8);
    m_start->setHint(tr("Ctrl+Enter"));
    QBoxLayout *row = makeRow(0);
    row->setContentsMargins(24, 0, 24, 0);
    row->addStretch(1);
    row->addWidget(makeBox(), 8);
    row->addStretch(1);
    QBoxLayout *column = makeColumn(0);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
    setLayout(column);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    connect(m_task, &QPlainTextEdit::textChanged, this, [this] { m_session.setTask(m_task->toPlainText()); });
    connect(m_start, &Button::clicked, &m_session, &AgentSession::start);
    connect(m_hint, &HintStrip::followed, this,
            [this](const QString &key) { Q_EMIT patternAsked(key, {m_task->toPlainText(), {}, {}, {}}); });
    connect(m_models, &ModelPicker::chosen, this,
            [this](const ModelChoice &choice) { m_session.setEndpoint(choice.endpoint, choice.model); });
    connect(m_models, &ModelPicker::failed, &m_session, &AgentSession::failed);
    connect(&m_session, &AgentSession::draftChanged, this, &SetUpPane::showDraft);
    connect(&m_session, &AgentSession::listsChanged, this, &SetUpPane::showTasks);
    showDraft();
    showTasks();
}

QWidget *SetUpPane::makeBox()
{
    QBoxLayout *under = makeRow();
    under->addWidget(m_models);
    under->addStretch(1);
    under->addWidget(m_start);
    QBoxLayout *saved = makeColumn(8);
    saved->addWidget(makeLabel(tr("Or replay a saved task: its calls again, on today's data and without a model"),
                               TextStyle::Small, Tone::Second));
    saved->addLayout(m_chips);
    m_saved->setLayout(saved);
    QBoxLayout *column = makeColumn(12);
    column->addWidget(makeLabel(tr("What is to be done?"), TextStyle::Display));
    auto *rule = makeLabel(tr("The agent looks things up, calculates and reads by itself; before it writes or sends "
                              "anything it asks."),
                           TextStyle::Base, Tone::Second);
    rule->setWordWrap(true);
    column->addWidget(rule);
    column->addWidget(m_task);
    column->addLayout(under);
    column->addWidget(m_hint);
    column->addSpacing(16);
    column->addWidget(m_saved);
    auto *box = new QWidget;
    box->setMaximumWidth(widest);
    box->setLayout(column);
    return box;
}

void SetUpPane::showDraft()
{
    if (m_task->toPlainText() != m_session.draft().task)
        m_task->setPlainText(m_session.draft().task);
    m_start->setEnabled(!m_session.draft().task.trimmed().isEmpty());
    m_hint->showHint(
        pattern::cheaperThan(pattern::Pattern::Agent, {.text = m_session.draft().task.left(enoughToJudge)}));
    m_models->setCurrent(m_session.endpoint());
}

void SetUpPane::showTasks()
{
    const auto &tasks = m_session.lists().tasks;
    for (Button *chip : m_shown)
        delete chip;
    m_shown.clear();
    for (const agent::SavedTask &task : tasks) {
        auto *chip = new Button(u"replay-%1"_s.arg(task.id), task.plan.title, Button::Plain, Button::Small);
        chip->setToolTip(task.plan.task);
        connect(chip, &Button::clicked, this, [this, id = task.id] { m_session.showTask(id); });
        m_chips->addWidget(chip);
        m_shown.push_back(chip);
    }
    m_saved->setVisible(!tasks.empty());
}

} // namespace quintet::ui
