// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/answer/answerer.h"
#include "batch/itemstore.h"
#include "document/extractor.h"

namespace quintet::batch {

/// Reads what an item is made of: the text of its file, or its row. Lives on the engine thread.
class ItemReader final {
public:
    ItemReader(document::Extractor &extractor, ItemStore &items) : m_extractor(extractor), m_items(items) { }

    /// Errors as of the extractor; BadInput for a file that is not there any more. One that was changed since it was
    /// listed is read as it is now, and marked.
    Task<Result<Material>> read(Item item, SourceKind source, CancelToken token);

    /// The same for one that is listed but not in a run yet.
    Task<Result<Material>> read(ItemSource item, SourceKind source, qint64 index, CancelToken token);

private:
    document::Extractor &m_extractor;
    ItemStore &m_items;
};

} // namespace quintet::batch
