// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/agent/agentsession.h"

#include <QWidget>

class QLineEdit;

namespace quintet::ui {

class Button;
class ElidedLabel;
class ErrorStrip;
class ModelPicker;
class ModelSession;
class StepsView;

/// A run as it goes: what it is about, its steps, how it ended; the user stops it, speaks to it, takes it up again.
class RunPane final : public QWidget {
    Q_OBJECT

public:
    RunPane(AgentSession &session, ModelSession &models);

    QLineEdit *line() const { return m_line; }

private:
    QWidget *makeHead(ModelSession &models);
    QWidget *makeFoot();
    void join();
    void showRun();
    void showState();
    void showEnd(const agent::AgentRun &run);
    void say();
    void askForTitle();
    void askForExport();

    AgentSession &m_session;
    ElidedLabel *m_title;
    ModelPicker *m_models;
    Button *m_stop;
    Button *m_replay;
    Button *m_keep;
    Button *m_export;
    StepsView *m_steps;
    ErrorStrip *m_failure;
    QLineEdit *m_line;
};

/// How a run went, in a line: how it ended, steps, time, tokens, cost, model.
QString factsOf(const agent::AgentRun &run);

} // namespace quintet::ui
