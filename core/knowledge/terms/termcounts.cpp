// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/terms/termcounts.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

void append(QByteArray &bytes, quint32 number)
{
    for (; number >= 0x80; number >>= 7)
        bytes.append(char(number | 0x80));
    bytes.append(char(number));
}

/// Takes a number off the front of `bytes`; false where there is none.
bool take(QByteArrayView &bytes, quint32 &number)
{
    number = 0;
    for (qsizetype i = 0; i < bytes.size() && i < 5; ++i) {
        const auto byte = quint8(bytes[i]);
        number |= quint32(byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            bytes = bytes.sliced(i + 1);
            return true;
        }
    }
    return false;
}

} // namespace

TermId termIdOf(QStringView term)
{
    // FNV-1a (Fowler, Noll, Vo), 64 bits folded to 32.
    quint64 hash = 14695981039346656037ULL;
    for (const QChar c : term)
        hash = (hash ^ c.unicode()) * 1099511628211ULL;
    return quint32(hash ^ (hash >> 32));
}

TermCounts summedUp(TermCounts counts)
{
    std::ranges::sort(counts, {}, &TermCount::id);
    TermCounts sums;
    sums.reserve(counts.size());
    for (const TermCount &count : counts) {
        if (sums.empty() || sums.back().id != count.id) {
            sums.push_back(count);
        } else {
            sums.back().body += count.body;
            sums.back().heading += count.heading;
        }
    }
    return sums;
}

QByteArray packed(const TermCounts &counts)
{
    QByteArray bytes;
    bytes.reserve(qsizetype(counts.size()) * 6);
    TermId before = 0;
    for (const TermCount &count : counts) {
        append(bytes, count.id - before);
        // Most terms are in no heading: one byte says both.
        append(bytes, count.body << 1 | (count.heading > 0 ? 1 : 0));
        if (count.heading > 0)
            append(bytes, count.heading);
        before = count.id;
    }
    return bytes;
}

TermCounts unpacked(QByteArrayView bytes)
{
    TermCounts counts;
    counts.reserve(size_t(bytes.size()) / 5);
    TermId id = 0;
    quint32 difference = 0;
    quint32 body = 0;
    while (take(bytes, difference) && take(bytes, body)) {
        TermCount count{id += difference, body >> 1, 0};
        if ((body & 1) != 0 && !take(bytes, count.heading))
            break;
        counts.push_back(count);
    }
    return counts;
}

const TermCount *find(const TermCounts &counts, TermId id)
{
    const auto found = std::ranges::lower_bound(counts, id, {}, &TermCount::id);
    return found != counts.end() && found->id == id ? &*found : nullptr;
}

} // namespace quintet::knowledge
