// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/extractive.h"

#include "llm/builtin/outline.h"
#include "llm/builtin/picker.h"
#include "text/codepoints.h"
#include "text/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::llm::builtin {

namespace {

QString tr(const char *sentence)
{
    return QCoreApplication::translate("builtin", sentence);
}

struct Piece {
    text::Span span;
    bool cut = false;
};

/// The beginning of a stretch, up to a number of words, ended where a clause does if one ends in its last third.
text::Span beginning(QStringView text, text::Span span, int words)
{
    const QStringView stretch = span.of(text);
    const bool spaced = text::countWords(stretch) * 3 > stretch.size() / 8 && stretch.contains(u' ');
    qsizetype end = 0;
    qsizetype clause = 0;
    int seen = 0;
    if (!spaced) {
        end = std::min<qsizetype>(stretch.size(), qsizetype(words) * 8 / 5);
    } else {
        for (end = 0; end < stretch.size(); ++end) {
            if (!stretch[end].isSpace())
                continue;
            if (++seen >= words)
                break;
            if (end > 0 && QStringView(u",;:–—").contains(stretch[end - 1]) && seen * 3 >= words * 2)
                clause = end - 1;
        }
        end = clause > 0 && end < stretch.size() ? clause : end;
    }
    if (end < stretch.size() && end > 0 && stretch[end].isLowSurrogate())
        --end;
    return {span.start, span.start + end};
}

/// For texts without a sentence of the usual kind: all of a short one, or the beginning of an endless one.
std::vector<Piece> whatIsThere(QStringView text, const Outline &outline, int budget)
{
    std::vector<Piece> pieces;
    int total = 0;
    const Budget room(budget);
    for (const text::Sentence &sentence : outline.sentences) {
        const auto kind = outline.blocks[size_t(sentence.block)].kind;
        const Form form = formOf(sentence.span.of(text));
        const bool heading = kind == text::BlockKind::Heading || kind == text::BlockKind::Title;
        const bool prose =
            form.mostlyLetters && !form.manyNumbers && !form.isTableRow && (form.endsWhole || form.words > 12);
        if (heading || !prose)
            continue;
        if (room.fits(total + form.words)) {
            pieces.push_back({sentence.span});
            total += form.words;
        } else if (pieces.empty()) {
            const auto start = beginning(text, sentence.span, budget);
            return {{start, start.end < sentence.span.end}};
        }
    }
    if (pieces.empty() && outline.blocks.size() == 1 && text::countWords(text) <= std::min(budget, 12))
        pieces.push_back({outline.blocks.front().span});
    return pieces;
}

KeySentence quoted(QStringView text, const text::CodePointMap &map, text::Span span, bool markdown)
{
    return {readable(span.of(text), markdown), map.codePoint(span.start), map.codePoint(span.end)};
}

} // namespace

QString Quotation::text() const
{
    QString joined;
    for (const KeySentence &sentence : sentences) {
        const bool wide = !joined.isEmpty() && text::isWide(joined.back().unicode());
        if (!joined.isEmpty() && !wide)
            joined += u' ';
        joined += sentence.text;
    }
    return joined;
}

Result<Quotation> quoteKeySentences(const QString &text, const QuoteOptions &options, CancelToken token)
{
    if (std::ranges::all_of(text, [](QChar c) { return c.isSpace(); }))
        return failure(ErrorKind::BadInput, tr("There is no text to summarize: it is empty. Give a text."));
    QuoteOptions bounded = options;
    bounded.words = std::clamp(options.words, 1, 1'000'000);
    const Outline outline = outlineOf(text, bounded, token);
    std::vector<int> picked;
    if (!token.stop_requested())
        picked = pickKeySentences(text, outline, bounded.words, token);
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    const text::CodePointMap map(text);
    Quotation quotation{.sentences = {}, .kind = outline.kind, .language = outline.language};
    for (const int index : picked)
        quotation.sentences.push_back(quoted(text, map, outline.candidates[size_t(index)].span, outline.markdown));
    // A page that is its title alone, as one of contents is without them, says nothing.
    const bool isTitleAlone = !options.title.isEmpty() && text.simplified() == options.title.simplified();
    if (quotation.sentences.empty() && !isTitleAlone) {
        for (const Piece &piece : whatIsThere(text, outline, bounded.words)) {
            quotation.sentences.push_back(quoted(text, map, piece.span, outline.markdown));
            if (piece.cut)
                quotation.sentences.back().text += QStringLiteral(" …");
        }
    }
    if (quotation.sentences.empty())
        return failure(ErrorKind::NeedsModel, tr("The built-in engine summarizes by quoting sentences, and found none "
                                                 "in this text: it looks like a table, code or a list. "
                                                 "Give a text in sentences, or connect a model."));
    return quotation;
}

} // namespace quintet::llm::builtin
