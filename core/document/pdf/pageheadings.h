// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

namespace quintet::document {

/// An entry of a PDF's own outline.
struct OutlineEntry {
    int level = 1;
    QString title;
};

/// The headings of a text: the lines that the outline names, in its order; where there is no outline, the numbered ones
/// that stand alone ("2.1 Methods"). Linear in the text and the outline.
std::vector<Heading> headingsOf(const QString &text, const std::vector<OutlineEntry> &outline);

} // namespace quintet::document
