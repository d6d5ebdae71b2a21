// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

namespace quintet::document {

/// How large chunks are to be, in tokens as text::estimateTokens() counts them.
struct ChunkSize {
    int tokens = 300; ///< no chunk is larger
    int overlap = 40; ///< whole sentences of the chunk before that may be said again; less than half of `tokens`
};

/// A piece of a document that is found and cited as one.
struct Chunk {
    qint64 start = 0; ///< Unicode code points into Document::text
    qint64 end = 0;
    QString text;         ///< that stretch; where it begins inside of a table, under the table's first row
    QStringList headings; ///< the sections that it begins in, the outermost first
    int tokens = 0;       ///< of `text`

    bool operator==(const Chunk &) const = default;
};

/// The chunks of `document` in order. Together they hold all of its text but white space. They are parted where its
/// structure parts it: headings, slides, paragraphs, list items, rows, blank lines of code; a paragraph that is too
/// long for one at its sentences, a sentence at its words, never inside of a grapheme. Sentences are said again only
/// within a section. The same document and size give the same chunks. Linear in the text; any thread.
std::vector<Chunk> chunksOf(const Document &document, const ChunkSize &size = {});

} // namespace quintet::document
