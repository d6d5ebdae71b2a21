// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/chunks/pieces.h"

#include "text/markdown.h"
#include "text/sentences.h"
#include "text/tokenestimate.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace quintet::document {

namespace {

using text::Block;
using text::BlockKind;
using text::Span;

bool isMarkdown(const Document &document)
{
    return document.format == u"markdown" || document.format == u"notebook";
}

/// Code is parted where a blank line stands before one that is not indented.
std::vector<Block> codeBlocks(QStringView text)
{
    std::vector<Block> blocks;
    bool blank = true;
    for (qsizetype from = 0; from < text.size();) {
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        const Span line = text::trimmed(text, {from, to});
        if (line.isEmpty()) {
            blank = true;
        } else {
            if (blocks.empty() || (blank && line.start == from))
                blocks.push_back({.kind = BlockKind::Code, .span = {from, line.end}});
            blocks.back().span.end = line.end;
            blank = false;
        }
        from = to + 1;
    }
    return blocks;
}

std::vector<Block> blocksOf(const Document &document)
{
    if (document.format == u"code")
        return codeBlocks(document.text);
    return isMarkdown(document) ? text::splitMarkdownBlocks(document.text) : text::splitBlocks(document.text);
}

/// Where sections and slides begin, in UTF-16 units, in order.
std::vector<qsizetype> sectionStarts(const Document &document, const text::CodePointMap &map)
{
    std::vector<qsizetype> starts;
    for (const Heading &heading : document.headings)
        starts.push_back(map.unit(heading.start));
    for (const Place &place : document.places) {
        if (place.kind == Place::Slide)
            starts.push_back(map.unit(place.start));
    }
    std::ranges::sort(starts);
    return starts;
}

/// Cuts what is too long into pieces that are not.
class Cutter final {
public:
    Cutter(QStringView text, qint64 mostTokens) : m_text(text), m_most(mostTokens) { }

    std::vector<Piece> pieces;

    void add(Piece piece)
    {
        piece.span = text::trimmed(m_text, piece.span);
        piece.tokens = text::estimateTokens(piece.span.of(m_text));
        if (!piece.span.isEmpty())
            pieces.push_back(piece);
    }

    void addByLines(Piece piece)
    {
        const Span whole = piece.span;
        for (qsizetype from = whole.start; from < whole.end;) {
            qsizetype to = m_text.indexOf(u'\n', from);
            if (to < 0 || to > whole.end)
                to = whole.end;
            piece.span = {from, to};
            addByWords(piece);
            piece.opensSection = false;
            from = to + 1;
        }
    }

    /// `sentences`: those inside of the piece.
    void addBySentences(Piece piece, const std::vector<Span> &sentences)
    {
        const Span whole = piece.span;
        for (size_t i = 0; i <= sentences.size(); ++i) {
            const qsizetype start = i == 0 ? whole.start : sentences[i - 1].end;
            const qsizetype end = i < sentences.size() ? sentences[i].end : whole.end;
            piece.span = text::trimmed(m_text, {start, end});
            if (!piece.span.isEmpty())
                addByWords(piece);
            piece.opensSection = piece.opensSection && piece.span.isEmpty();
        }
    }

    void addByWords(Piece piece)
    {
        const Span whole = text::trimmed(m_text, piece.span);
        for (qsizetype from = whole.start; from < whole.end;) {
            const qsizetype to = cutAt(from, whole.end);
            piece.span = {from, to};
            add(piece);
            piece.opensSection = false;
            from = to;
        }
    }

private:
    /// The end of as many whole words behind `from` as there is room for.
    qsizetype cutAt(qsizetype from, qsizetype end) const
    {
        // No character costs more than about one token, and few less than a fifth.
        const qsizetype window = std::min(end, from + std::max<qsizetype>(1, m_most * 5));
        qsizetype to = window;
        qint64 tokens = text::estimateTokens(m_text.sliced(from, to - from));
        while (tokens > m_most && to > from + 1) {
            to = from + std::max<qsizetype>(1, (to - from) * m_most / tokens - 1);
            tokens = text::estimateTokens(m_text.sliced(from, to - from));
        }
        return to == end ? end : boundaryBefore(from, to, end);
    }

    qsizetype boundaryBefore(qsizetype from, qsizetype to, qsizetype end) const
    {
        const QString near = m_text.sliced(from, std::min(end, to + 64) - from).toString();
        for (const auto kind : {QTextBoundaryFinder::Word, QTextBoundaryFinder::Grapheme}) {
            QTextBoundaryFinder finder(kind, near);
            finder.setPosition(to - from);
            const qsizetype found = finder.isAtBoundary() ? to - from : finder.toPreviousBoundary();
            if (found > 0)
                return from + found;
        }
        return to;
    }

    QStringView m_text;
    qint64 m_most;
};

/// The first row of each table, for its other rows.
Span headerOf(QStringView text, Span table, qint64 mostTokens)
{
    qsizetype end = text.indexOf(u'\n', table.start);
    if (end < 0 || end > table.end)
        end = table.end;
    const Span header{table.start, end};
    return text::estimateTokens(header.of(text)) <= mostTokens ? header : Span();
}

} // namespace

std::vector<Piece> piecesOf(const Document &document, const text::CodePointMap &map, qint64 mostTokens)
{
    const QStringView text = document.text;
    const std::vector<Block> blocks = blocksOf(document);
    const auto sentences =
        text::splitSentences(text, blocks, {.language = document.language, .markdown = isMarkdown(document)});
    const std::vector<qsizetype> starts = sectionStarts(document, map);
    Cutter cutter(text, mostTokens);
    Span header;
    size_t sentence = 0;
    size_t section = 0;
    for (size_t i = 0; i < blocks.size(); ++i) {
        // What a block's span leaves out, marks and bullets, belongs to it: up to the next block's line.
        const auto lineStart = [&](size_t block) {
            return block == 0 ? 0
                              : std::max(blocks[block - 1].span.end,
                                         text.first(blocks[block].span.start).lastIndexOf(u'\n') + 1);
        };
        Piece piece;
        piece.span = {lineStart(i), i + 1 < blocks.size() ? lineStart(i + 1) : text.size()};
        const Span trimmed = text::trimmed(text, piece.span);
        while (section < starts.size() && starts[section] < piece.span.end) {
            piece.opensSection = true;
            ++section;
        }
        const bool isTable = blocks[i].kind == BlockKind::Table;
        const bool continuesTable =
            isTable && i > 0 && blocks[i - 1].kind == BlockKind::Table && !header.isEmpty() && !blocks[i].blankBefore;
        piece.mayBeRepeated = !isTable && blocks[i].kind != BlockKind::Code;
        if (isTable && !continuesTable)
            header = headerOf(text, trimmed, mostTokens / 4);
        piece.header = isTable ? header : Span();
        std::vector<Span> inside;
        while (sentence < sentences.size() && sentences[sentence].span.start < piece.span.end)
            inside.push_back(sentences[sentence++].span);
        if (text::estimateTokens(trimmed.of(text)) <= mostTokens) {
            std::ranges::transform(inside, std::back_inserter(piece.sentences), &Span::start);
            cutter.add(piece);
        } else if (inside.empty()) {
            cutter.addByLines(piece);
        } else {
            cutter.addBySentences(piece, inside);
        }
    }
    return std::move(cutter.pieces);
}

} // namespace quintet::document
