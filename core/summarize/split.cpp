// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/split.h"

#include "text/blocks.h"
#include "text/sentences.h"
#include "text/tokenestimate.h"

#include <algorithm>

namespace quintet::summarize {

namespace {

/// Where the text may be cut, in order: starts of blocks, and of the sentences of blocks that are too long.
std::vector<qsizetype> bordersOf(const QString &text, qint64 tokens)
{
    std::vector<qsizetype> borders;
    std::vector<text::Block> tooLong;
    for (const text::Block &block : text::splitBlocks(text)) {
        borders.push_back(block.span.start);
        if (text::estimateTokens(block.span.of(text)) > tokens)
            tooLong.push_back(block);
    }
    for (const text::Sentence &sentence : text::splitSentences(text, tooLong))
        borders.push_back(sentence.span.start);
    std::ranges::sort(borders);
    borders.push_back(text.size());
    return borders;
}

/// Cuts a stretch without any border into pieces of equal length.
void cutAnywhere(const QString &text, text::Span stretch, qint64 tokens, std::vector<text::Span> &pieces)
{
    const qint64 count = text::estimateTokens(stretch.of(text)) / tokens + 1;
    const qsizetype length = std::max<qsizetype>(2, stretch.size() / count);
    while (!stretch.isEmpty()) {
        qsizetype end = std::min(stretch.start + length, stretch.end);
        if (end < stretch.end && text[end].isLowSurrogate())
            --end;
        pieces.push_back({stretch.start, end});
        stretch.start = end;
    }
}

} // namespace

std::vector<text::Span> splitByTokens(const QString &text, qint64 tokens)
{
    std::vector<text::Span> pieces;
    text::Span open{0, 0};
    qint64 openTokens = 0;
    for (const qsizetype border : bordersOf(text, tokens)) {
        const text::Span next{open.end, border};
        if (next.isEmpty())
            continue;
        const qint64 nextTokens = text::estimateTokens(next.of(text));
        if (openTokens + nextTokens > tokens && !open.isEmpty()) {
            pieces.push_back(open);
            open = {open.end, open.end};
            openTokens = 0;
        }
        if (nextTokens > tokens) {
            cutAnywhere(text, next, tokens, pieces);
            open = {border, border};
            continue;
        }
        open.end = border;
        openTokens += nextTokens;
    }
    if (!open.isEmpty())
        pieces.push_back(open);
    return pieces;
}

} // namespace quintet::summarize
