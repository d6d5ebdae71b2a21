// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/source/sourcereader.h"

#include <QFile>
#include <QStringDecoder>
#include <QStringList>

#include <deque>

namespace quintet::batch {

/// The rows of a delimited text. Columns are named by its first row where that looks like a header, else they are
/// called 1, 2 and so on. Holds a megabyte or so of the file at a time.
class TableReader final : public SourceReader {
public:
    explicit TableReader(const QString &path) : m_file(path) { }

    Result<std::vector<ItemSource>> next(int atMost) override;

private:
    Result<void> begin();
    Result<void> readOn();
    QString takeWholeRecords(bool isEnd);
    Error cannotRead(const QString &why) const;
    ItemSource itemFrom(const QStringList &cells);

    QFile m_file;
    std::optional<QStringDecoder> m_decoder;
    QString m_text; ///< read, but not yet parted into records
    QChar m_delimiter;
    QStringList m_header;
    bool m_hasHeader = false;
    std::deque<QStringList> m_records;
    qint64 m_row = 0;
};

} // namespace quintet::batch
