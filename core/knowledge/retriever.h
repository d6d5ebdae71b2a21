// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "knowledge/hit.h"

namespace quintet::knowledge {

/// Finds passages in collections of documents: what the tab, the command line, and, through interfaces of their own,
/// Chat and Agent stand on.
///
/// search() is called on the engine thread and its result comes back there; the work is done on other threads. The hits
/// come best first, none where nothing fits. Searching while a collection is being filled is fine: what is recorded is
/// found. Fails with BadInput where a collection does not exist or the question is empty, with Cancelled within 100 ms
/// of the token, and with Storage or Corrupt where a collection cannot be read.
class Retriever {
public:
    virtual ~Retriever() = default;

    virtual Task<Result<std::vector<Hit>>> search(Query query, CancelToken token) = 0;
};

} // namespace quintet::knowledge
