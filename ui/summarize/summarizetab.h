// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/drop/receiver.h"
#include "ui/summarize/source.h"

#include <QWidget>

class QSplitter;

namespace quintet::ui {

class SourcePane;
class ModelSession;
class SummarizeSession;
class SummaryHistory;
class SummaryPane;

/// The Summarize tab: one text in, one answer out. Shows what its session says; Ctrl+Return runs, Esc stops.
class SummarizeTab final : public QWidget, public Receiver {
    Q_OBJECT

public:
    /// `session` outlives the tab.
    SummarizeTab(SummarizeSession &session, ModelSession &models);

    QString offer(const Given &given) const override;
    void receive(const Given &given) override;

Q_SIGNALS:
    void connectionAsked();                            ///< the user wants to connect a model
    void chatAsked(const quintet::ui::Source &source); ///< and this one to talk about a text and its summary
    void sampleAsked();                                ///< and this one something to try it with

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    QWidget *makeHeader();
    void paste();
    void takeText(const QString &text);
    void joinPanes();
    void addActions();
    void openHistory();

    SummarizeSession &m_session;
    SourcePane *m_source;
    SummaryPane *m_summary;
    QSplitter *m_splitter;
    SummaryHistory *m_history = nullptr; ///< made when it is first opened
};

} // namespace quintet::ui
