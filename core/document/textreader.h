// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/content.h"

namespace quintet::document {

/// Plain text in whatever encoding: a Line place for each stretch between blank lines, of at most 40 lines.
Result<Document> readPlainText(const Content &content, CancelToken token);

/// Markdown as it is written: a Section place for each heading with what follows it; title, author, date and
/// language from the front matter, else the title from the first heading of level 1.
Result<Document> readMarkdown(const Content &content, CancelToken token);

} // namespace quintet::document
