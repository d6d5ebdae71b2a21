// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// RTF: paragraphs, table rows as cells parted by " | ", headings by outline level or style name as Section places;
/// title and author. Hidden and deleted text, pictures and embedded objects are left out.
Result<Document> readRtf(const Content &content, const Reading &reading);

} // namespace quintet::document
