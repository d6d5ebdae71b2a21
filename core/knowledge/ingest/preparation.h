// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "document/document.h"
#include "knowledge/store/chunkstore.h"

namespace quintet::knowledge {

/// The passages of `document` from number `first` on, in batches that are each written in one go, or as far as `token`
/// let it come. The same document gives the same passages. Linear; any thread.
std::vector<std::vector<PreparedChunk>> prepared(const document::Document &document, int first, CancelToken token);

/// What is kept of `document` beside its passages.
ContentRow contentFrom(const document::Document &document, const QByteArray &hash);

} // namespace quintet::knowledge
