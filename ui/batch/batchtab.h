// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
class BatchTab final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives the tab.
    BatchTab(BatchSession &session, ModelSession &models);

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void connectionAsked(); ///< the user wants to connect a model

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showShown();

    BatchSession &m_session;
    QWidget *m_list;
    QStackedWidget *m_pages;
    SetUpView *m_setUp;
    RunView *m_run;
    ErrorStrip *m_error;
    QSplitter *m_splitter;
    bool m_isNarrow = false;
};

} // namespace quintet::ui
