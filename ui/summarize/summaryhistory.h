// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "summarize/history/summaryhistorystore.h"

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace quintet::ui {

class Button;
class ErrorStrip;

/// The summaries that were made: searched, read, copied, removed, their sources opened again.
class SummaryHistory final : public QDialog {
    Q_OBJECT

public:
    /// `store` outlives it.
    SummaryHistory(EngineThread &engine, summarize::SummaryHistoryStore &store, QWidget *parent = nullptr);

    /// Reads the list anew.
    void refresh();

Q_SIGNALS:
    void sourceAsked(const QString &origin);

private:
    using Records = std::shared_ptr<std::vector<summarize::SummaryRecord>>;

    void showRecords(const Records &records);
    void showCurrent();
    void removeCurrent();

    EngineThread &m_engine;
    summarize::SummaryHistoryStore &m_store;
    std::vector<summarize::SummaryRecord> m_records;
    QLineEdit *m_search;
    QListWidget *m_list;
    QTextBrowser *m_text;
    Button *m_copy;
    Button *m_open;
    Button *m_remove;
    ErrorStrip *m_undo;
    summarize::SummaryRecord m_removed; ///< the last
    EngineCall<Records> m_reading;
};

} // namespace quintet::ui
