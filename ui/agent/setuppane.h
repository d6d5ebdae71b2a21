// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/agent/agentsession.h"
#include "ui/drop/given.h"

#include <QWidget>

class QPlainTextEdit;

namespace quintet::ui {

class Button;
class FlowLayout;
class HintStrip;
class ModelPicker;
class ModelSession;

/// A task that is being set up: what is to be done, by which model; or a saved one to replay.
class SetUpPane final : public QWidget {
    Q_OBJECT

public:
    SetUpPane(AgentSession &session, ModelSession &models);

    QPlainTextEdit *editor() const { return m_task; }
    HintStrip *hint() const { return m_hint; }

Q_SIGNALS:
    void patternAsked(const QString &key, const quintet::ui::Given &given); ///< the task, for a simpler tab

private:
    QWidget *makeBox();
    void showDraft();
    void showTasks();

    AgentSession &m_session;
    QPlainTextEdit *m_task;
    ModelPicker *m_models;
    Button *m_start;
    HintStrip *m_hint;
    QWidget *m_saved;
    FlowLayout *m_chips;
    std::vector<Button *> m_shown; ///< saved tasks
};

} // namespace quintet::ui
