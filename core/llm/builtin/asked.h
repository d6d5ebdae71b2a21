// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace quintet::llm::builtin {

/// What a question asks for, as far as its form tells: "how many", "for how long", "when".
enum class Asked { Anything, Number, Duration, Moment };

/// In the main languages of Europe, Chinese and Japanese.
Asked askedFor(const QString &question);

/// `question` without the words that ask for a number: they are no matter that an answer would speak of.
QString withoutMeasure(QString question);

/// How well a sentence could answer such a question by its form alone: 0 not at all, 1 with a number of another kind,
/// 2 with what was asked for.
int fitness(QStringView sentence, Asked asked);

} // namespace quintet::llm::builtin
