// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// ODT, ODP and ODS: as DOCX, PPTX and XLSX are read. Tracked deletions and comments are left out, notes follow their
/// paragraph.
Result<Document> readOpenDocument(const Content &content, const Reading &reading);

} // namespace quintet::document
