// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QStringView>

#include <vector>

namespace quintet::text {

/// The words of some languages that carry grammar rather than matter. Immutable: any thread.
class StopWords final {
public:
    /// `languages`: ISO 639-1 codes; unknown ones add nothing.
    explicit StopWords(const QStringList &languages);

    /// `word` in lower case.
    bool contains(QStringView word) const;

    /// The languages that there are lists for.
    static QStringList languages();

    /// The list of one language, sorted; empty if there is none.
    static const std::vector<QStringView> &of(const QString &language);

private:
    std::vector<QStringView> m_words;
};

/// Two characters of Chinese or Japanese that together carry no matter: function words, or Hiragana alone.
bool isEmptyBigram(char16_t first, char16_t second);

} // namespace quintet::text
