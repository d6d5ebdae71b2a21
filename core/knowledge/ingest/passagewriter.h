// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/store/chunkstore.h"
#include "knowledge/store/documentstore.h"
#include "store/writer.h"

namespace quintet::knowledge {

/// Passages of a file on their way into the collection.
struct Addition {
    /// With which a content is whole, and found as the document's.
    struct End {
        qint64 document = 0;
        FoundFile file;
    };

    ContentRow content;
    std::vector<PreparedChunk> chunks;
    std::optional<End> end;
};

/// Writes what several files add in one go: the keyword index makes a piece of its own of each job, and putting many
/// small pieces together costs more than all else. Lives on one thread.
class PassageWriter final {
public:
    explicit PassageWriter(store::Writer &writer);

    /// The value is there when the addition is committed, or with it those that it was written together with have
    /// failed. Additions of one content are given one after the other.
    QFuture<Result<void>> add(Addition addition);

private:
    struct Group;

    store::Writer &m_writer;
    std::weak_ptr<Group> m_open; ///< the last; gone with its job, whether that could run or not
};

} // namespace quintet::knowledge
