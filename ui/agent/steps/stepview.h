// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/agentrun.h"
#include "ui/agent/steps/callview.h"

class QLabel;

namespace quintet::ui {

class AnswerView;

/// A step of a run: its number in a circle that says how it stands, what was thought, the calls.
class StepView final : public QWidget {
    Q_OBJECT

public:
    StepView(const agent::Step &step, const StepSetting &setting);

    int number() const { return m_step.number; }

    /// Shows the step as it is now; what has not changed stays.
    void setStep(const agent::Step &step);

    /// The model says more of it.
    void setGrowing(const QString &text, const QString &reasoning);

Q_SIGNALS:
    void answered(const QString &call, const quintet::agent::Approval &approval);
    void undoAsked(const QString &version);
    void againAsked(int step); ///< from behind this step on, with the model that is chosen now

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void fill();
    void placeCalls();
    bool isHeading() const;

    agent::Step m_step;
    StepSetting m_setting;
    QBoxLayout *m_column;
    QLabel *m_thought = nullptr;
    AnswerView *m_answer = nullptr;
    QLabel *m_fault = nullptr;
    std::vector<CallView *> m_calls;
};

} // namespace quintet::ui
