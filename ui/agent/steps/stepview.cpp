// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/stepview.h"

#include "ui/agent/steps/answerview.h"
#include "ui/theme/colors.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QContextMenuEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using agent::CallState;

namespace {

constexpr int circle = 22;
constexpr int indent = 32;
constexpr qsizetype longestHeading = 70; // characters; a longer thought stands above the call

/// How a step stands: ground and ink of its circle.
std::pair<QColor, QColor> circleColors(const agent::Step &step, const Colors &colors)
{
    const auto any = [&step](std::initializer_list<CallState> states) {
        return std::ranges::any_of(
            step.calls, [&](const agent::Call &call) { return std::ranges::find(states, call.state) != states.end(); });
    };
    if (any({CallState::Waiting, CallState::Denied, CallState::Interrupted}))
        return {colors.warningSoft, colors.warning};
    if (!step.fault.isEmpty() || any({CallState::Failed, CallState::Malformed}))
        return {colors.badSoft, colors.bad};
    if (!step.isPlanned || any({CallState::Asked, CallState::Running}))
        return {colors.soft, colors.accent};
    return {colors.goodSoft, colors.good};
}

} // namespace

StepView::StepView(const agent::Step &step, const StepSetting &setting)
    : m_step(step),
      m_setting(setting),
      m_column(makeColumn(8))
{
    setObjectName(u"step-%1"_s.arg(step.number));
    setAccessibleName(tr("Step %1").arg(step.number));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(circle);
    m_column->setContentsMargins(indent, 2, 0, 6);
    setLayout(m_column);
    fill();
}

/// Whether the thought is short enough to be the call's title.
bool StepView::isHeading() const
{
    return m_step.calls.size() == 1 && !m_step.text.isEmpty() && m_step.text.size() <= longestHeading
           && !m_step.text.contains(u'\n') && m_step.calls.front().wish.name != u"calculate";
}

void StepView::fill()
{
    const bool isAnswer = m_step.isPlanned && m_step.calls.empty() && m_step.fault.isEmpty();
    if (isAnswer || (!m_step.isPlanned && m_step.calls.empty())) {
        if (!m_answer) {
            m_answer = new AnswerView(u"stepAnswer"_s);
            m_column->insertWidget(0, m_answer);
        }
        const bool isThinking = m_step.text.isEmpty();
        m_answer->setText(isThinking ? tr("Thinking…") : m_step.text);
    } else if (m_answer) {
        m_answer->deleteLater();
        m_answer = nullptr;
    }
    const bool hasThought = !m_answer && !m_step.text.isEmpty() && !isHeading()
                            && !(m_step.calls.size() == 1 && m_step.calls.front().wish.name == u"calculate");
    if (hasThought && !m_thought) {
        m_thought = makeLabel({}, TextStyle::Base, Tone::Second);
        m_thought->setObjectName(u"stepThought"_s);
        m_thought->setWordWrap(true);
        m_thought->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_column->insertWidget(0, m_thought);
    }
    if (m_thought) {
        m_thought->setText(m_step.text);
        m_thought->setVisible(hasThought);
    }
    placeCalls();
    if (!m_step.fault.isEmpty() && !m_fault) {
        m_fault = makeLabel(tr("The model was told: %1").arg(m_step.fault), TextStyle::Small, Tone::Bad);
        m_fault->setWordWrap(true);
        m_column->addWidget(m_fault);
    }
}

void StepView::placeCalls()
{
    const QString heading = isHeading() ? m_step.text : QString();
    for (size_t i = 0; i < m_step.calls.size(); ++i) {
        const agent::Call &call = m_step.calls[i];
        if (i < m_calls.size() && m_calls[i]->call() == call)
            continue;
        auto *view = new CallView(call, heading, m_setting);
        connect(view, &CallView::answered, this, &StepView::answered);
        connect(view, &CallView::undoAsked, this, &StepView::undoAsked);
        if (i < m_calls.size()) {
            m_column->insertWidget(m_column->indexOf(m_calls[i]), view);
            m_calls[i]->hide();
            m_calls[i]->deleteLater();
            m_calls[i] = view;
        } else {
            m_column->addWidget(view);
            m_calls.push_back(view);
        }
    }
}

void StepView::setStep(const agent::Step &step)
{
    m_step = step;
    fill();
    update();
}

void StepView::setGrowing(const QString &text, const QString &reasoning)
{
    m_step.text = text;
    m_step.reasoning = reasoning;
    if (!m_answer)
        return;
    constexpr qsizetype shownThought = 240;
    const QString thought = reasoning.size() > shownThought ? u"…"_s + reasoning.last(shownThought) : reasoning;
    m_answer->setText(!text.isEmpty()       ? text
                      : reasoning.isEmpty() ? tr("Thinking…")
                                            : u"*"_s + thought.simplified().remove(u'*') + u"*"_s);
}

void StepView::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    const auto [ground, ink] = circleColors(m_step, colors);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(colors.accent, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(ground);
    const QRectF place = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 1, circle, circle));
    painter.drawEllipse(place);
    QFont font = fontFor(TextStyle::Rail);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(place, Qt::AlignCenter, QString::number(m_step.number));
}

void StepView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu;
    QAction *again = menu.addAction(tr("Go on anew from here, with the model chosen above"));
    again->setObjectName(u"againFromStep"_s);
    again->setEnabled(m_step.isPlanned);
    connect(again, &QAction::triggered, this, [this] { Q_EMIT againAsked(m_step.number); });
    menu.exec(event->globalPos());
}

} // namespace quintet::ui
