// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/leafblock.h"

namespace quintet::text {

// What md4c leaves to us, done to a leaf once it is whole. All linear; any thread.

/// The part of `leaf` in `span` of its text; cells are left out.
LeafBlock partOf(const LeafBlock &leaf, Span span);

/// Makes "<br>" a line break.
void breakLines(LeafBlock &leaf);

/// Sets off the marks of footnotes, "[^1]", and of sources, "[1]" or "[1, 2]", if `citations`.
void markReferences(LeafBlock &leaf, bool citations);

/// A paragraph with definitions of footnotes as one leaf for each of them.
std::vector<LeafBlock> splitFootnotes(LeafBlock &&leaf);

/// A paragraph beyond `longest` in pieces, cut behind spaces.
std::vector<LeafBlock> splitLong(LeafBlock &&leaf, qsizetype longest);

/// Code in leaves of at most LeafBlock::codeLines; a line that is longer than any screen is broken.
std::vector<LeafBlock> splitCode(LeafBlock &&leaf);

/// Where such a leaf that starts at `start` of `code` ends: its last line end, or the end of `code`. `isLast` is set to
/// whether nothing comes behind it.
qsizetype codeLeafEnd(QStringView code, qsizetype start, bool *isLast);

} // namespace quintet::text
