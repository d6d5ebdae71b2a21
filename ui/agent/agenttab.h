// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/drop/receiver.h"

#include <QWidget>

#include <functional>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace quintet::ui {

class AgentList;
class AgentSession;
class Button;
class ErrorStrip;
class ModelSession;
class RunPane;
class SetUpPane;
class TaskPane;
class WorkPane;

/// The Agent tab: saved tasks and runs at the left; in the middle a run, a saved task, or the set-up of a new one; at
/// the right what it works with.
class AgentTab final : public QWidget, public Receiver {
    Q_OBJECT

public:
    /// `session` and `models` outlive the tab.
    AgentTab(AgentSession &session, ModelSession &models);

    QString offer(const Given &given) const override;
    void receive(const Given &given) override;

Q_SIGNALS:
    void connectionAsked();                                                 ///< the user wants to connect a model
    void patternAsked(const QString &key, const quintet::ui::Given &given); ///< the task, for a simpler tab

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QWidget *makeConsent();
    void showConsent();
    void showShown();
    void foldPanes();
    void addActions();

    AgentSession &m_session;
    AgentList *m_list;
    QStackedWidget *m_pages;
    SetUpPane *m_setUp;
    TaskPane *m_task;
    RunPane *m_run;
    WorkPane *m_work;
    ErrorStrip *m_error;
    ErrorStrip *m_notice;
    std::function<void()> m_undo; ///< of the notice's button
    QWidget *m_consent;
    QLabel *m_question;
    Button *m_agree;
    Button *m_refuse;
    QSplitter *m_splitter;
    bool m_isNarrow = false;
};

} // namespace quintet::ui
