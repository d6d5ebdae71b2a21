// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QStringView>

namespace quintet::text {

/// The language that most of `text` is in, as an ISO 639-1 code, told by its script and by the share of its words
/// that are stop words of a language; empty where nothing speaks for any. Looks at samples of up to 24,000
/// characters whatever the length of the text. Any thread.
QString guessLanguage(QStringView text);

/// All languages that a good part (a quarter of the evidence) of `text` is in, the main one first.
QStringList guessLanguages(QStringView text);

} // namespace quintet::text
