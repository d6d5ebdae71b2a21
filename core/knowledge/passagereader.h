// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "knowledge/hit.h"

namespace quintet::knowledge {

/// Some passages of a collection, in the order in which they were read.
struct PassagePage {
    std::vector<Hit> passages; ///< without ranks and scores
    qint64 last = 0;           ///< to go on behind; 0: these were the last ones
};

/// Reads all passages of a collection, one page after the other. Called on the engine thread, where its results come
/// back; the work is done on other threads.
class PassageReader {
public:
    virtual ~PassageReader() = default;

    /// Some passages behind `after` (0: the first ones) that may be found, of the documents that the operators in
    /// `query` allow (file:, after:); a page may be empty before the last. Fails as a search does.
    virtual Task<Result<PassagePage>> passagesBehind(QString collection, qint64 after, QString query) = 0;
};

} // namespace quintet::knowledge
