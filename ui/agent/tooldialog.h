// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/agent/agentsession.h"

#include <QDialog>

class QBoxLayout;
class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace quintet::ui {

class Button;
class CodeHighlighter;

/// Calls a tool by hand: which, with what arguments, and what comes of it. What writes or sends is asked about first.
class ToolDialog final : public QDialog {
    Q_OBJECT

public:
    /// `tool`: the one that is chosen first. `session` outlives the dialog.
    ToolDialog(AgentSession &session, const QString &tool, QWidget *parent);

private:
    void showTool();
    void call();
    void showResult(const Result<agent::ToolResult> &result);
    void place(QWidget *widget);
    const agent::ToolFacts *chosen() const;

    AgentSession &m_session;
    CodeHighlighter *m_highlighter;
    QComboBox *m_tools;
    QLabel *m_description;
    QPlainTextEdit *m_arguments;
    Button *m_call;
    QBoxLayout *m_column;
    QWidget *m_result = nullptr;
};

/// What the arguments of a tool may look like, from its schema: every required one, with a value of its kind.
QString sampleArguments(const QJsonObject &schema);

} // namespace quintet::ui
