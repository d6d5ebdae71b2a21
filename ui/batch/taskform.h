// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/run.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace quintet::ui {

/// What is done to each item of a run: a prompt with its variables, or a ready-made task with what that needs.
class TaskForm final : public QWidget {
    Q_OBJECT

public:
    TaskForm();

    void showTask(const batch::RunSpec &spec);

    /// Puts what was chosen and typed into `spec`, and says what of it is not understood.
    void takeInto(batch::RunSpec &spec);

Q_SIGNALS:
    void chosen();
    void typed();

private:
    QWidget *makePrompt();
    void fit();
    void insertVariable(const QString &name);

    QComboBox *m_task;
    QPlainTextEdit *m_prompt;
    QWidget *m_promptBox;
    QWidget *m_variables;
    QLineEdit *m_labels;
    QLineEdit *m_language;
    QLineEdit *m_fields;
    QLabel *m_fieldsProblem;
};

} // namespace quintet::ui
