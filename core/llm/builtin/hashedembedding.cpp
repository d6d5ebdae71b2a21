// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/hashedembedding.h"

#include "text/words.h"

#include <QHash>

#include <cmath>

namespace quintet::llm::builtin {

namespace {

constexpr float trigramWeight = 0.5F;

/// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): Qt's own hashes may differ between versions.
quint64 hashOf(const QString &term)
{
    quint64 hash = 0xcbf29ce484222325;
    for (const char byte : term.toUtf8())
        hash = (hash ^ quint8(byte)) * 0x100000001b3;
    return hash;
}

void add(std::vector<float> &vector, const QHash<QString, int> &counts, float factor)
{
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        const quint64 hash = hashOf(count.key());
        const float weight = factor * (1 + std::log(float(count.value())));
        vector[std::size_t(hash % vector.size())] += hash >> 63 ? weight : -weight;
    }
}

} // namespace

std::vector<float> hashedEmbedding(QStringView text, int dimensions)
{
    QHash<QString, int> words;
    QHash<QString, int> trigrams;
    text::forEachWord(text, [&](text::Span span, text::WordKind kind) {
        const QString word = span.of(text).toString().toCaseFolded();
        ++words[word];
        const QString edged = u'<' + word + u'>';
        for (qsizetype i = 0; kind == text::WordKind::Letters && i + 3 <= edged.size(); ++i)
            ++trigrams[edged.sliced(i, 3)];
    });
    std::vector<float> vector(std::size_t(dimensions), 0);
    add(vector, words, 1);
    add(vector, trigrams, trigramWeight);
    double square = 0;
    for (const float value : vector)
        square += double(value) * double(value);
    const auto length = float(std::sqrt(square));
    for (float &value : vector)
        value = length > 0 ? value / length : 0;
    return vector;
}

} // namespace quintet::llm::builtin
