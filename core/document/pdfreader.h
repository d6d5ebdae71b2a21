// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/content.h"

namespace quintet::document {

/// A PDF by poppler, text in reading order: a Page place for each page with its number and label; words torn at
/// line ends mended, running headers and footers left out. The token is looked at before each page.
Result<Document> readPdf(const Content &content, const QString &password, CancelToken token);

} // namespace quintet::document
