// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/blocks.h"

#include "text/charclass.h"
#include "text/sentencerules.h"
#include "text/words.h"

#include <algorithm>
#include <array>

namespace quintet::text {

namespace {

constexpr int longestCounted = 200;
constexpr int narrowestWrap = 30;
constexpr int widestWrap = 130;
constexpr int titleWords = 30;

/// Calls `visit(Span)` for every line, white space at its ends left out.
template<typename Visit>
void forEachLine(QStringView text, Visit visit)
{
    for (qsizetype from = 0; from <= text.size();) {
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        visit(trimmed(text, Span{from, to}));
        from = to + 1;
    }
}

/// The width that the text was hard-wrapped to: the 90th percentile of its lines' lengths, if that is one people
/// wrap at, else 0. On paper longer lines are joined ones, and do not count.
qsizetype wrapWidth(QStringView text, LineEnds ends)
{
    std::array<qsizetype, longestCounted + 1> lines{};
    qsizetype count = 0;
    forEachLine(text, [&](Span line) {
        if (line.isEmpty() || (ends == LineEnds::Paper && line.size() > widestWrap))
            return;
        ++lines[size_t(std::min<qsizetype>(line.size(), longestCounted))];
        ++count;
    });
    qsizetype below = 0;
    for (qsizetype width = 0; width <= longestCounted; ++width) {
        below += lines[size_t(width)];
        if (below * 10 >= count * 9)
            return width >= narrowestWrap && width <= widestWrap ? width : 0;
    }
    return 0;
}

/// "Anna:", "Dr. Lee:", "MODERATOR:" and a space: at most four words, each with a capital.
bool isSpeakerLine(QStringView line)
{
    const QStringView start = line.first(std::min<qsizetype>(line.size(), 42));
    const qsizetype colon = start.indexOf(u':');
    if (colon < 2 || colon + 1 >= line.size() || !line[colon + 1].isSpace())
        return false;
    int words = 0;
    for (const QStringView word : start.first(colon).tokenize(u' ')) {
        if (word.isEmpty() || !word[0].isUpper() || ++words > 4)
            return false;
    }
    return true;
}

bool isTableRow(QStringView line)
{
    int separators = 0;
    int gaps = 0;
    qsizetype spaces = 0;
    for (const QChar c : line) {
        separators += c == u'|' || c == u'\t' || c == u'│' ? 1 : 0;
        spaces = c == u' ' ? spaces + 1 : 0;
        gaps += spaces == 3 ? 1 : 0;
    }
    return separators >= 2 || gaps >= 2;
}

/// Nothing to read in it: "=====", "* * *".
bool isRule(QStringView line)
{
    const CharClass *classes = charClassTable();
    for (const QChar c : line) {
        const CharClass kind = classes[c.unicode()];
        if (kind != CharClass::Other && kind != CharClass::Space)
            return false;
    }
    return true;
}

/// Gathers lines into blocks.
class PlainBlocks final {
public:
    PlainBlocks(QStringView text, qsizetype width) : m_text(text), m_width(width) { }

    void add(Span line)
    {
        if (line.isEmpty()) {
            close();
            m_blank = true;
            return;
        }
        const QStringView words = line.of(m_text);
        if (isRule(words)) {
            close();
            open(BlockKind::Markup, line);
            close();
        } else if (isTableRow(words)) {
            close();
            open(BlockKind::Table, line);
            close();
        } else if (listMarker(words) > 0) {
            close();
            open(BlockKind::ListItem, line);
        } else if (isSpeakerLine(words)) {
            close();
            open(BlockKind::Speech, line);
        } else if (m_open && joins(words)) {
            m_current.span.end = line.end;
        } else {
            close();
            open(BlockKind::Paragraph, line);
        }
        m_lastLine = line;
    }

    std::vector<Block> take()
    {
        close();
        if (!m_blocks.empty())
            m_blocks.back().blankAfter = true;
        return std::move(m_blocks);
    }

private:
    bool joins(QStringView next) const
    {
        const bool full = m_width > 0 && m_lastLine.size() * 10 >= m_width * 6;
        // Of a line that was joined from two nobody knows where it ended.
        const bool joined = m_lastLine.size() * 10 > m_width * 12;
        return next[0].isLower() || (full && !(joined && endsWithMark(m_lastLine.of(m_text))));
    }

    void open(BlockKind kind, Span line)
    {
        if (!m_blocks.empty())
            m_blocks.back().blankAfter = m_blank;
        m_current = Block{kind, line, 0, m_blank, false};
        m_open = true;
        m_blank = false;
    }

    void close()
    {
        if (!m_open)
            return;
        m_blocks.push_back(m_current);
        m_open = false;
    }

    QStringView m_text;
    qsizetype m_width;
    std::vector<Block> m_blocks;
    Block m_current;
    Span m_lastLine;
    bool m_open = false;
    bool m_blank = true;
};

/// Titles and headings can be told only once it is known what follows them.
void nameHeadings(QStringView text, std::vector<Block> &blocks)
{
    for (size_t i = 0; i < blocks.size(); ++i) {
        Block &block = blocks[i];
        const QStringView words = block.span.of(text);
        if (block.kind == BlockKind::ListItem) {
            // "1. Introduction" alone between other things is a heading; among its like it is a list.
            bool numbered = false;
            listMarker(words, &numbered);
            const bool listBefore = i > 0 && blocks[i - 1].kind == BlockKind::ListItem;
            const bool listAfter = i + 1 < blocks.size() && blocks[i + 1].kind == BlockKind::ListItem;
            if (numbered && block.blankAfter && !listBefore && !listAfter && looksLikeHeading(words))
                block.kind = BlockKind::Heading;
        } else if (block.kind == BlockKind::Paragraph) {
            if (i == 0 && block.blankAfter && !endsWithMark(words) && countWords(words) <= titleWords)
                block.kind = BlockKind::Title;
            else if (looksLikeHeading(words))
                block.kind = BlockKind::Heading;
        }
    }
}

} // namespace

std::vector<Block> splitBlocks(QStringView text, LineEnds ends)
{
    PlainBlocks blocks(text, wrapWidth(text, ends));
    forEachLine(text, [&blocks](Span line) { blocks.add(line); });
    std::vector<Block> found = blocks.take();
    nameHeadings(text, found);
    return found;
}

bool endsWithMark(QStringView line)
{
    qsizetype end = line.size();
    while (end > 0 && (line[end - 1].isSpace() || isCloser(line[end - 1].unicode())))
        --end;
    return end > 0 && (isEndMark(line[end - 1].unicode()) || line[end - 1] == u':' || line[end - 1] == u';');
}

bool looksLikeHeading(QStringView line)
{
    if (line.size() > 100 || endsWithMark(line))
        return false;
    const CharClass *classes = charClassTable();
    int wide = 0;
    for (const QChar c : line)
        wide += classes[c.unicode()] == CharClass::Han || classes[c.unicode()] == CharClass::Kana ? 1 : 0;
    return wide <= 20 && countWords(line) <= 12;
}

qsizetype listMarker(QStringView line, bool *numbered)
{
    if (numbered)
        *numbered = false;
    if (line.size() < 2)
        return 0;
    const char16_t first = line[0].unicode();
    if (QStringView(u"-*+•‣◦–—·▪●○□■►").contains(QChar(first)))
        return line[1].isSpace() ? 2 : 0;
    static constexpr QStringView chinese = u"一二三四五六七八九十";
    qsizetype i = first == u'(' ? 1 : 0;
    const qsizetype from = i;
    while (i < line.size() && i - from < 3 && line[i].isDigit())
        ++i;
    if (i == from) {
        while (i < line.size() && i - from < 3 && chinese.contains(line[i]))
            ++i;
        if (i > from && i < line.size() && (line[i] == u'、' || line[i] == u')')) {
            if (numbered)
                *numbered = true;
            return i + 1;
        }
        i = from;
        if (i + 1 < line.size() && line[i].isLower() && line[i + 1] == u')')
            ++i;
    }
    if (i == from || i + 1 >= line.size() || (line[i] != u'.' && line[i] != u')') || !line[i + 1].isSpace())
        return 0;
    if (numbered)
        *numbered = true;
    return i + 2;
}

} // namespace quintet::text
