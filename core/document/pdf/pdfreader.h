// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// A PDF by poppler, text in reading order: a Page place for each page with its number and label; words torn at
/// line ends mended, running headers and footers left out. Whether to stop is asked before each page.
Result<Document> readPdf(const Content &content, const Reading &reading);

} // namespace quintet::document
