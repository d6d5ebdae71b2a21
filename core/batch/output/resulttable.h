// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/item.h"
#include "batch/run.h"

#include <QJsonValue>

namespace quintet::batch {

/// The results of a run as rows of a table: what the source's rows had, then the fields of the answer or the answer
/// itself, then what went wrong. A plain value; any thread.
class ResultTable final {
public:
    /// `first`: any item of the run, which tells the columns of its source.
    ResultTable(const Run &run, const ItemRecord &first);

    const QStringList &columns() const { return m_columns; }

    /// As many cells as there are columns.
    QList<QJsonValue> cells(const ItemRecord &record) const;

private:
    bool m_hasRows;       ///< the source is a table
    QStringList m_source; ///< its columns
    QStringList m_fields; ///< of the answer
    QStringList m_columns;
};

/// All that is known of one item, as `batch export --format jsonl` gives it.
QJsonObject toJson(const Run &run, const ItemRecord &record);

/// A cell as text: lists parted by semicolons, null empty.
QString cellText(const QJsonValue &value);

} // namespace quintet::batch
