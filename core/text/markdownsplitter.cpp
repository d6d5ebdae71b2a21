// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdownsplitter.h"

#include <QString>

#include <algorithm>

namespace quintet::text {

namespace {

constexpr int wholeRows = 9; // a table's columns are measured on its head and these many rows, less one

QStringView fenceOf(QStringView words)
{
    if (words.isEmpty() || (words[0] != u'`' && words[0] != u'~'))
        return {};
    const auto end = std::ranges::find_if(words, [&](QChar c) { return c != words[0]; });
    const qsizetype length = end - words.begin();
    if (length < 3 || (words[0] == u'`' && words.sliced(length).contains(u'`')))
        return {};
    return words.first(length);
}

bool isClosing(QStringView words, QStringView fence)
{
    words = words.trimmed();
    return words.size() >= fence.size() && std::ranges::all_of(words, [&](QChar c) { return c == fence[0]; });
}

bool isHeading(QStringView words)
{
    const auto end = std::ranges::find_if(words, [](QChar c) { return c != u'#'; });
    const qsizetype level = end - words.begin();
    return level >= 1 && level <= 6 && (level == words.size() || words[level] == u' ' || words[level] == u'\t');
}

bool isBreak(QStringView words)
{
    const QChar mark = words[0];
    return (mark == u'-' || mark == u'*' || mark == u'_') && words.count(mark) >= 3
           && std::ranges::all_of(words, [mark](QChar c) { return c == mark || c.isSpace(); });
}

bool isDelimiterRow(QStringView words)
{
    return words.contains(u'-')
           && std::ranges::all_of(words, [](QChar c) { return QStringView(u"-:| \t").contains(c); });
}

} // namespace

struct MarkdownSplitter::Line {
    explicit Line(QStringView line)
    {
        qsizetype at = 0;
        for (; at < line.size() && line[at].isSpace(); ++at)
            indent = line[at] == u'\t' ? (indent / 4 + 1) * 4 : indent + 1;
        words = line.sliced(at).trimmed();
        if (words.isEmpty())
            return;
        qsizetype digits = 0;
        while (digits < std::min<qsizetype>(words.size(), 10) && words[digits] >= u'0' && words[digits] <= u'9')
            ++digits;
        const bool isNumber = digits > 0 && digits < 10 && digits < words.size();
        const QChar mark = isNumber ? words[digits] : words[0];
        if (isNumber ? (mark != u'.' && mark != u')') : (mark != u'-' && mark != u'*' && mark != u'+'))
            return;
        const qsizetype end = (isNumber ? digits : 0) + 1;
        if ((end < words.size() && !words[end].isSpace()) || isBreak(words))
            return;
        itemMark = mark;
        number = isNumber ? words.first(digits).toInt() : 1;
        qsizetype gap = end;
        while (gap < words.size() && words[gap] == u' ')
            ++gap;
        isEmptyItem = gap == words.size();
        contentIndent = indent + (isEmptyItem || gap - end > 4 ? end + 1 : gap);
    }

    /// A line that ends a paragraph without a blank line between.
    bool interrupts() const
    {
        if (indent > 3)
            return false;
        return isHeading(words) || !fenceOf(words).isEmpty() || words[0] == u'>'
               || (!itemMark.isNull() && !isEmptyItem && number == 1) || (isBreak(words) && words[0] != u'-');
    }

    QStringView words;
    qsizetype indent = 0;
    QChar itemMark; ///< "-", "*", "+", "." or ")"; null if it is no item
    int number = 1;
    bool isEmptyItem = false;
    qsizetype contentIndent = 0;
};

bool MarkdownSplitter::isDefinition(QStringView line)
{
    const QStringView words = line.trimmed();
    const qsizetype close = words.startsWith(u'[') && !words.startsWith(u"[^")
                                ? words.first(std::min<qsizetype>(words.size(), 200)).indexOf(u"]:")
                                : -1;
    return close > 1 && words.size() < 2000;
}

MarkdownSplitter::Cut MarkdownSplitter::read(QStringView text)
{
    const Line line(text);
    if (line.words.isEmpty()) {
        m_blank = true;
        return {};
    }
    Cut cut;
    switch (m_open) {
    case Open::Nothing: cut = begin(line, true); break;
    case Open::List: cut = readInList(line); break;
    case Open::Indented:
        if (line.indent < 4)
            cut = begin(line, true);
        break;
    case Open::Quote:
        if (m_blank || (line.interrupts() && line.words[0] != u'>'))
            cut = begin(line, true);
        break;
    case Open::Paragraph:
    case Open::Table:
        if (m_blank || line.interrupts()) {
            cut = begin(line, true);
        } else if (m_open == Open::Paragraph) {
            if (m_isSecondLine && (m_firstHasBar || line.words.contains(u'|')) && isDelimiterRow(line.words)) {
                m_open = Open::Table;
                m_rows = 0;
            }
            m_isSecondLine = true;
            m_firstHasBar = line.words.contains(u'|');
        } else if (m_open == Open::Table && ++m_rows > wholeRows - 1) {
            cut.before = cut.inTable = true;
        }
        break;
    }
    m_blank = false;
    return cut;
}

MarkdownSplitter::Cut MarkdownSplitter::readInList(const Line &line)
{
    const bool isInside = line.indent >= m_itemIndent;
    if (!m_itemFence.isEmpty() && isInside) {
        if (isClosing(line.words, m_itemFence))
            m_itemFence.clear();
        return {};
    }
    if (isInside) {
        m_itemFence = fenceOf(line.words).toString();
        return {};
    }
    m_itemFence.clear();
    if (!line.itemMark.isNull() && line.indent < 4) {
        const bool goesOn = line.itemMark == m_itemMark;
        const int number = m_number + 1;
        beginItem(line);
        if (goesOn && (line.itemMark == u'.' || line.itemMark == u')'))
            m_ordinal = m_number = number;
        return {.before = true};
    }
    return m_blank || line.interrupts() ? begin(line, true) : Cut{};
}

MarkdownSplitter::Cut MarkdownSplitter::begin(const Line &line, bool before)
{
    Cut cut{.before = before};
    m_ordinal = -1;
    m_open = Open::Nothing;
    const QStringView fence = fenceOf(line.words);
    if (line.indent == 0 && !fence.isEmpty()) {
        m_fence = fence.toString();
        cut.opensFence = true;
    } else if (line.indent < 4 && (isHeading(line.words) || isBreak(line.words))) {
        cut.after = true;
    } else if (line.indent >= 4) {
        m_open = Open::Indented;
    } else if (line.words[0] == u'>') {
        m_open = Open::Quote;
    } else if (!line.itemMark.isNull()) {
        beginItem(line);
    } else if (!fence.isEmpty()) { // indented: its lines are as those of an item that never ends
        m_open = Open::List;
        m_itemMark = QChar();
        m_itemIndent = 0;
        m_itemFence = fence.toString();
    } else {
        m_open = Open::Paragraph;
        m_isSecondLine = true;
        m_firstHasBar = line.words.contains(u'|');
    }
    return cut;
}

void MarkdownSplitter::beginItem(const Line &line)
{
    m_open = Open::List;
    m_itemMark = line.itemMark;
    m_itemIndent = line.contentIndent;
    m_number = line.number;
    m_ordinal = -1;
    const qsizetype content = line.contentIndent - line.indent;
    m_itemFence = content < line.words.size() ? fenceOf(line.words.sliced(content)).toString() : QString();
}

bool MarkdownSplitter::closeFence(QStringView line)
{
    const Line read(line);
    if (read.indent > 3 || !isClosing(read.words, m_fence))
        return false;
    m_open = Open::Nothing;
    m_blank = false;
    return true;
}

} // namespace quintet::text
