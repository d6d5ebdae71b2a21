// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/source/sourcereader.h"

#include <QFile>

namespace quintet::batch {

/// The lines of a JSONL file. An object's members are the columns of a row; any other value is a row with the one
/// column "text".
class LinesReader final : public SourceReader {
public:
    explicit LinesReader(const QString &path) : m_file(path) { }

    Result<std::vector<ItemSource>> next(int atMost) override;

private:
    QFile m_file;
    qint64 m_line = 0;
};

} // namespace quintet::batch
