// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// XML of any kind: an element with text is a line "name: text", one with elements a line with its name over theirs,
/// indented; attributes stand in brackets behind the name. Text with elements among it flows. Line places. No entity
/// is fetched, and those of the document may not grow it. What breaks off is read up to there.
Result<Document> readXml(const Content &content, const Reading &reading);

} // namespace quintet::document
