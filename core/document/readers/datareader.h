// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// JSON as a person would note it down: "name: value" lines, indented, "- " before the items of a list, in the order of
/// the file. A Section place for each member or item at the top. What is no JSON after all is read as text.
Result<Document> readJson(const Content &content, const Reading &reading);

/// JSON Lines: a line for each record that can be read alone, "name: value; group.name: value", with a Line place.
Result<Document> readJsonLines(const Content &content, const Reading &reading);

/// A Jupyter notebook: its Markdown as it is, code in fences with what it printed below; Section places by headings.
Result<Document> readNotebook(const Content &content, const Reading &reading);

} // namespace quintet::document
