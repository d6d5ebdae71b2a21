// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/item.h"
#include "batch/run.h"

#include <memory>
#include <vector>

namespace quintet::batch {

/// Lists the items of a source piece by piece, the same ones in the same order each time that the source is the same.
/// On one thread at a time.
class SourceReader {
public:
    virtual ~SourceReader() = default;

    /// About `atMost` further items; none at the end. Fails with BadInput where the source cannot be read.
    virtual Result<std::vector<ItemSource>> next(int atMost) = 0;
};

/// The reader for a source other than a former run. BadInput where it is not there.
Result<std::unique_ptr<SourceReader>> openSource(const SourceSpec &spec);

/// The folder that the source's files are named from, or that its file is in; empty for a former run.
QString folderOf(const SourceSpec &spec);

/// The folder of the source that the file at `path` was found in, or the source's only file, where that is gone
/// altogether: nothing is wrong with the item then. Empty where it is there.
QString goneSource(const SourceSpec &spec, const QString &path);

/// The kind of source that a file or folder is, by its ending.
SourceKind kindOfSource(const QString &path);

} // namespace quintet::batch
