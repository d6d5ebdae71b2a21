// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// Reads `content` on this thread by the reader of its format, and what it holds by theirs. What the document does not
/// say of itself is added: its date by the file's, its language by guess. No exception leaves it. Takes as
/// much stack as its deepest nesting; reading.progress is called while it goes on.
Result<Document> readDocument(const Content &content, Reading reading);

} // namespace quintet::document
