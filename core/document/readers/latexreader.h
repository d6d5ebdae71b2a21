// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// LaTeX as text: without preamble, comments and commands, whose arguments stay where they are read; formulas as they
/// are written; \part to \subparagraph open Section places; title, author and date from their commands. No file is
/// included.
Result<Document> readLatex(const Content &content, const Reading &reading);

} // namespace quintet::document
