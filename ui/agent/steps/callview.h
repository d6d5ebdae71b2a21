// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/call.h"

#include <QWidget>

class QBoxLayout;

namespace quintet::ui {

class CodeHighlighter;

/// What the view of a run needs to know beside the run.
struct StepSetting {
    CodeHighlighter &highlighter;
    bool isInFolder = false; ///< the run has a folder
};

/// One call of a step: what it is in a line, what it asks, what came of it.
class CallView final : public QWidget {
    Q_OBJECT

public:
    /// `heading`: what stands before the facts; empty: the tool's title.
    CallView(const agent::Call &call, const QString &heading, const StepSetting &setting);

    const agent::Call &call() const { return m_call; }

Q_SIGNALS:
    void answered(const QString &call, const quintet::agent::Approval &approval);
    void undoAsked(const QString &version); ///< of what the call changed

private:
    void addHead(QBoxLayout *column, const QString &heading);
    void addRequest(QBoxLayout *column);
    void addOutcome(QBoxLayout *column);
    bool isBrief() const;

    agent::Call m_call;
    StepSetting m_setting;
};

} // namespace quintet::ui
