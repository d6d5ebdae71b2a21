// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/tornwords.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace quintet::document {

namespace {

/// The widest gap within a word, in heights of its line: a space is 0.2 and more, or 0.15 on a crowded line.
constexpr double widestGap = 0.12;

bool isAccented(QChar c)
{
    return c.isLetter() && c.decompositionTag() == QChar::Canonical && c.script() == QChar::Script_Latin;
}

bool goesOn(const CutWord &word, const CutWord &next)
{
    return !word.text.isEmpty() && !next.text.isEmpty() && isAccented(word.text.back())
           && std::abs(word.middle - next.middle) < word.height / 2
           && std::abs(next.left - word.right) < widestGap * word.height;
}

/// What all but touches the word that is the key. poppler joins words that a hyphen parts at a line's end, so a word
/// behind one stands there under both names.
QMultiHash<QString, QString> gapsIn(const std::vector<CutWord> &words)
{
    QMultiHash<QString, QString> gaps;
    for (size_t i = 0; i + 1 < words.size(); ++i) {
        if (!goesOn(words[i], words[i + 1]))
            continue;
        gaps.insert(words[i].text, words[i + 1].text);
        if (i > 0 && words[i - 1].text.endsWith(u'-'))
            gaps.insert(words[i - 1].text.chopped(1) + words[i].text, words[i + 1].text);
    }
    return gaps;
}

bool isWrittenAs(QStringView word, QStringView cut)
{
    return word == cut || (cut.endsWith(u'-') && word.startsWith(cut.chopped(1)));
}

} // namespace

bool mayBeTorn(QStringView page)
{
    qsizetype whole = 0;
    qsizetype torn = 0;
    for (qsizetype i = 0; i + 2 < page.size(); ++i) {
        if (!isAccented(page[i]))
            continue;
        whole += page[i + 1].isLetter() ? 1 : 0;
        torn += page[i + 1] == u' ' && page[i + 2].isLower() ? 1 : 0;
    }
    return torn > whole;
}

std::vector<PlacedWord> mended(const std::vector<CutWord> &words)
{
    std::vector<PlacedWord> whole;
    for (size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && goesOn(words[i - 1], words[i]))
            whole.back().text += words[i].text;
        else
            whole.push_back({words[i].text, words[i].middle});
    }
    return whole;
}

QString withoutGaps(const QString &page, const std::vector<CutWord> &words)
{
    const QMultiHash<QString, QString> gaps = gapsIn(words);
    QStringList lines;
    for (const QStringView line : QStringView(page).split(u'\n')) {
        QString mended;
        QStringView last;
        for (const QStringView word : line.split(u' ')) {
            const auto [begin, end] = gaps.equal_range(last.toString());
            const bool isTorn = std::any_of(begin, end, [word](QStringView cut) { return isWrittenAs(word, cut); });
            if (!isTorn && !last.isNull())
                mended += u' ';
            mended += word;
            last = word;
        }
        lines << mended;
    }
    return lines.join(u'\n');
}

} // namespace quintet::document
