// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace quintet::llm::builtin {

/// What a section is to the text that it stands in.
enum class Role { Body, Abstract, Introduction, Methods, Conclusion, References, LeftOut };

/// The role that a heading's words name, in any of the main languages; numbers before them do not matter.
Role roleOf(QStringView heading);

/// "Figure 3", "Abb. 2:", "图1" at the start.
bool isCaption(QStringView sentence);

/// Says something of rights, cookies, subscriptions, or is an entry of a bibliography.
bool isBoilerplate(QStringView sentence);

/// Announces what matters: "in summary", "we propose", "总之".
bool hasCue(QStringView sentence);

/// Sends the reader elsewhere: "see", "for more information", "the following".
bool pointsElsewhere(QStringView sentence);

/// Starts by pointing back: "However, this", "Er", "但是".
bool startsDangling(QStringView sentence);

enum class Person { First, Second, Other };

/// Whom a word speaks of if it is a pronoun; `word` in lower case.
Person personOf(QStringView word);

} // namespace quintet::llm::builtin
