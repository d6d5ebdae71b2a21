// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/leafmarks.h"

#include "text/leafsource.h"

#include <algorithm>
#include <optional>

namespace quintet::text {

namespace {

constexpr qsizetype longestCode = 4096;
constexpr qsizetype longestLabel = 100;

/// The runs of `leaf` that lie in `span`, as if the text began there.
std::vector<Run> runsIn(const LeafBlock &leaf, Span span)
{
    std::vector<Run> runs;
    auto run = std::ranges::upper_bound(leaf.runs, span.start, {}, [](const Run &each) { return each.span.end; });
    for (; run != leaf.runs.end() && run->span.start < span.end; ++run) {
        Run part = *run;
        part.span = {std::max(run->span.start, span.start), std::min(run->span.end, span.end)};
        if (run->span.size() == run->source.size())
            part.source = {run->source.start + part.span.start - run->span.start,
                           run->source.end - (run->span.end - part.span.end)};
        part.span = {part.span.start - span.start, part.span.end - span.start};
        runs.push_back(part);
    }
    return runs;
}

void forgetMarkers(LeafBlock &leaf)
{
    for (Container &container : leaf.containers)
        container.marker.clear();
}

/// A stretch to be set otherwise than it was.
struct Mark {
    Span span;
    quint16 style = PlainStyle;
    QString target;
    std::optional<QString> shown = std::nullopt; ///< in place of what stands there
};

/// Whether `span` lies in one run that has none of `styles`. For spans in order: `run` goes on from the last one.
bool isIn(const std::vector<Run> &runs, size_t &run, Span span, int styles)
{
    while (run < runs.size() && runs[run].span.end <= span.start)
        ++run;
    return run < runs.size() && runs[run].span.end >= span.end && !(runs[run].styles & styles);
}

/// Makes the marks, which are in order, in one pass.
void restyle(LeafBlock &leaf, const std::vector<Mark> &marks)
{
    if (marks.empty())
        return;
    QString text;
    std::vector<Run> runs;
    auto cell = leaf.cells.begin();
    const auto put = [&](Span span, const Mark *mark) {
        for (Run run : runsIn(leaf, span)) {
            const QString piece = mark && mark->shown ? *mark->shown : leaf.text.sliced(span.start, run.span.size());
            span.start += run.span.size();
            run.span = {text.size(), text.size() + piece.size()};
            if (mark && mark->style != PlainStyle) {
                run.styles |= mark->style;
                run.target = mark->target;
            }
            text += piece;
            runs.push_back(run);
        }
    };
    const auto moveCells = [&](qsizetype until, qsizetype by) {
        for (; cell != leaf.cells.end() && cell->span.start <= until; ++cell)
            cell->span = {cell->span.start - by, cell->span.end};
    };
    qsizetype at = 0;
    qsizetype shorter = 0;
    for (const Mark &mark : marks) {
        moveCells(mark.span.start, shorter);
        put({at, mark.span.start}, nullptr);
        put(mark.span, &mark);
        shorter += mark.shown ? mark.span.size() - mark.shown->size() : 0;
        at = mark.span.end;
    }
    moveCells(leaf.text.size(), shorter);
    put({at, leaf.text.size()}, nullptr);
    for (size_t i = 0; i < leaf.cells.size(); ++i)
        leaf.cells[i].span.end = i + 1 < leaf.cells.size() ? leaf.cells[i + 1].span.start - 1 : text.size();
    leaf.text = text;
    leaf.runs = std::move(runs);
}

bool isCitation(QStringView label)
{
    return !label.isEmpty() && label.size() < 12 && label[0].isDigit()
           && std::ranges::all_of(label, [](QChar c) { return c.isDigit() || c == u',' || c == u' '; });
}

/// Where the definition of a footnote starts at `from` of `text`, the end of "[^1]:"; 0 if none does.
qsizetype footnoteDefinition(QStringView text, qsizetype from, QString *label)
{
    if (!text.sliced(from).startsWith(u"[^"))
        return 0;
    const qsizetype close = text.sliced(from, std::min(longestLabel, text.size() - from)).indexOf(u"]:");
    if (close < 3)
        return 0;
    *label = text.sliced(from + 2, close - 2).toString();
    return from + close + 2;
}

} // namespace

LeafBlock partOf(const LeafBlock &leaf, Span span)
{
    LeafBlock part;
    part.kind = leaf.kind;
    part.text = leaf.text.sliced(span.start, span.size());
    part.runs = runsIn(leaf, span);
    part.containers = leaf.containers;
    part.level = leaf.level;
    part.language = leaf.language;
    part.source = part.runs.empty() ? leaf.source : Span{part.runs.front().source.start, part.runs.back().source.end};
    return part;
}

void breakLines(LeafBlock &leaf)
{
    std::vector<Mark> marks;
    size_t run = 0;
    for (qsizetype i = leaf.text.indexOf(u"<br"); i >= 0; i = leaf.text.indexOf(u"<br", i + 1)) {
        qsizetype end = i + 3;
        while (end < leaf.text.size() && (leaf.text[end] == u' ' || leaf.text[end] == u'/'))
            ++end;
        const bool isTag = end < leaf.text.size() && leaf.text[end] == u'>';
        if (isTag && isIn(leaf.runs, run, {i, end + 1}, CodeStyle | FormulaStyle))
            marks.push_back({.span = {i, end + 1}, .shown = QString(QChar::LineSeparator)});
    }
    restyle(leaf, marks);
}

void markReferences(LeafBlock &leaf, bool citations)
{
    std::vector<Mark> marks;
    size_t run = 0;
    const QStringView text(leaf.text);
    for (qsizetype i = text.indexOf(u'['); i >= 0; i = text.indexOf(u'[', i + 1)) {
        const qsizetype size = text.sliced(i, std::min(longestLabel, text.size() - i)).indexOf(u']') + 1;
        if (size < 3)
            continue;
        const QStringView label = text.sliced(i + 1, size - 2);
        const bool isFootnote = label.startsWith(u'^') && label.size() > 1 && !label.contains(u' ');
        if (!isFootnote && !(citations && isCitation(label)))
            continue;
        const bool isDefinition =
            isFootnote && i + size < text.size() && text[i + size] == u':' && (i == 0 || text[i - 1] == u' ');
        if (!isDefinition && isIn(leaf.runs, run, {i, i + size}, CodeStyle | FormulaStyle | LinkStyle)) {
            marks.push_back({{i, i + size},
                             isFootnote ? FootnoteStyle : CitationStyle,
                             (isFootnote ? label.sliced(1) : label).toString(),
                             isFootnote ? std::optional(label.sliced(1).toString()) : std::nullopt});
        }
    }
    restyle(leaf, marks);
}

std::vector<LeafBlock> splitFootnotes(LeafBlock &&leaf)
{
    std::vector<LeafBlock> parts;
    QString label;
    if (leaf.kind != LeafKind::Paragraph || footnoteDefinition(leaf.text, 0, &label) == 0) {
        parts.push_back(std::move(leaf));
        return parts;
    }
    qsizetype start = 0;
    while (start < leaf.text.size()) {
        const qsizetype body = footnoteDefinition(leaf.text, start, &label);
        qsizetype next = leaf.text.indexOf(u" [^", body);
        QString ignored;
        while (next >= 0 && footnoteDefinition(leaf.text, next + 1, &ignored) == 0)
            next = leaf.text.indexOf(u" [^", next + 1);
        const qsizetype end = next < 0 ? leaf.text.size() : next;
        const Span words = trimmed(leaf.text, {body, end});
        LeafBlock note = partOf(leaf, words);
        note.source = {partOf(leaf, {start, end}).source.start, std::max(note.source.end, note.source.start)};
        note.containers.push_back({Container::Footnote, label});
        parts.push_back(std::move(note));
        start = end + 1;
    }
    return parts;
}

std::vector<LeafBlock> splitLong(LeafBlock &&leaf, qsizetype longest)
{
    std::vector<LeafBlock> parts;
    if (leaf.text.size() <= longest || leaf.kind == LeafKind::TableRow) {
        parts.push_back(std::move(leaf));
        return parts;
    }
    for (qsizetype start = 0; start < leaf.text.size();) {
        qsizetype end = std::min(start + longest, leaf.text.size());
        if (end < leaf.text.size()) {
            const qsizetype space = leaf.text.lastIndexOf(u' ', end - 1);
            if (space > start + longest / 2)
                end = space + 1;
            else if (leaf.text[end - 1].isHighSurrogate())
                --end;
        }
        LeafBlock part = partOf(leaf, {start, end});
        part.isFirst = start == 0;
        if (start > 0)
            forgetMarkers(part);
        parts.push_back(std::move(part));
        start = end;
    }
    return parts;
}

qsizetype codeLeafEnd(QStringView code, qsizetype start, bool *isLast)
{
    qsizetype end = start;
    for (int line = 0; line < LeafBlock::codeLines; ++line) {
        qsizetype next = code.indexOf(u'\n', line == 0 ? start : end + 1);
        if (next < 0)
            next = code.size();
        if (next - start > longestCode) {
            if (line == 0) {
                end = start + longestCode;
                if (code[end - 1].isHighSurrogate())
                    --end;
            }
            *isLast = false;
            return end;
        }
        end = next;
        if (end == code.size())
            break;
    }
    *isLast = end == code.size();
    return end;
}

std::vector<LeafBlock> splitCode(LeafBlock &&leaf)
{
    std::vector<LeafBlock> parts;
    bool isLast = false;
    for (qsizetype start = 0; !isLast;) {
        const qsizetype end = codeLeafEnd(leaf.text, start, &isLast);
        if (start == 0 && isLast) {
            parts.push_back(std::move(leaf));
            break;
        }
        LeafBlock part = partOf(leaf, {start, end});
        part.isFirst = start == 0;
        part.isLast = isLast;
        if (start > 0)
            forgetMarkers(part);
        parts.push_back(std::move(part));
        start = end + (end < leaf.text.size() && leaf.text[end] == u'\n' ? 1 : 0);
    }
    return parts;
}

} // namespace quintet::text
