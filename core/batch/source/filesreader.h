// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/source/glob.h"
#include "batch/source/sourcereader.h"

#include <QFileInfo>

#include <deque>

namespace quintet::batch {

/// Files, and all files in folders, in the order of their names. Hidden ones and linked folders are passed over. Holds
/// the names of one folder of each level at a time.
class FilesReader final : public SourceReader {
public:
    explicit FilesReader(const SourceSpec &spec);

    Result<std::vector<ItemSource>> next(int atMost) override;

private:
    struct Level {
        QString prefix; ///< of the names in it, with a slash behind it
        std::deque<QFileInfo> entries;
    };
    static Level levelOf(const QString &folder, const QString &prefix);

    Glob m_glob;
    std::vector<Level> m_levels; ///< the innermost last
};

} // namespace quintet::batch
