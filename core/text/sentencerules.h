// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace quintet::text {

/// What the full stop behind a word says.
enum class Abbreviation {
    None,
    NeverEnds, ///< "Dr.": another word follows
    MayEnd,    ///< "Inc.": ends a sentence where a capitalised function word follows
};

/// `word`: the word before the stop, as it is written, without the stop. All languages at once, but for
/// abbreviations that are words of another language: those count only with their capital.
Abbreviation abbreviation(QStringView word);

/// `.!?…` and their like in other scripts.
bool isEndMark(char16_t c);

/// An end mark of Chinese and Japanese, which needs no white space behind it.
bool isWideMark(char16_t c);

/// Closing quotes and brackets (and those that are the same on both sides).
bool isCloser(char16_t c);

/// Opening quotes and brackets, inverted marks, bullets of dialogue.
bool isOpener(char16_t c);

/// Whether numbers with a full stop are ordinals in `language` ("3. Oktober").
bool writesOrdinalsWithStop(QStringView language);

/// Whether `rest`, what follows a quotation in Chinese or Japanese, says who spoke.
bool startsWithSaying(QStringView rest);

} // namespace quintet::text
