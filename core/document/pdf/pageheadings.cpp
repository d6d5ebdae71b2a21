// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pageheadings.h"

#include "text/blocks.h"
#include "text/codepoints.h"

#include <QHash>

namespace quintet::document {

namespace {

constexpr qsizetype longestHeading = 200;
constexpr size_t mostHeadings = 20'000;

/// What is left of a title when numbering, spaces and case do not count.
QString essence(QStringView title)
{
    QString out;
    for (const QChar c : title) {
        if (c.isLetterOrNumber() && !(out.isEmpty() && c.isDigit()))
            out += c.toLower();
    }
    return out;
}

/// Numbers at the start of a line, "2.1" or "2.1.": how many; 0 if there are none or no title follows.
int numberingDepth(QStringView line)
{
    int depth = 0;
    qsizetype i = 0;
    while (i < line.size() && line[i].isDigit()) {
        const qsizetype start = i;
        while (i < line.size() && line[i].isDigit())
            ++i;
        if (i - start > 2)
            return 0;
        ++depth;
        if (i < line.size() && line[i] == u'.')
            ++i;
    }
    const bool hasTitle = i > 0 && i + 2 < line.size() && line[i] == u' ' && line[i + 1].isUpper();
    return hasTitle && depth <= 6 ? depth : 0;
}

template<typename Visit>
void forEachLine(QStringView text, Visit visit)
{
    for (qsizetype from = 0; from < text.size();) {
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        if (to > from && to - from <= longestHeading)
            visit(from, text.sliced(from, to - from).trimmed());
        from = to + 1;
    }
}

} // namespace

std::vector<Heading> headingsOf(const QString &text, const std::vector<OutlineEntry> &outline)
{
    std::vector<Heading> headings;
    QHash<QString, QList<qsizetype>> entries; // by what is left of their titles; each is used once, in order
    for (size_t i = 0; i < std::min(outline.size(), mostHeadings); ++i)
        entries[essence(outline[i].title)].append(qsizetype(i));
    const text::CodePointMap map(text);
    forEachLine(text, [&](qsizetype start, QStringView line) {
        if (outline.empty()) {
            const int depth = text::looksLikeHeading(line) ? numberingDepth(line) : 0;
            if (depth > 0 && headings.size() < mostHeadings)
                headings.push_back({map.codePoint(start), depth, line.toString()});
            return;
        }
        const auto found = entries.find(essence(line));
        if (found == entries.end() || found->isEmpty() || found.key().isEmpty())
            return;
        const OutlineEntry &entry = outline[size_t(found->takeFirst())];
        headings.push_back({map.codePoint(start), entry.level, line.toString()});
    });
    return headings;
}

} // namespace quintet::document
