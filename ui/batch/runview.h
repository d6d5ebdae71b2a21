// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSplitter;
class QTableView;

namespace quintet::ui {

class Button;
class ElidedLabel;
class ErrorStrip;
class FlowLayout;
class ItemPane;
class ItemTableModel;
class ProgressStrip;
class SegmentedControl;
class ThroughputChart;

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
    QWidget *makeProgress();
    QWidget *makeFilters();
    void showRun();
    void showFigures(const batch::Run &run);
    void showErrors();
    void filter();
    void openResults();
    void openMore();
    void goOn();
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
    ProgressStrip *m_bar;
    struct Figure {
        QWidget *box = nullptr;
        QLabel *number = nullptr;
        QLabel *caption = nullptr;
        void show(const QString &value, const QString &words);
    };
    Figure makeFigure(const QString &name, QLayout *row);
    Figure m_done;
    Figure m_failed;
    Figure m_rate;
    Figure m_left;
    Figure m_cost;
    Figure m_cached;
    ThroughputChart *m_chart;
    QWidget *m_groups; ///< of errors
    SegmentedControl *m_states;
    QLineEdit *m_filter;
    QTableView *m_table;
    ItemPane *m_item;
    QSplitter *m_splitter;
    QTimer m_filterTimer;
    QString m_errorKind; ///< that the table is narrowed down to
    QList<QAction *> m_others; ///< of the menu
};

} // namespace quintet::ui
