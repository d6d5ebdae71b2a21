// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/prose.h"

#include "text/charclass.h"
#include "text/sentencerules.h"

#include <algorithm>

namespace quintet::llm::builtin {

namespace {

constexpr int shortest = 6;
constexpr int longest = 70;
constexpr int shortestWide = 12;
constexpr int longestWide = 140;
constexpr int shortWords = 16;

bool isMostlyWide(const Form &form)
{
    return form.wide * 5 > form.words * 4; // half of the words in Han
}

qsizetype lastMark(QStringView sentence)
{
    qsizetype last = sentence.size() - 1;
    // A note, "[12]", and whatever closes.
    while (last > 0 && (text::isCloser(sentence[last].unicode()) || sentence[last].isSpace()))
        --last;
    if (sentence.endsWith(u']')) {
        const qsizetype open = sentence.lastIndexOf(u'[');
        if (open > 0 && sentence.size() - open < 12)
            last = open - 1;
    }
    return last;
}

/// Marks that stand in code and in tables of contents, not in prose.
bool looksLikeCode(QStringView sentence)
{
    static constexpr QStringView marks[] = {u" <- ", u"// ",      u"## ",      u"# [",  u"();",
                                            u") {",  u"#include", u". . . . ", u"....."};
    return std::ranges::any_of(marks, [sentence](QStringView mark) { return sentence.contains(mark); });
}

} // namespace

Form formOf(QStringView sentence)
{
    using text::CharClass;
    Form form;
    const CharClass *classes = text::charClassTable();
    int letters = 0;
    int others = 0;
    int spaced = 0;
    int numbers = 0;
    int single = 0;
    int wordLength = 0;
    int unspaced = 0;
    int separators = 0;
    bool inWord = false;
    bool seenLetter = false;
    for (const QChar c : sentence) {
        const char16_t unit = c.unicode();
        const CharClass kind = classes[unit];
        separators += unit == u'|' || unit == u'\t' ? 1 : 0;
        if (kind == CharClass::Space) {
            single += wordLength == 1 ? 1 : 0;
            wordLength = 0;
            inWord = false;
            continue;
        }
        const bool wide = kind == CharClass::Han || kind == CharClass::Kana;
        const bool isLetter = kind == CharClass::Letter || wide || kind == CharClass::Unspaced;
        letters += isLetter ? 1 : 0;
        others += isLetter ? 0 : 1;
        form.wide += wide ? 1 : 0;
        unspaced += kind == CharClass::Unspaced ? 1 : 0;
        if (isLetter && !seenLetter) {
            seenLetter = true;
            form.startsLower = c.isLower();
        }
        if (!inWord && !wide && kind != CharClass::Unspaced && !(kind == CharClass::Other && text::isWide(unit))) {
            ++spaced;
            numbers += kind == CharClass::Digit ? 1 : 0;
        }
        inWord = true;
        wordLength += wide ? 2 : 1;
    }
    form.words = spaced + (form.wide * 5 + 4) / 8 + (unspaced + 3) / 4;
    form.mostlyLetters = letters * 100 >= (letters + others) * 55;
    form.manyNumbers = numbers * 10 > form.words * 4;
    form.isFormula = single * 2 > form.words;
    form.isCode = looksLikeCode(sentence);
    form.isTableRow = separators >= 2;
    if (!sentence.isEmpty()) {
        const char16_t mark = sentence[lastMark(sentence)].unicode();
        // Thai and its like end sentences with a space.
        form.endsWhole = text::isEndMark(mark) || unspaced * 2 > letters;
        form.isQuestion = mark == u'?' || mark == u'？' || mark == 0x061F;
    }
    return form;
}

bool isQuotable(const Form &form)
{
    const bool wide = isMostlyWide(form);
    const bool lengthFits =
        wide ? form.wide >= shortestWide && form.wide <= longestWide : form.words >= shortest && form.words <= longest;
    return lengthFits && form.endsWhole && form.mostlyLetters && !form.manyNumbers && !form.isFormula && !form.isCode
           && !form.isTableRow;
}

double lengthFactor(const Form &form)
{
    if (form.words >= shortWords)
        return 1;
    return 0.5 + 0.5 * std::max(0, form.words - shortest) / (shortWords - shortest);
}

} // namespace quintet::llm::builtin
