// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace quintet::text {

/// A stretch of a text: UTF-16 positions, `end` is the first one after it.
struct Span {
    qsizetype start = 0;
    qsizetype end = 0;

    qsizetype size() const { return end - start; }
    bool isEmpty() const { return end <= start; }
    bool contains(qsizetype position) const { return start <= position && position < end; }
    QStringView of(QStringView text) const { return text.sliced(start, end - start); }
    bool operator==(const Span &) const = default;
};

/// `span` without white space at its ends.
inline Span trimmed(QStringView text, Span span)
{
    while (span.start < span.end && text[span.start].isSpace())
        ++span.start;
    while (span.end > span.start && text[span.end - 1].isSpace())
        --span.end;
    return span;
}

} // namespace quintet::text
