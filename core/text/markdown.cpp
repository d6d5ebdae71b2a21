// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdown.h"

#include <algorithm>

namespace quintet::text {

namespace {

constexpr qsizetype longestFrontMatter = 20'000;
constexpr qsizetype lookedAt = 60'000;

struct Line {
    Span all;         ///< without the line end
    qsizetype indent; ///< columns of white space, a tab to the next multiple of four
    Span words;       ///< without white space at its ends
};

Line lineAt(QStringView text, qsizetype from)
{
    qsizetype to = text.indexOf(u'\n', from);
    if (to < 0)
        to = text.size();
    Line line{{from, to}, 0, trimmed(text, {from, to})};
    for (qsizetype i = from; i < line.words.start; ++i)
        line.indent = text[i] == u'\t' ? (line.indent / 4 + 1) * 4 : line.indent + 1;
    return line;
}

/// Three or more of one mark, spaces between them: "---", "* * *".
bool isThematicBreak(QStringView words)
{
    const QChar mark = words[0];
    if (mark != u'-' && mark != u'*' && mark != u'_')
        return false;
    qsizetype marks = 0;
    for (const QChar c : words) {
        if (c == mark)
            ++marks;
        else if (c != u' ')
            return false;
    }
    return marks >= 3;
}

bool isUnderline(QStringView words)
{
    return (words[0] == u'=' || words[0] == u'-') && words.count(words[0]) == words.size();
}

int headingLevel(QStringView words)
{
    int level = 0;
    while (level < words.size() && words[level] == u'#')
        ++level;
    return level <= 6 && (level == words.size() || words[level].isSpace()) ? level : 0;
}

/// The back-ticks or tildes that open a block of code; empty if none do.
QStringView fence(QStringView words)
{
    qsizetype length = 0;
    while (length < words.size() && words[length] == words[0])
        ++length;
    const bool ticks = words[0] == u'`' && !words.sliced(length).contains(u'`');
    return length >= 3 && (ticks || words[0] == u'~') ? words.first(length) : QStringView();
}

/// "[name]: target", a link or a footnote.
bool isDefinition(QStringView words)
{
    const qsizetype close = words[0] == u'[' ? words.indexOf(u"]:") : -1;
    return close > 1 && close < 100;
}

bool isTableDelimiter(QStringView words)
{
    return words.contains(u'-') && words.contains(u'|')
           && std::ranges::all_of(words, [](QChar c) { return QStringView(u"-:| \t").contains(c); });
}

/// A line of HTML that has nothing to read between its tags, or opens something that is no prose.
bool isHtmlBlock(QStringView words)
{
    if (words.size() < 3 || words[0] != u'<' || words.startsWith(u"<http") || words.startsWith(u"<mailto"))
        return false;
    if (!words[1].isLetter() && words[1] != u'/' && words[1] != u'!' && words[1] != u'?')
        return false;
    static constexpr QStringView inlineTags[] = {u"<b>", u"<i>",   u"<em>", u"<strong>", u"<code>", u"<kbd>",
                                                 u"<a ", u"<span", u"<u>",  u"<sub>",    u"<sup>"};
    const bool isInline = std::ranges::any_of(inlineTags, [words](QStringView tag) { return words.startsWith(tag); });
    return !isInline || plainInline(words).isEmpty();
}

class MarkdownBlocks final {
public:
    explicit MarkdownBlocks(QStringView text) : m_text(text) { }

    std::vector<Block> take()
    {
        qsizetype from = afterFrontMatter();
        while (from < m_text.size()) {
            const Line line = lineAt(m_text, from);
            from = read(line) + 1;
        }
        close();
        if (!m_blocks.empty())
            m_blocks.back().blankAfter = true;
        return std::move(m_blocks);
    }

private:
    qsizetype afterFrontMatter()
    {
        const Line first = lineAt(m_text, 0);
        if (first.words.of(m_text) != u"---")
            return 0;
        for (qsizetype from = first.all.end + 1; from < std::min(m_text.size(), longestFrontMatter);) {
            const Line line = lineAt(m_text, from);
            const QStringView words = line.words.of(m_text);
            from = line.all.end + 1;
            if (words == u"---" || words == u"...") {
                put(BlockKind::Markup, {0, line.all.end});
                return from;
            }
        }
        return 0;
    }

    /// Reads what starts at `line`; the position of the line end behind what it took.
    qsizetype read(const Line &line)
    {
        if (line.words.isEmpty()) {
            close();
            m_blank = true;
            return line.all.end;
        }
        const QStringView words = line.words.of(m_text);
        if (const QStringView mark = fence(words); !mark.isEmpty())
            return readFence(line, mark);
        if (!m_open && line.indent >= (m_inList ? 8 : 4))
            return single(BlockKind::Code, line);
        if (m_open && isUnderline(words) && m_current.kind == BlockKind::Paragraph) {
            m_current.kind = BlockKind::Heading;
            m_current.level = words[0] == u'=' ? 1 : 2;
            close();
            return line.all.end;
        }
        if (const int level = headingLevel(words))
            return readHeading(line, level);
        if (isThematicBreak(words) || isDefinition(words))
            return single(BlockKind::Markup, line);
        if (isHtmlBlock(words))
            return readHtml(line);
        if (startsTable(line))
            return readTable(line);
        if (words[0] == u'>')
            return readQuote(line);
        if (const qsizetype marker = listMarker(words)) {
            close();
            open(BlockKind::ListItem, trimmed(m_text, {line.words.start + marker, line.words.end}));
            m_inList = true;
            return line.all.end;
        }
        if (m_open) {
            m_current.span.end = line.words.end;
        } else {
            m_inList = m_inList && line.indent >= 2;
            open(BlockKind::Paragraph, line.words);
        }
        return line.all.end;
    }

    qsizetype single(BlockKind kind, const Line &line)
    {
        put(kind, line.words);
        return line.all.end;
    }

    qsizetype readFence(const Line &first, QStringView mark)
    {
        qsizetype end = first.all.end;
        while (end < m_text.size()) {
            const Line line = lineAt(m_text, end + 1);
            end = line.all.end;
            const QStringView words = line.words.of(m_text);
            if (words.startsWith(mark) && words.count(mark[0]) == words.size())
                break;
        }
        put(BlockKind::Code, {first.words.start, std::min(end, m_text.size())});
        return end;
    }

    qsizetype readHeading(const Line &line, int level)
    {
        Span span = trimmed(m_text, {line.words.start + level, line.words.end});
        while (span.end > span.start && m_text[span.end - 1] == u'#')
            --span.end;
        put(BlockKind::Heading, trimmed(m_text, span), level);
        m_inList = false;
        return line.all.end;
    }

    qsizetype readHtml(const Line &first)
    {
        const bool comment = first.words.of(m_text).startsWith(u"<!--");
        Line line = first;
        Span span = first.words;
        for (;;) {
            const bool ends = comment ? line.words.of(m_text).contains(u"-->") : line.words.isEmpty();
            if (!line.words.isEmpty())
                span.end = line.words.end;
            if (ends || line.all.end >= m_text.size())
                break;
            line = lineAt(m_text, line.all.end + 1);
        }
        put(BlockKind::Markup, span);
        return line.all.end;
    }

    bool startsTable(const Line &line) const
    {
        const QStringView words = line.words.of(m_text);
        if (m_open || !words.contains(u'|'))
            return false;
        if (words.startsWith(u'|') && words.endsWith(u'|'))
            return true;
        if (line.all.end >= m_text.size())
            return false;
        const Line next = lineAt(m_text, line.all.end + 1);
        return !next.words.isEmpty() && isTableDelimiter(next.words.of(m_text));
    }

    qsizetype readTable(const Line &first)
    {
        Line line = first;
        Span span = first.words;
        while (line.all.end < m_text.size()) {
            const Line next = lineAt(m_text, line.all.end + 1);
            if (!next.words.of(m_text).contains(u'|'))
                break;
            line = next;
            span.end = line.words.end;
        }
        put(BlockKind::Table, span);
        return line.all.end;
    }

    qsizetype readQuote(const Line &line)
    {
        const Span words = trimmed(m_text, {line.words.start + 1, line.words.end});
        // "[!NOTE]" names the kind of a quotation and is no part of it.
        if (words.isEmpty() || words.of(m_text).startsWith(u"[!")) {
            close();
        } else if (m_open && m_current.kind == BlockKind::Quote) {
            m_current.span.end = words.end;
        } else {
            close();
            open(BlockKind::Quote, words);
        }
        return line.all.end;
    }

    void put(BlockKind kind, Span span, int level = 0)
    {
        close();
        open(kind, span);
        m_current.level = level;
        close();
    }

    void open(BlockKind kind, Span span)
    {
        if (!m_blocks.empty())
            m_blocks.back().blankAfter = m_blank;
        m_current = Block{kind, span, 0, m_blank, false};
        m_open = true;
        m_blank = false;
    }

    void close()
    {
        if (!m_open)
            return;
        m_open = false;
        if (m_current.kind == BlockKind::Paragraph || m_current.kind == BlockKind::ListItem) {
            // Badges alone leave nothing to read.
            const QStringView words = m_current.span.of(m_text);
            const bool mayBeBare = words.startsWith(u"[!") || words.startsWith(u"![") || words.startsWith(u'<');
            if (mayBeBare && plainInline(words).isEmpty())
                m_current.kind = BlockKind::Markup;
            else if (m_current.kind == BlockKind::Paragraph && looksLikeHeading(words))
                m_current.kind = BlockKind::Heading;
        }
        m_blocks.push_back(m_current);
    }

    QStringView m_text;
    std::vector<Block> m_blocks;
    Block m_current;
    bool m_open = false;
    bool m_blank = true;
    bool m_inList = false;
};

} // namespace

std::vector<Block> splitMarkdownBlocks(QStringView text)
{
    return MarkdownBlocks(text).take();
}

bool looksLikeMarkdown(QStringView text)
{
    text = text.first(std::min(text.size(), lookedAt));
    int marks = text.contains(u"](http") ? 2 : 0;
    int lines = 0;
    for (qsizetype from = 0; from < text.size();) {
        const Line line = lineAt(text, from);
        from = line.all.end + 1;
        if (line.words.isEmpty())
            continue;
        ++lines;
        const QStringView words = line.words.of(text);
        if (line.indent < 4 && (headingLevel(words) > 0 || !fence(words).isEmpty() || isTableDelimiter(words)))
            ++marks;
        // A script's comments are no headings.
        if (lines == 1 && words.startsWith(u"#!"))
            return false;
    }
    return marks >= 2 && marks * 60 >= lines;
}

QString frontMatterField(QStringView text, QStringView name)
{
    if (lineAt(text, 0).words.of(text) != u"---")
        return {};
    for (qsizetype from = lineAt(text, 0).all.end + 1; from < std::min(text.size(), longestFrontMatter);) {
        const Line line = lineAt(text, from);
        from = line.all.end + 1;
        const QStringView words = line.words.of(text);
        if (words == u"---" || words == u"...")
            break;
        if (line.indent > 0 || !words.startsWith(name, Qt::CaseInsensitive) || words.size() <= name.size()
            || words[name.size()] != u':')
            continue;
        QStringView value = words.sliced(name.size() + 1).trimmed();
        if (value.size() >= 2 && (value[0] == u'"' || value[0] == u'\'') && value.back() == value[0])
            value = value.sliced(1, value.size() - 2);
        return value.toString();
    }
    return {};
}

} // namespace quintet::text
