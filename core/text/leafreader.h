// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/leafblock.h"

namespace quintet::text {

struct LeafOptions {
    bool citations = false;  ///< "[3]" is the mark of a source
    bool keepsLines = false; ///< a line end stays one, as people write who know no Markdown

    bool operator==(const LeafOptions &) const = default;
};

/// How a piece of a document is read on its own, when what stands before it is known.
struct PieceContext {
    qsizetype offset = 0;   ///< of the piece in the document
    QString definitions;    ///< link definitions that stand elsewhere in the document
    int ordinal = -1;       ///< number of the first item, when an ordered list goes on
    bool continues = false; ///< the first leaf goes on from the one before
};

/// The leaf blocks of Markdown as GitHub writes it: tables, task lists, strike-through, bare links, footnotes; with
/// formulas ("$x$", "$$x$$", "\(x\)", "\[x\]"). HTML is text, but for "<br>". Characters that turn the reading
/// direction round unseen are left out. Linear but for md4c's own limits; any thread.
std::vector<LeafBlock> readLeaves(const QString &markdown, const LeafOptions &options = {},
                                  const PieceContext &context = {});

/// The leaves of `code`, in pieces of LeafBlock::codeLines; `source` is where the code itself stands.
std::vector<LeafBlock> codeLeaves(const QString &code, const QString &language, Span source);

} // namespace quintet::text
