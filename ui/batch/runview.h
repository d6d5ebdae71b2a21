// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QLineEdit;
class QSplitter;
class QTableView;

namespace quintet::ui {

class Button;
class ElidedLabel;
class ErrorGroups;
class ErrorStrip;
class ItemPane;
class ItemTableModel;
class RunFigures;
class SegmentedControl;

/// The shown run: how it gets on, what failed and what can be done about it, its items as a table, and one of them.
class RunView final : public QWidget {
    Q_OBJECT

public:
    explicit RunView(BatchSession &session);

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    /// One more thing to do with the run, at the end of its menu.
    void addToMenu(QAction *action) { m_others << action; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeFilters();
    void showRun();
    void filter();
    void openResults();
    void openMore();
    void goOn();
    void askForMore(const batch::Run &run);
    void fitColumns();

    BatchSession &m_session;
    ItemTableModel *m_model;
    QString m_shown; ///< the run that the widgets show
    ElidedLabel *m_title;
    ElidedLabel *m_about;
    Button *m_go; ///< pauses or resumes
    Button *m_cancel;
    Button *m_open;
    Button *m_more;
    ErrorStrip *m_error;
    RunFigures *m_figures;
    ErrorGroups *m_groups;
    SegmentedControl *m_states;
    QLineEdit *m_filter;
    QTableView *m_table;
    ItemPane *m_item;
    QSplitter *m_splitter;
    QTimer m_filterTimer;
    QString m_errorKind;       ///< that the table is narrowed down to
    QList<QAction *> m_others; ///< of the menu
};

} // namespace quintet::ui
