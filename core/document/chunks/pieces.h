// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "text/codepoints.h"
#include "text/span.h"

#include <vector>

namespace quintet::document {

/// A stretch of text that is not to be parted, in UTF-16 units.
struct Piece {
    text::Span span;
    qint64 tokens = 0;
    bool opensSection = false;        ///< a heading or a slide begins with it
    bool mayBeRepeated = true;        ///< at the start of the next chunk: prose, not code or rows
    text::Span header;                ///< of a row: the first row of its table; else empty
    std::vector<qsizetype> sentences; ///< where they begin inside of it, in order; of prose
};

/// The pieces that a document is made of, in order, none above `mostTokens`: blocks, or what they had to be cut into.
std::vector<Piece> piecesOf(const Document &document, const text::CodePointMap &map, qint64 mostTokens);

} // namespace quintet::document
