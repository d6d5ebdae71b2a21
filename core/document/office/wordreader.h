// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// DOCX: paragraphs, lists, rows of tables, text boxes, notes at the end; headings by their styles' outline level as
/// Section places. Deleted, moved and hidden text is left out, inserted text is there.
Result<Document> readWord(const Content &content, const Reading &reading);

} // namespace quintet::document
