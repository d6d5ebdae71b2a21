// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/call.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;

namespace quintet::ui {

class CodeHighlighter;

/// Asks for the user's leave, in the place of the call: what would be done and why it asks; once, in this run, always,
/// with other arguments, or no and why.
class ApprovalCard final : public QFrame {
    Q_OBJECT

public:
    /// `isInFolder`: "always" holds in the run's folder alone.
    ApprovalCard(const agent::Call &call, bool isInFolder, CodeHighlighter &highlighter);

Q_SIGNALS:
    void answered(const quintet::agent::Approval &approval);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeProposal(CodeHighlighter &highlighter) const;
    QWidget *makeChoices(bool isInFolder);
    QWidget *makeEditor();
    QWidget *makeRefusal();
    void answer(agent::Approval::Answer answer);
    void allowEdited();

    agent::Call m_call;
    QStackedWidget *m_pages;
    QPlainTextEdit *m_arguments;
    QLabel *m_problem;
    QLineEdit *m_reason;
};

} // namespace quintet::ui
