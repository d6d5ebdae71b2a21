// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/htmlleftout.h"
#include "document/readers/writtentext.h"

#include <vector>

namespace quintet::document {

/// The text of a page and where its headings stand in it, in UTF-16 units.
struct HtmlText {
    QString text;
    std::vector<FoundHeading> headings;
};

/// The text of a tree: blocks with a blank line between, white space folded but in <pre>. Text and inline elements
/// between blocks are one paragraph; a short block such as an address in the middle of a sentence stays in it.
HtmlText htmlText(const GumboNode *root, const LeftOut &leftOut);

} // namespace quintet::document
