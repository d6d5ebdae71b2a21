// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/stepsview.h"

#include "ui/agent/steps/answerview.h"
#include "ui/theme/label.h"
#include "ui/transcript/rows/codehighlighter.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QScrollBar>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int stepsAtATime = 40;
constexpr int widest = 860;
constexpr int side = 20;

} // namespace

StepsView::StepsView()
    : m_highlighter(new CodeHighlighter(this)),
      m_content(new QWidget),
      m_column(makeColumn(8)),
      m_stepColumn(makeColumn(8)),
      m_todos(makeLabel({}, TextStyle::Base)),
      m_earlier(new Button(u"earlierSteps"_s, tr("Show earlier steps"), Button::Quiet, Button::Small)),
      m_answer(new AnswerView(u"replayAnswer"_s)),
      m_facts(makeLabel({}, TextStyle::Facts, Tone::Second)),
      m_most(stepsAtATime)
{
    setObjectName(u"stepsView"_s);
    setAccessibleName(tr("Steps"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_todos->setObjectName(u"todos"_s);
    m_todos->setAccessibleName(tr("What is to be done"));
    m_todos->setWordWrap(true);
    m_facts->setObjectName(u"runFacts"_s);
    m_facts->setWordWrap(true);
    m_column->setContentsMargins(side, 14, side, 14);
    m_column->addWidget(m_todos);
    m_column->addWidget(m_earlier, 0, Qt::AlignLeft);
    m_column->addLayout(m_stepColumn);
    m_column->addWidget(m_answer);
    m_column->addWidget(m_facts);
    m_column->addStretch(1);
    m_content->setLayout(m_column);
    m_content->setBackgroundRole(QPalette::Base);
    setWidget(m_content);
    setBackgroundRole(QPalette::Base);
    clear();
    connect(m_earlier, &Button::clicked, this, &StepsView::earlierAsked);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { m_isAtEnd = value >= verticalScrollBar()->maximum() - 4; });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &StepsView::followEnd);
}

StepsView::~StepsView() = default;

void StepsView::clear()
{
    for (StepView *step : m_steps) {
        step->hide();
        step->deleteLater();
    }
    for (const auto &[after, widget] : m_said)
        widget->deleteLater();
    m_steps.clear();
    m_said.clear();
    m_most = stepsAtATime;
    m_earlier->hide();
    m_todos->hide();
    m_answer->hide();
    m_facts->hide();
}

void StepsView::setRun(const agent::AgentRun &run)
{
    m_content->setUpdatesEnabled(false);
    clear();
    m_isAtEnd = run.state() == agent::RunState::Running || run.state() == agent::RunState::Waiting;
    const int count = int(run.steps().size());
    updateFrom(run, std::max(1, count - m_most + 1));
    m_content->setUpdatesEnabled(true);
    if (!m_isAtEnd)
        verticalScrollBar()->setValue(0);
}

void StepsView::updateFrom(const agent::AgentRun &run, int first)
{
    m_isInFolder = !run.spec().workplace.folder.isEmpty();
    showTodos(run);
    showSaid(run, 0);
    for (size_t i = size_t(std::max(first, 1)) - 1; i < run.steps().size(); ++i) {
        const agent::Step &step = run.steps()[i];
        const auto shown = std::ranges::find(m_steps, step.number, &StepView::number);
        if (shown != m_steps.end()) {
            (*shown)->setStep(step);
        } else if (m_steps.empty() || step.number > m_steps.back()->number()) {
            m_steps.push_back(makeStep(step));
            m_stepColumn->addWidget(m_steps.back());
        }
        showSaid(run, step.number);
    }
    dropEarliest();
    m_earlier->setVisible(!m_steps.empty() && m_steps.front()->number() > 1);
}

StepView *StepsView::makeStep(const agent::Step &step)
{
    auto *view = new StepView(step, {*m_highlighter, m_isInFolder});
    connect(view, &StepView::answered, this, &StepsView::answered);
    connect(view, &StepView::undoAsked, this, &StepsView::undoAsked);
    connect(view, &StepView::againAsked, this, &StepsView::againAsked);
    return view;
}

/// What the user said behind a step, once.
void StepsView::showSaid(const agent::AgentRun &run, int afterStep)
{
    QStringList words;
    for (const agent::Said &said : run.said()) {
        if (said.afterStep == afterStep)
            words << said.text;
    }
    if (words.isEmpty())
        return;
    const QString text = tr("You: %1").arg(words.join(u'\n'));
    if (const auto known = m_said.find(afterStep); known != m_said.end()) {
        known->second->setText(text);
        return;
    }
    QLabel *label = makeLabel(text, TextStyle::Base, Tone::Accent);
    label->setObjectName(u"said"_s);
    label->setWordWrap(true);
    label->setContentsMargins(32, 2, 0, 6);
    int place = 0;
    for (StepView *step : m_steps) {
        if (step->number() <= afterStep)
            place = m_stepColumn->indexOf(step) + 1;
    }
    m_stepColumn->insertWidget(place, label);
    m_said[afterStep] = label;
}

void StepsView::showTodos(const agent::AgentRun &run)
{
    QStringList lines;
    for (const agent::Todo &todo : run.todos()) {
        const QChar mark = todo.state == agent::Todo::State::Done    ? QChar(0x2713)
                           : todo.state == agent::Todo::State::Doing ? QChar(0x2192)
                                                                     : QChar(0x25CB);
        lines << mark + u"  "_s + todo.text;
    }
    m_todos->setText(lines.join(u'\n'));
    m_todos->setVisible(!lines.isEmpty());
}

void StepsView::updateGrowing(const agent::Step &step)
{
    const auto shown = std::ranges::find(m_steps, step.number, &StepView::number);
    if (shown != m_steps.end())
        (*shown)->setGrowing(step.text, step.reasoning);
}

void StepsView::setEnd(const QString &answer, const QString &facts)
{
    m_answer->setText(answer);
    m_answer->setVisible(!answer.isEmpty());
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
}

/// A long run keeps only as many steps on screen as can be laid out within a frame.
void StepsView::dropEarliest()
{
    while (int(m_steps.size()) > m_most) {
        StepView *const first = m_steps.front();
        if (const auto said = m_said.find(first->number()); said != m_said.end()) {
            said->second->deleteLater();
            m_said.erase(said);
        }
        m_stepColumn->removeWidget(first);
        first->hide();
        first->deleteLater();
        m_steps.erase(m_steps.begin());
    }
}

void StepsView::showEarlier(const agent::AgentRun &run)
{
    m_most += stepsAtATime;
    const int last = m_steps.empty() ? 0 : m_steps.front()->number() - 1;
    const int first = std::max(1, last - stepsAtATime + 1);
    const int before = m_content->height();
    for (int number = last; number >= first; --number) {
        m_steps.insert(m_steps.begin(), makeStep(run.steps()[size_t(number) - 1]));
        m_stepColumn->insertWidget(0, m_steps.front());
    }
    for (int number = first; number <= last; ++number)
        showSaid(run, number);
    m_earlier->setVisible(first > 1);
    // What was read stays where it was.
    m_isAtEnd = false;
    m_column->activate();
    const int grown = m_content->sizeHint().height() - before;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + std::max(0, grown));
}

void StepsView::followEnd()
{
    if (m_isAtEnd)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void StepsView::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    const int room = std::max(side, viewport()->width() - widest - side);
    m_column->setContentsMargins(side, 14, room, 14);
}

} // namespace quintet::ui
