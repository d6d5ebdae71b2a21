// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/run.h"
#include "ui/drop/receiver.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace quintet::ui {

class BatchSession;
class ErrorStrip;
class ModelSession;
class RunView;
class SetUpView;

/// The Batch tab: runs at the left; in the middle the one that is shown, or the set-up of a new one.
class BatchTab final : public QWidget, public Receiver {
    Q_OBJECT

public:
    /// `session` outlives the tab.
    BatchTab(BatchSession &session, ModelSession &models);

    QString offer(const Given &given) const override;
    void receive(const Given &given) override;

Q_SIGNALS:
    void connectionAsked();                  ///< the user wants to connect a model
    void knowledgeAsked(const QString &run); ///< for the results of a run

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showShown();
    void addActions();
    void offerUndo(const batch::RunSpec &before);

    BatchSession &m_session;
    QWidget *m_list;
    QStackedWidget *m_pages;
    SetUpView *m_setUp;
    RunView *m_run;
    ErrorStrip *m_error;
    ErrorStrip *m_undo;
    batch::RunSpec m_before; ///< what was being set up, until something took its place
    QSplitter *m_splitter;
    bool m_isNarrow = false;
};

} // namespace quintet::ui
