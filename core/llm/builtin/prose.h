// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace quintet::llm::builtin {

/// What a look at the characters of a sentence tells of it.
struct Form {
    int words = 0;          ///< as `wc -w` counts; 1.6 Han or Kana characters are one
    int wide = 0;           ///< Han and Kana characters
    bool endsWhole = false; ///< with a mark that ends sentences
    bool isQuestion = false;
    bool startsLower = false;  ///< a fragment, or a name like "npm"
    bool mostlyLetters = true; ///< at least 55 % of what is not white space
    bool manyNumbers = false;  ///< over 40 % of its words
    bool isFormula = false;    ///< over half of its words are one character: mathematics, code, letters set apart
    bool isCode = false;       ///< marks of programming languages: "<-", "//", "##", braces, or dotted filling lines
    bool isTableRow = false;   ///< two pipes or tabs, or more
};

/// One pass over `sentence`.
Form formOf(QStringView sentence);

/// Whether a sentence of that form can be quoted: whole, prose, 6 to 70 words (12 to 140 Han characters).
bool isQuotable(const Form &form);

/// 1 from 16 words on, falling to a half at the shortest.
double lengthFactor(const Form &form);

} // namespace quintet::llm::builtin
