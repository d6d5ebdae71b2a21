// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "ui/batch/enginework.h"

#include <QAbstractTableModel>
#include <QHash>

namespace quintet::ui {

/// The items of a run as a table of any length: of each row only the id is held, the rest is read a page at a time when
/// it is shown. Columns: state, name, then the fields of the answer or the answer itself, then tokens, cost, seconds.
/// Lives on the GUI thread.
class ItemTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        StateRole = Qt::UserRole, ///< int of batch::ItemState
        IdRole,
        ProblemRole, ///< whether the row says what went wrong in place of a result
    };

    ItemTableModel(EngineThread &engine, const batch::BatchParts &parts, QObject *parent = nullptr);

    /// Another run, or none.
    void setRun(std::optional<batch::Run> run);

    /// Which items are shown, in which order.
    void setQuery(const batch::ItemQuery &query);
    const batch::ItemQuery &query() const { return m_query; }

    /// Reads anew what is shown, since the run went on.
    void refresh();

    const std::vector<batch::ErrorGroup> &errors() const { return m_errors; }
    qint64 idAt(int row) const { return m_ids[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override; ///< result files, else the results' text

Q_SIGNALS:
    void indexed(); ///< rows and error groups are known
    void failed(const quintet::Error &error);

private:
    const batch::ItemRecord *recordAt(int row) const;
    void readIndex();
    void readPages();
    void takeIndex(ItemIndex index);
    QString cell(const batch::ItemRecord &record, int column) const;
    QString answerCell(const batch::ItemRecord &record, int column) const;

    EngineThread &m_engine;
    batch::BatchParts m_parts;
    std::optional<batch::Run> m_run;
    batch::ItemQuery m_query;
    QStringList m_fields; ///< of the answers; empty: one column of text
    std::vector<qint64> m_ids;
    std::vector<batch::ErrorGroup> m_errors;
    QHash<qint64, batch::ItemRecord> m_records; ///< of the pages that were shown last
    mutable std::vector<int> m_wanted;          ///< rows that were asked for and are not there
    bool m_isReading = false;
    bool m_isIndexing = false;
    bool m_isStale = false; ///< the index is to be read once more
    QTimer m_wantedTimer;
    EngineCall<ItemIndex> m_indexing;
    EngineCall<std::vector<batch::ItemRecord>> m_reading;
};

} // namespace quintet::ui
