// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pagecleaner.h"

#include "text/blocks.h"
#include "text/sentences.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace quintet::document {

namespace {

constexpr int edgeLines = 3; ///< on each end of a page

/// A line as its repetitions on other pages have it: digits replaced, white space made one.
QString pattern(QStringView line)
{
    QString out;
    for (const QChar c : line) {
        if (c.isDigit()) {
            if (!out.endsWith(u'#'))
                out += u'#';
        } else if (!c.isSpace()) {
            out += c.toLower();
        } else if (!out.endsWith(u' ')) {
            out += u' ';
        }
    }
    return out.trimmed();
}

/// The positions of the first and last lines of a page that are not blank, each given once.
std::vector<qsizetype> edges(const QList<QStringView> &lines)
{
    std::vector<qsizetype> found;
    int seen = 0;
    for (qsizetype i = 0; i < lines.size() && seen < edgeLines; ++i) {
        if (!lines[i].trimmed().isEmpty()) {
            found.push_back(i);
            ++seen;
        }
    }
    const qsizetype last = found.empty() ? 0 : found.back();
    seen = 0;
    for (qsizetype i = lines.size() - 1; i > last && seen < edgeLines; --i) {
        if (!lines[i].trimmed().isEmpty()) {
            found.push_back(i);
            ++seen;
        }
    }
    return found;
}

QList<QStringView> linesOf(QStringView page)
{
    return page.split(u'\n');
}

void dropRunningLines(std::vector<QString> &pages)
{
    const auto filled = std::ranges::count_if(pages, [](const QString &page) { return !page.isEmpty(); });
    QHash<QString, int> onPages;
    for (const QString &page : pages) {
        const auto lines = linesOf(page);
        QSet<QString> here;
        for (const qsizetype i : edges(lines))
            here.insert(pattern(lines[i]));
        for (const QString &line : here)
            ++onPages[line];
    }
    for (QString &page : pages) {
        const auto lines = linesOf(page);
        QSet<qsizetype> dropped;
        for (const qsizetype i : edges(lines)) {
            const int count = onPages.value(pattern(lines[i]));
            if (count >= 3 && count * 10 >= filled * 4)
                dropped.insert(i);
        }
        if (dropped.isEmpty())
            continue;
        QString kept;
        kept.reserve(page.size());
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (!dropped.contains(i)) {
                kept += lines[i];
                kept += u'\n';
            }
        }
        page = kept.trimmed();
    }
}

/// The word that ends at `end`, letters and hyphens.
qsizetype wordStart(QStringView text, qsizetype end)
{
    qsizetype start = end;
    while (start > 0 && (text[start - 1].isLetter() || text[start - 1] == u'-') && end - start < 60)
        --start;
    return start;
}

qsizetype wordEnd(QStringView text, qsizetype start)
{
    qsizetype end = start;
    while (end < text.size() && (text[end].isLetter() || text[end] == u'-') && end - start < 60)
        ++end;
    return end;
}

/// Words that the document writes with a hyphen in the middle of a line.
QSet<QString> hyphenated(const std::vector<QString> &pages)
{
    QSet<QString> words;
    for (const QString &page : pages) {
        for (qsizetype i = page.indexOf(u'-'); i >= 0; i = page.indexOf(u'-', i + 1)) {
            if (i > 0 && i + 1 < page.size() && page[i - 1].isLetter() && page[i + 1].isLetter())
                words.insert(page.sliced(wordStart(page, i), wordEnd(page, i) - wordStart(page, i)).toLower());
        }
    }
    return words;
}

/// "sum-\nmary must" becomes "summary\nmust": lines keep about their length.
QString mended(const QString &page, const QSet<QString> &compounds)
{
    QString out;
    qsizetype done = 0;
    for (qsizetype i = page.indexOf(u"-\n"); i >= 0; i = page.indexOf(u"-\n", i + 2)) {
        if (i == 0 || !page[i - 1].isLetter() || i + 2 >= page.size() || !page[i + 2].isLower())
            continue;
        const qsizetype end = wordEnd(page, i + 2);
        const QStringView first = QStringView(page).sliced(wordStart(page, i), i - wordStart(page, i));
        const QStringView second = QStringView(page).sliced(i + 2, end - i - 2);
        const bool compound = compounds.contains((first.toString() + u'-' + second.toString()).toLower());
        out += QStringView(page).sliced(done, i - done + (compound ? 1 : 0));
        qsizetype tail = end;
        while (tail < page.size() && !page[tail].isSpace())
            ++tail;
        out += QStringView(page).sliced(i + 2, tail - i - 2);
        done = tail;
        if (tail < page.size() && page[tail] == u' ') {
            out += u'\n';
            ++done;
        }
        // The next search must not start inside of what was copied.
        if (done > i + 2)
            i = done - 2;
    }
    return out.append(QStringView(page).sliced(done));
}

/// `page` with each paragraph on one line, since where its lines end is the paper's business.
QString reflowed(const QString &page)
{
    QString out;
    out.reserve(page.size());
    qsizetype done = 0;
    for (const text::Block &block : text::splitBlocks(page, text::LineEnds::Paper)) {
        const bool isProse = block.kind == text::BlockKind::Paragraph || block.kind == text::BlockKind::ListItem
                             || block.kind == text::BlockKind::Speech || block.kind == text::BlockKind::Quote;
        out.append(QStringView(page).sliced(done, block.span.start - done));
        if (isProse)
            out.append(text::flowed(block.span.of(page)));
        else
            out.append(block.span.of(page));
        done = block.span.end;
    }
    return out.append(QStringView(page).sliced(done));
}

} // namespace

void cleanPages(std::vector<QString> &pages)
{
    dropRunningLines(pages);
    const QSet<QString> compounds = hyphenated(pages);
    for (QString &page : pages) {
        if (page.contains(u"-\n"))
            page = mended(page, compounds);
        page = reflowed(page);
    }
}

} // namespace quintet::document
