// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <QList>
#include <QString>

#include <vector>

namespace quintet::text {

/// What a leaf block is, as CommonMark names them; a table is one leaf a row, a long code block several leaves.
enum class LeafKind { Paragraph, Heading, Code, TableRow, Formula, Rule, Image };

enum class Alignment { Start, Left, Center, Right };

/// How a run of text is set; they combine.
enum InlineStyle : quint16 {
    PlainStyle = 0,
    EmphasisStyle = 1,
    StrongStyle = 2,
    StrikeStyle = 4,
    CodeStyle = 8,
    FormulaStyle = 16,
    LinkStyle = 32,
    CitationStyle = 64, ///< the number of a source, "[3]"
    FootnoteStyle = 128 ///< the mark of a footnote, "[^3]"
};

/// A stretch of a leaf's text set in one way. The runs of a leaf follow each other and cover its text.
struct Run {
    Span span; ///< in the leaf's text
    quint16 styles = PlainStyle;
    QString target; ///< of a link or image: its address; of a citation or footnote: its label
    Span source;    ///< in the Markdown; as long as `span` where it is verbatim

    bool operator==(const Run &) const = default;
};

/// What a leaf stands in.
struct Container {
    enum Kind { Quote, Item, Footnote };
    Kind kind = Quote;
    QString marker; ///< "•", "3.", "☐", "☑", a footnote's label; empty but at an item's first leaf

    bool operator==(const Container &) const = default;
};

struct Cell {
    Span span; ///< in the leaf's text
    Alignment alignment = Alignment::Start;

    bool operator==(const Cell &) const = default;
};

/// A block of Markdown that holds text and no other blocks, ready to be laid out. What Markdown marks is told here;
/// nothing of it needs to be parsed again.
struct LeafBlock {
    LeafKind kind = LeafKind::Paragraph;
    QString text; ///< as it is read; U+2028 breaks a line; of an image: its description
    std::vector<Run> runs;
    std::vector<Container> containers; ///< outermost first, at most `deepest`
    int level = 0;                     ///< of a heading
    QString language;                  ///< of code, as it was written
    bool isFirst = true; ///< of a code block or table that is several leaves; a continued paragraph: false
    bool isLast = true;
    std::vector<Cell> cells; ///< of a table row
    QList<int> columns;      ///< of a table row: share of each column in the width, in characters
    Span source;             ///< whole lines of the Markdown, without the last line end

    static constexpr size_t deepest = 12; ///< containers deeper than this are not told apart
    static constexpr int codeLines = 32;  ///< the most lines of code in one leaf

    bool operator==(const LeafBlock &) const = default;
};

} // namespace quintet::text
