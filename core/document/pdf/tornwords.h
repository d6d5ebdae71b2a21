// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/pdf/pagetables.h"

namespace quintet::document {

/// A word as poppler cuts it out of a page; lengths in points, x to the right, y down.
struct CutWord {
    QString text; ///< normalized
    double left = 0;
    double right = 0;
    double middle = 0; ///< y
    double height = 0;
};

/// Whether `page` may hold words with a gap behind their accented letters ("fü r"): files that draw letter and accent
/// apart, as some typesetters do, are read like that. No page where most accented letters stand before a letter.
bool mayBeTorn(QStringView page);

/// The words of a page with the torn ones whole again: those whose accented last letter all but touches what follows.
std::vector<PlacedWord> mended(const std::vector<CutWord> &words);

/// The text of the page that `words` are of, as poppler gives it, without the gaps in the torn ones. Linear.
QString withoutGaps(const QString &page, const std::vector<CutWord> &words);

} // namespace quintet::document
