// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

// Texts with light markup, kept as they are written; their headings open Section places.

/// reStructuredText: headings by their underlines, whose first use gives each kind its level.
Result<Document> readRestructuredText(const Content &content, const Reading &reading);

/// Org: headings by their stars; title, author, date and language from "#+TITLE:" and its like.
Result<Document> readOrg(const Content &content, const Reading &reading);

/// AsciiDoc: headings by their equals signs; author from the line below the title.
Result<Document> readAsciiDoc(const Content &content, const Reading &reading);

} // namespace quintet::document
