// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/agent/agentsession.h"

#include <QWidget>

class QLabel;

namespace quintet::ui {

class Button;
class ElidedLabel;
class StepsView;

/// A saved task: its calls as they are planned, to be replayed, or given to a model to plan afresh.
class TaskPane final : public QWidget {
    Q_OBJECT

public:
    explicit TaskPane(AgentSession &session);

private:
    void showTask();

    AgentSession &m_session;
    ElidedLabel *m_title;
    QLabel *m_task;
    Button *m_afresh;
    Button *m_replay;
    StepsView *m_steps;
};

} // namespace quintet::ui
