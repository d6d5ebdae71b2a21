// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/charclass.h"

#include <QChar>

#include <array>
#include <memory>

namespace quintet::text::detail {

namespace {

constexpr int units = 0x10000;

CharClass classify(char16_t unit)
{
    // Planes 2 and 3 hold rare Han characters; their pairs are read as letters so that none is torn apart.
    if (unit >= 0xD800 && unit <= 0xDFFF)
        return (unit >= 0xD840 && unit <= 0xD88F) || unit >= 0xDC00 ? CharClass::Letter : CharClass::Other;
    const QChar c(unit);
    if (c.isSpace())
        return CharClass::Space;
    if (c.isDigit())
        return CharClass::Digit;
    if (!c.isLetter() && !c.isMark())
        return CharClass::Other;
    switch (QChar::script(unit)) {
    case QChar::Script_Han: return CharClass::Han;
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana: return CharClass::Kana;
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar: return CharClass::Unspaced;
    default:
        // The long vowel mark belongs to Katakana and Hiragana alike.
        return unit == 0x30FC ? CharClass::Kana : CharClass::Letter;
    }
}

} // namespace

const CharClass *charClasses()
{
    static const auto table = [] {
        auto made = std::make_unique<std::array<CharClass, units>>();
        for (int unit = 0; unit < units; ++unit)
            (*made)[size_t(unit)] = classify(char16_t(unit));
        return made;
    }();
    return table->data();
}

} // namespace quintet::text::detail
