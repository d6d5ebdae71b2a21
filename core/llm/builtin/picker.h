// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/builtin/outline.h"

#include <algorithm>

namespace quintet::llm::builtin {

/// How much of a summary's length, in words, is used, and whether a sentence still fits: a few words over are allowed
/// where that ends nearer to it.
class Budget final {
public:
    explicit Budget(int words) : m_words(words), m_slack(std::max(6, words / 10)) { }

    bool fits(int words) const
    {
        if (m_used + words <= m_words)
            return true;
        const int over = m_used + words - m_words;
        return over <= m_slack && over < m_words - m_used;
    }

    void take(int words) { m_used += words; }
    bool isFull() const { return m_words - m_used < notWorthFilling; }
    int used() const { return m_used; }

private:
    static constexpr int notWorthFilling = 4;

    int m_words;
    int m_slack;
    int m_used = 0;
};

/// Scores the candidates of an outline by what they say, where they stand and how they read, and picks from them up to
/// `words` by MMR (Carbonell and Goldstein 1998). Gives indices of candidates in the order of the text; what is picked
/// when the token is cancelled is of no use. Linear in the text; any thread.
std::vector<int> pickKeySentences(QStringView text, const Outline &outline, int words, const CancelToken &token);

} // namespace quintet::llm::builtin
