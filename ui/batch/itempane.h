// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace quintet::ui {

class TextView;

/// One item: its source with what was found in it marked, its result beside, and the result of another run to compare.
class ItemPane final : public QWidget {
    Q_OBJECT

public:
    explicit ItemPane(BatchSession &session);

    /// Shows an item of the shown run; 0: none.
    void showItem(qint64 id);

private:
    void read();
    void showDetail(const ItemDetail &detail);
    void fillRuns();
    QString factsOf(const batch::Item &item) const;

    BatchSession &m_session;
    qint64 m_item = 0;
    batch::ItemRecord m_record; ///< as it is shown
    QLabel *m_name;
    QLabel *m_problem;
    TextView *m_source;
    QPlainTextEdit *m_result;
    QWidget *m_resultCard;
    QComboBox *m_runs; ///< to compare with
    QPlainTextEdit *m_other;
    QWidget *m_otherCard;
    QLabel *m_facts;
    QWidget *m_content;
    QLabel *m_hint;
    EngineCall<ItemDetail> m_reading;
};

} // namespace quintet::ui
