// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/sentencevectors.h"

#include <algorithm>
#include <cmath>

namespace quintet::llm::builtin {

SentenceVectors::SentenceVectors(const QStringList &languages) : m_vocabulary(languages) { }

void SentenceVectors::add(QStringView sentence)
{
    m_terms.clear();
    text::forEachWord(sentence, [&](text::Span span, text::WordKind kind) {
        const int term = m_vocabulary.idOf(span.of(sentence), kind);
        if (term != text::Vocabulary::stopWord)
            m_terms.push_back(term);
    });
    std::ranges::sort(m_terms);
    m_sentencesWith.resize(size_t(m_vocabulary.size()));
    for (size_t i = 0; i < m_terms.size();) {
        size_t next = i;
        while (next < m_terms.size() && m_terms[next] == m_terms[i])
            ++next;
        m_entries.push_back({m_terms[i], float(next - i)});
        ++m_sentencesWith[size_t(m_terms[i])];
        i = next;
    }
    m_starts.push_back(m_entries.size());
}

void SentenceVectors::weigh()
{
    std::vector<float> idf(m_sentencesWith.size());
    for (size_t term = 0; term < idf.size(); ++term)
        idf[term] = std::log(float(size() + 1) / float(std::max(1, m_sentencesWith[term])));
    for (int i = 0; i < size(); ++i) {
        Entry *const from = m_entries.data() + m_starts[size_t(i)];
        Entry *const to = m_entries.data() + m_starts[size_t(i) + 1];
        float squares = 0;
        for (Entry *entry = from; entry != to; ++entry) {
            const float tf = entry->weight > 1 ? 1 + std::log(entry->weight) : 1;
            entry->weight = tf * idf[size_t(entry->term)];
            squares += entry->weight * entry->weight;
        }
        const float scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
        for (Entry *entry = from; entry != to; ++entry)
            entry->weight *= scale;
    }
    m_dense.assign(m_sentencesWith.size(), 0);
}

std::vector<float> SentenceVectors::centralities() const
{
    std::vector<double> centroid(m_sentencesWith.size());
    for (const Entry &entry : m_entries)
        centroid[size_t(entry.term)] += double(entry.weight);
    std::vector<float> found(size_t(size()), 0.0F);
    float largest = 0;
    for (int i = 0; i < size(); ++i) {
        double dot = 0;
        for (const Entry *entry = begin(i); entry != end(i); ++entry)
            dot += double(entry->weight) * centroid[size_t(entry->term)];
        found[size_t(i)] = float(dot);
        largest = std::max(largest, float(dot));
    }
    if (largest > 0) {
        for (float &value : found)
            value /= largest;
    }
    return found;
}

std::vector<float> SentenceVectors::sharesOf(QStringView words)
{
    std::vector<char> wanted(m_sentencesWith.size());
    int count = 0;
    text::forEachWord(words, [&](text::Span span, text::WordKind kind) {
        const int term = m_vocabulary.idOf(span.of(words), kind);
        if (term == text::Vocabulary::stopWord)
            return;
        // A word that no sentence has still counts among the title's words.
        if (size_t(term) >= wanted.size() || !wanted[size_t(term)])
            ++count;
        if (size_t(term) < wanted.size())
            wanted[size_t(term)] = 1;
    });
    std::vector<float> shares(size_t(size()), 0.0F);
    for (int i = 0; count > 0 && i < size(); ++i) {
        int held = 0;
        for (const Entry *entry = begin(i); entry != end(i); ++entry)
            held += wanted[size_t(entry->term)];
        shares[size_t(i)] = float(held) / float(count);
    }
    return shares;
}

void SentenceVectors::raiseToCosine(int picked, const std::vector<int> &candidates, std::vector<float> &most)
{
    for (const Entry *entry = begin(picked); entry != end(picked); ++entry)
        m_dense[size_t(entry->term)] = entry->weight;
    for (size_t i = 0; i < candidates.size(); ++i) {
        float cosine = 0;
        for (const Entry *entry = begin(candidates[i]); entry != end(candidates[i]); ++entry)
            cosine += entry->weight * m_dense[size_t(entry->term)];
        m_work += end(candidates[i]) - begin(candidates[i]);
        most[i] = std::max(most[i], cosine);
    }
    for (const Entry *entry = begin(picked); entry != end(picked); ++entry)
        m_dense[size_t(entry->term)] = 0;
}

} // namespace quintet::llm::builtin
