// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/vocabulary.h"

#include <vector>

namespace quintet::llm::builtin {

/// Sentences as sparse vectors of their terms, (1 + ln tf)·ln((n + 1)/df) within the document, length 1, all in flat
/// arrays. add() every sentence, weigh() once, then ask. One thread; everything but weigh() is linear in what it
/// is given.
class SentenceVectors final {
public:
    explicit SentenceVectors(const QStringList &languages);

    /// The next sentence, number size() - 1 after it.
    void add(QStringView sentence);

    void weigh();

    /// Cosine of each sentence to the centroid of all, scaled so that the largest is 1.
    std::vector<float> centralities() const;

    /// The share of `words`' terms that each sentence holds.
    std::vector<float> sharesOf(QStringView words);

    /// Raises each `most[i]` to the cosine of sentence `candidates[i]` with sentence `picked`.
    void raiseToCosine(int picked, const std::vector<int> &candidates, std::vector<float> &most);

    int size() const { return int(m_starts.size()) - 1; }

    /// Multiplications done for cosines so far: what a test counts.
    qint64 work() const { return m_work; }

private:
    struct Entry {
        int term;
        float weight;
    };

    const Entry *begin(int sentence) const { return m_entries.data() + m_starts[size_t(sentence)]; }
    const Entry *end(int sentence) const { return m_entries.data() + m_starts[size_t(sentence) + 1]; }

    text::Vocabulary m_vocabulary;
    std::vector<Entry> m_entries;
    std::vector<size_t> m_starts{0};
    std::vector<int> m_sentencesWith; ///< by term
    std::vector<int> m_terms;
    std::vector<float> m_dense;
    qint64 m_work = 0;
};

} // namespace quintet::llm::builtin
