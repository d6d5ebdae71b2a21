// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokenestimate.h"

namespace quintet::text {

namespace {

/// Thousandths of a token that a character costs on average.
qint64 cost(char16_t c)
{
    if (c < 0x80) {
        if ((c >= u'a' && c <= u'z') || c == u' ')
            return 215;
        if (c >= u'A' && c <= u'Z')
            return 330;
        if (c >= u'0' && c <= u'9')
            return 420;
        return c == u'\n' || c == u'\t' ? 350 : 650;
    }
    if (c < 0x250)
        return 600; // letters with accents tear a word into more pieces
    if (c < 0x530)
        return 380; // Greek, Cyrillic
    if (c < 0x900)
        return 500; // Hebrew, Arabic
    if (c < 0x1100)
        return 650; // scripts of India and South-East Asia
    if (c >= 0x2000 && c < 0x2E80)
        return 700; // punctuation and symbols
    if (c >= 0x3000 && c < 0x3100)
        return 800; // Kana and CJK punctuation
    if (c >= 0x3400 && c < 0xA000)
        return 1150; // Han
    if (c >= 0xAC00 && c < 0xD7B0)
        return 900;                                // Hangul
    return c >= 0xD800 && c < 0xE000 ? 1000 : 800; // half a pair: an emoji is two
}

} // namespace

qint64 estimateTokens(QStringView text)
{
    qint64 thousandths = 0;
    for (const QChar c : text)
        thousandths += cost(c.unicode());
    return (thousandths + 999) / 1000;
}

} // namespace quintet::text
