// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// Plain text in whatever encoding: a Line place for each stretch between blank lines, of at most 40 lines.
Result<Document> readPlainText(const Content &content, const Reading &reading);

/// Source code as it is written: Line places that begin where a blank line stands before an unindented one.
Result<Document> readCode(const Content &content, const Reading &reading);

/// Markdown as it is written: a Section place for each heading with what follows it; title, author, date and
/// language from the front matter, else the title from the first heading of level 1.
Result<Document> readMarkdown(const Content &content, const Reading &reading);

/// The same for Markdown that is at hand, under another format's name.
Document markdownDocument(QString text, const QString &format);

} // namespace quintet::document
