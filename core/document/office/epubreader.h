// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// EPUB: the chapters in reading order, their headings as Section places. Locked e-books are said to be so.
Result<Document> readEpub(const Content &content, const Reading &reading);

} // namespace quintet::document
