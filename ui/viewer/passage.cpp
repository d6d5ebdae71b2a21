// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/passage.h"

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr qsizetype shortestLine = 8; // letters; a shorter one stands in too many places
constexpr qsizetype pieceSize = 20;

/// The letters and figures of a text alone, with where each of them stands.
struct Letters {
    QString text;
    std::vector<PageStretch> places; ///< one for each unit of the text

    void add(const QString &raw, int page)
    {
        for (int i = 0; i < raw.size(); ++i) {
            if (raw[i].isLetterOrNumber() || raw[i].isSurrogate() || raw[i].isMark()) {
                const QString plain = QString(raw[i]).normalized(QString::NormalizationForm_KC).toCaseFolded();
                text += plain;
                places.insert(places.end(), static_cast<size_t>(plain.size()), {page, i, 1});
            }
        }
    }
};

QString lettersOf(const QString &text)
{
    Letters letters;
    letters.add(text, 0);
    return letters.text;
}

/// What letters [start, start + size) stand on, one stretch a page.
void append(std::vector<PageStretch> &stretches, const Letters &letters, qsizetype start, qsizetype size)
{
    for (qsizetype i = start; i < start + size; ++i) {
        const PageStretch &place = letters.places[static_cast<size_t>(i)];
        if (i > start && !stretches.empty() && stretches.back().page == place.page)
            stretches.back().size = place.start + place.size - stretches.back().start;
        else
            stretches.push_back(place);
    }
}

/// Looks for `wanted` behind `from` first, since lines follow each other.
qsizetype findFrom(const QString &text, const QString &wanted, qsizetype from)
{
    const qsizetype behind = text.indexOf(wanted, from);
    return behind >= 0 ? behind : text.indexOf(wanted);
}

/// Marks the pieces of a line that are there; whether all are.
bool findPieces(const QString &line, const Letters &letters, qsizetype *from, std::vector<PageStretch> &stretches)
{
    bool all = true;
    for (qsizetype i = 0; i < line.size(); i += pieceSize) {
        const QString piece = line.sliced(i, std::min(pieceSize, line.size() - i));
        const qsizetype at = piece.size() < shortestLine ? -1 : letters.text.indexOf(piece, *from);
        if (at < 0) {
            all = false;
            continue;
        }
        append(stretches, letters, at, piece.size());
        *from = at + piece.size();
    }
    return all;
}

} // namespace

PassagePlace findPassage(const QString &passage, int page, const std::function<QString(int)> &textOf)
{
    const QString whole = lettersOf(passage);
    if (whole.isEmpty())
        return {{}, false};
    // The page it should be on, with those that it may run on to; then those around it.
    const std::pair<int, int> ranges[] = {{page, page}, {page, page + 2}, {std::max(0, page - 1), page + 1}};
    Letters letters;
    for (const auto &[first, last] : ranges) {
        letters = {};
        for (int i = first; i <= last; ++i)
            letters.add(textOf(i), i);
        if (const qsizetype at = letters.text.indexOf(whole); at >= 0) {
            PassagePlace place;
            append(place.stretches, letters, at, whole.size());
            return place;
        }
    }
    PassagePlace place;
    letters = {};
    for (int i = page; i <= page + 1; ++i)
        letters.add(textOf(i), i);
    qsizetype from = 0;
    for (const QString &line : passage.split(u'\n', Qt::SkipEmptyParts)) {
        const QString wanted = lettersOf(line);
        const qsizetype at =
            wanted.size() < shortestLine ? letters.text.indexOf(wanted, from) : findFrom(letters.text, wanted, from);
        if (at >= 0) {
            append(place.stretches, letters, at, wanted.size());
            from = at + wanted.size();
        } else if (!findPieces(wanted, letters, &from, place.stretches)) {
            place.isExact = false;
        }
    }
    return place;
}

} // namespace quintet::ui
