// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/markupreader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/writtentext.h"

#include <QTimeZone>

#include <algorithm>
#include <ranges>

namespace quintet::document {

namespace {

struct Line {
    qsizetype start;
    QStringView text; ///< without white space at its end
};

std::vector<Line> linesOf(QStringView text)
{
    std::vector<Line> lines;
    for (qsizetype from = 0; from <= text.size();) {
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        qsizetype end = to;
        while (end > from && text[end - 1].isSpace())
            --end;
        lines.push_back({from, text.sliced(from, end - from)});
        from = to + 1;
    }
    return lines;
}

/// A line of one punctuation character, at least two of it.
bool isUnderline(QStringView line)
{
    return line.size() >= 2 && line[0].unicode() < 0x7F && line[0].isPrint() && !line[0].isLetterOrNumber()
           && !line[0].isSpace() && std::ranges::all_of(line, [&line](QChar c) { return c == line[0]; });
}

std::vector<FoundHeading> underlinedHeadings(const std::vector<Line> &lines)
{
    std::vector<FoundHeading> headings;
    QStringList kinds; // in the order of their first use
    for (size_t i = 1; i < lines.size(); ++i) {
        const QStringView title = lines[i - 1].text;
        const bool isHeading = isUnderline(lines[i].text) && !title.isEmpty() && !title[0].isSpace()
                               && !isUnderline(title) && lines[i].text.size() * 4 >= title.size() * 3;
        const bool hasOverline = i >= 2 && isUnderline(lines[i - 2].text) && lines[i - 2].text[0] == lines[i].text[0];
        const bool isAlone = i < 2 || lines[i - 2].text.isEmpty() || hasOverline;
        if (!isHeading || !isAlone)
            continue;
        const QString kind = lines[i].text.first(1).toString() + (hasOverline ? u'+' : u'-');
        if (!kinds.contains(kind))
            kinds << kind;
        headings.push_back(
            {lines[hasOverline ? i - 2 : i - 1].start, int(kinds.indexOf(kind)) + 1, title.trimmed().toString()});
        ++i; // an underline is nobody's overline
    }
    return headings;
}

/// Lines that begin with some of `mark` and a space; without those between two lines for which `fences` holds.
template<typename Fences>
std::vector<FoundHeading> markedHeadings(const std::vector<Line> &lines, QChar mark, Fences fences)
{
    std::vector<FoundHeading> headings;
    bool isFenced = false;
    for (const Line &line : lines) {
        if (fences(line.text, isFenced)) {
            isFenced = !isFenced;
            continue;
        }
        qsizetype level = 0;
        while (level < line.text.size() && line.text[level] == mark)
            ++level;
        if (isFenced || level == 0 || level > 8 || level + 1 >= line.text.size() || line.text[level] != u' ')
            continue;
        headings.push_back({line.start, int(level), line.text.sliced(level).trimmed().toString()});
    }
    return headings;
}

/// "#+TITLE: ..." within the first lines.
QString orgField(const std::vector<Line> &lines, QStringView name)
{
    for (const Line &line : lines | std::views::take(100)) {
        if (line.text.startsWith(u"#+") && line.text.sliced(2).startsWith(name, Qt::CaseInsensitive)
            && line.text.sliced(2 + name.size()).startsWith(u':'))
            return line.text.sliced(3 + name.size()).trimmed().toString();
    }
    return {};
}

/// A to-do word, a priority and tags are not part of a heading's title.
QString orgTitle(QString title)
{
    for (const QStringView word : {u"TODO ", u"DONE "}) {
        if (title.startsWith(word))
            title.remove(0, word.size());
    }
    if (title.startsWith(u"[#") && title.size() > 4 && title[3] == u']')
        title = title.sliced(4).trimmed();
    if (const qsizetype tags = title.lastIndexOf(u" :"); tags > 0 && title.endsWith(u':') && !title.contains(u": "))
        title = title.first(tags).trimmed();
    return title;
}

void takeFirstTitle(Document &document)
{
    const bool isFirst = !document.headings.empty() && document.headings.front().level == 1;
    if (document.title.isEmpty() && isFirst)
        document.title = document.headings.front().title;
}

} // namespace

Result<Document> readRestructuredText(const Content &content, const Reading &reading)
{
    return textOf(content, reading).transform([](const QString &text) {
        Document document = writtenDocument(text, QStringLiteral("rst"), underlinedHeadings(linesOf(text)));
        takeFirstTitle(document);
        return document;
    });
}

Result<Document> readOrg(const Content &content, const Reading &reading)
{
    return textOf(content, reading).transform([](const QString &text) {
        const auto lines = linesOf(text);
        auto headings = markedHeadings(lines, u'*', [](QStringView line, bool isFenced) {
            return line.trimmed().startsWith(isFenced ? u"#+end_" : u"#+begin_", Qt::CaseInsensitive);
        });
        for (FoundHeading &heading : headings)
            heading.title = orgTitle(heading.title);
        Document document = writtenDocument(text, QStringLiteral("org"), headings);
        document.title = orgField(lines, u"TITLE");
        document.author = orgField(lines, u"AUTHOR");
        document.language = languageOf(orgField(lines, u"LANGUAGE"));
        document.date = QDateTime::fromString(orgField(lines, u"DATE").remove(u'<').left(10), Qt::ISODate);
        if (document.date.isValid())
            document.date.setTimeZone(QTimeZone::UTC);
        takeFirstTitle(document);
        return document;
    });
}

Result<Document> readAsciiDoc(const Content &content, const Reading &reading)
{
    return textOf(content, reading).transform([](const QString &text) {
        const auto lines = linesOf(text);
        const auto headings = markedHeadings(lines, u'=', [](QStringView line, bool) {
            return line.size() >= 4 && isUnderline(line) && QStringView(u"-.=+_*/").contains(line[0]);
        });
        Document document = writtenDocument(text, QStringLiteral("asciidoc"), headings);
        takeFirstTitle(document);
        if (lines.size() > 1 && lines[0].text.startsWith(u"= ") && !lines[1].text.isEmpty()
            && lines[1].text[0].isLetter())
            document.author = lines[1].text.toString().section(u'<', 0, 0).trimmed();
        return document;
    });
}

} // namespace quintet::document
