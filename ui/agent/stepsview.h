// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"
#include "ui/agent/steps/stepview.h"

#include <QScrollArea>

#include <map>

class QLabel;

namespace quintet::ui {

class AnswerView;
class Button;
class CodeHighlighter;

/// The steps of a run, the newest at the end; of a long run the last ones, and the way to those before. Follows the end
/// while the user is there. What was said and what is to be done stand between.
class StepsView final : public QScrollArea {
    Q_OBJECT

public:
    StepsView();
    ~StepsView() override;

    void setRun(const agent::AgentRun &run);

    /// Shows the steps from `first` on as they are now; those before have not changed.
    void updateFrom(const agent::AgentRun &run, int first);
    void updateGrowing(const agent::Step &step);

    /// Behind the steps: the answer of a replay, and what there is to know of how it ended.
    void setEnd(const QString &answer, const QString &facts);

    /// The steps before those that are shown, as many again.
    void showEarlier(const agent::AgentRun &run);

    int shownSteps() const { return int(m_steps.size()); }

Q_SIGNALS:
    void answered(const QString &call, const quintet::agent::Approval &approval);
    void undoAsked(const QString &version);
    void againAsked(int step);
    void earlierAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void clear();
    StepView *makeStep(const agent::Step &step);
    void showSaid(const agent::AgentRun &run, int afterStep);
    void showTodos(const agent::AgentRun &run);
    void dropEarliest();
    void followEnd();

    CodeHighlighter *m_highlighter;
    QWidget *m_content;
    QBoxLayout *m_column;
    QBoxLayout *m_stepColumn;
    QLabel *m_todos;
    Button *m_earlier;
    AnswerView *m_answer;
    QLabel *m_facts;
    std::vector<StepView *> m_steps; ///< those that are shown, without gaps
    std::map<int, QLabel *> m_said;  ///< what was said behind a step
    int m_most = 0;                  ///< steps that are shown at most
    bool m_isInFolder = false;       ///< the run is
    bool m_isAtEnd = true;
};

} // namespace quintet::ui
