// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdowntail.h"

#include <algorithm>
#include <vector>

namespace quintet::text {

namespace {

constexpr qsizetype longestHeldBack = 400;

/// Where the last line starts that an emphasis cannot reach across: behind a blank line or at an item.
qsizetype lastBlockStart(QStringView text)
{
    for (qsizetype end = text.size();;) {
        const qsizetype line = text.lastIndexOf(u'\n', end - 1);
        if (line < 0 || end == 0)
            return 0;
        const QStringView words = text.sliced(line + 1).trimmed();
        if (words.isEmpty() || text[line] == u'\n') {
            const bool isBlank = line > 0 && text.first(line).trimmed().size() < line && text[line - 1] == u'\n';
            const bool isItem = words.startsWith(u"- ") || words.startsWith(u"* ") || words.startsWith(u"+ ")
                                || (!words.isEmpty() && words[0].isDigit());
            if (isBlank || isItem)
                return line + 1;
        }
        end = line;
    }
}

/// A line of marks alone: a bullet, a number, hashes, a rule, the first row of a table.
bool isUndecided(QStringView line, QStringView before)
{
    const QStringView words = line.trimmed();
    if (words.isEmpty())
        return false;
    if (std::ranges::all_of(words, [](QChar c) { return QStringView(u"-=*+_#>`~|: ").contains(c); }))
        return true;
    const bool isNumber = words.size() < 10 && (words.endsWith(u'.') || words.endsWith(u')'))
                          && std::ranges::all_of(words.chopped(1), [](QChar c) { return c.isDigit(); });
    const bool mayHeadTable = words.startsWith(u'|') && (before.isEmpty() || before.endsWith(u"\n\n"));
    return isNumber || mayHeadTable || (words.startsWith(u"```") && !words.sliced(3).contains(u'`'));
}

QStringView withoutHalfLines(QStringView text)
{
    const qsizetype line = text.lastIndexOf(u'\n') + 1;
    if (isUndecided(text.sliced(line), text.first(line)))
        return text.first(line);
    // The head of a table whose second line has not come.
    if (line == text.size() && line > 0) {
        const qsizetype head = line < 2 ? 0 : text.lastIndexOf(u'\n', line - 2) + 1;
        const QStringView words = text.sliced(head, line - head).trimmed();
        if (words.startsWith(u'|') && (head == 0 || text.first(head).endsWith(u"\n\n")))
            return text.first(head);
    }
    return text;
}

/// Without the half of a link, image or formula at the end.
QStringView withoutHalfLink(QStringView text, qsizetype from)
{
    const qsizetype first = std::max(from, text.size() - longestHeldBack);
    for (qsizetype i = text.lastIndexOf(u'['); i >= first; i = i == 0 ? -1 : text.lastIndexOf(u'[', i - 1)) {
        const QStringView rest = text.sliced(i);
        const qsizetype close = rest.indexOf(u']');
        const bool isHalf = close < 0 ? !rest.startsWith(u"[ ") && !rest.startsWith(u"[x")
                                      : rest.size() > close + 1 && rest[close + 1] == u'(' && !rest.contains(u')');
        if (isHalf)
            return text.first(i > 0 && text[i - 1] == u'!' ? i - 1 : i);
        break;
    }
    for (const QStringView open : {QStringView(u"\\("), QStringView(u"\\["), QStringView(u"$$")}) {
        const qsizetype i = text.lastIndexOf(open);
        const QStringView close = open == u"\\(" ? QStringView(u"\\)") : open == u"\\[" ? QStringView(u"\\]") : open;
        if (i >= first && text.indexOf(close, i + 2) < 0 && (open != close || text.sliced(from).count(open) % 2 == 1))
            return text.first(i);
    }
    return text;
}

/// The marks that close what stands open in `text`, innermost first.
QString closingMarks(QStringView text)
{
    std::vector<QStringView> open;
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        if (c == u'\\') {
            i += 2;
            continue;
        }
        if (c != u'`' && c != u'*' && c != u'~') {
            ++i;
            continue;
        }
        qsizetype end = i;
        while (end < text.size() && text[end] == c)
            ++end;
        const QStringView mark = text.sliced(i, end - i);
        if (c == u'`') {
            qsizetype close = text.indexOf(mark, end);
            if (close < 0)
                return mark.toString();
            i = close + mark.size();
            continue;
        }
        const bool mayOpen = end < text.size() && !text[end].isSpace();
        if (!open.empty() && open.back() == mark && i > 0 && !text[i - 1].isSpace())
            open.pop_back();
        else if (mayOpen && mark.size() <= 3 && open.size() < 8)
            open.push_back(mark);
        i = end;
    }
    QString marks;
    for (auto mark = open.rbegin(); mark != open.rend(); ++mark)
        marks += *mark;
    return marks;
}

} // namespace

QString shownTail(QStringView tail)
{
    QStringView shown = withoutHalfLines(tail);
    const qsizetype from = lastBlockStart(shown);
    shown = withoutHalfLink(shown, from);
    qsizetype end = shown.size();
    while (end > from && QStringView(u"*_~`\\").contains(shown[end - 1]))
        --end;
    if (from >= end)
        return shown.first(end).toString();
    const QString marks = closingMarks(shown.sliced(from, end - from));
    if (marks.isEmpty())
        return shown.first(end).toString();
    while (end > from && shown[end - 1].isSpace()) // emphasis closes behind a word
        --end;
    return shown.first(end).toString() + marks;
}

} // namespace quintet::text
