// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace quintet::text {

/// What a UTF-16 unit is to a reader of words. One table look-up; any thread.
enum class CharClass : quint8 {
    Other, ///< punctuation, symbols, controls
    Space,
    Digit,
    Letter, ///< of a script that sets words apart by spaces, with its marks
    Han,
    Kana,
    Unspaced, ///< Thai, Lao, Khmer, Burmese: letters and marks, no spaces between words
};

namespace detail {
const CharClass *charClasses();
} // namespace detail

/// Fetch once before a loop: `const auto classes = charClassTable();` then `classes[unit]`.
inline const CharClass *charClassTable()
{
    return detail::charClasses();
}

/// Han, Kana, and the punctuation written with them.
constexpr bool isWide(char16_t c)
{
    return (c >= 0x2E80 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF)
           || (c >= 0xFF00 && c <= 0xFF9F) || (c >= 0x31F0 && c <= 0x31FF) || (c >= 0xD840 && c <= 0xD88F);
}

/// A letter or digit, without looking beyond the unit.
constexpr bool isAsciiAlnum(char16_t c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

} // namespace quintet::text
