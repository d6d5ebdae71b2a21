// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <vector>

namespace quintet::text {

enum class BlockKind {
    Paragraph,
    Title,   ///< the first block, short, without an end mark, a blank line after it
    Heading, ///< short, without an end mark
    ListItem,
    Speech, ///< starts with a speaker's "Name:"
    Quote,  ///< Markdown's `>`
    Table,  ///< one row of plain text, or a whole table of Markdown
    Code,
    Markup, ///< no prose: rules, HTML, definitions, front matter
};

/// A piece of a text that sentences do not cross.
struct Block {
    BlockKind kind = BlockKind::Paragraph;
    Span span;               ///< without white space at its ends
    int level = 0;           ///< of a heading where it is known: 1 is the highest
    bool blankBefore = true; ///< a blank line, or nothing, stands before it
    bool blankAfter = true;

    bool operator==(const Block &) const = default;
};

/// Where the ends of lines come from: people, who wrap or do not, or paper, where every line is wrapped and some were
/// joined again behind a hyphen.
enum class LineEnds { Written, Paper };

/// The blocks of plain text. A blank line ends one; so does a line end, unless the text is hard-wrapped and the line
/// is full, or the next starts in lower case. List items and speakers start one. Linear; any thread.
std::vector<Block> splitBlocks(QStringView text, LineEnds ends = LineEnds::Written);

/// True where `line` ends with a mark that ends sentences, closing quotes and brackets behind it included.
bool endsWithMark(QStringView line);

/// At most 12 words and 100 characters (20 in Han or Kana), and no end mark.
bool looksLikeHeading(QStringView line);

/// The width of a bullet or number with the space behind it, at the start of `line`; 0 if there is none.
/// `numbered` is set to whether it counts.
qsizetype listMarker(QStringView line, bool *numbered = nullptr);

} // namespace quintet::text
