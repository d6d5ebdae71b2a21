// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/blocks.h"

#include <QStringList>

namespace quintet::text {

/// One sentence, or a heading or list item that stands for one. Its words are `span.of(text)`; flowed() makes a
/// line of them.
struct Sentence {
    Span span;
    int block = 0; ///< index of the block that it stands in

    bool operator==(const Sentence &) const = default;
};

/// How to read a text.
struct SplitOptions {
    QString language;      ///< ISO 639-1; empty: guessed
    bool markdown = false; ///< back-ticks hold code, whose stops end nothing
};

/// The sentences of `text` in order, within its blocks; blocks of code, tables and markup hold none. Linear; any
/// thread.
std::vector<Sentence> splitSentences(QStringView text, const std::vector<Block> &blocks,
                                     const SplitOptions &options = {});

/// The sentences of plain text, one line each.
QStringList sentencesOf(QStringView text, const QString &language = {});

/// `stretch` on one line: white space made one space (none between Han characters), and a hyphen at a line's end
/// before a lower-case letter undone.
QString flowed(QStringView stretch);

} // namespace quintet::text
