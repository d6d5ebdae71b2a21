// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/builtin/hashedembedding.h"

#include "text/language.h"
#include "text/words.h"

#include <QHash>

#include <cmath>

namespace quintet::llm::builtin {

namespace {

/// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): Qt's own hashes may differ between versions.
quint64 hashOf(const QString &term)
{
    quint64 hash = 0xcbf29ce484222325;
    for (const char byte : term.toUtf8())
        hash = (hash ^ quint8(byte)) * 0x100000001b3;
    return hash;
}

} // namespace

std::vector<float> hashedEmbedding(QStringView text, int dimensions)
{
    // A few words do not tell their language.
    const QString guessed = text::guessLanguage(text);
    const text::Stemmer stemmer(guessed.isEmpty() ? QStringLiteral("en") : guessed);
    QHash<QString, int> counts;
    text::forEachWord(text, [&](text::Span span, text::WordKind kind) {
        const QString word = span.of(text).toString().toCaseFolded();
        ++counts[kind == text::WordKind::Letters ? stemmer.stem(word) : word];
    });
    std::vector<float> vector(std::size_t(dimensions), 0);
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        const quint64 hash = hashOf(count.key());
        const float weight = 1 + std::log(float(count.value()));
        vector[std::size_t(hash % quint64(dimensions))] += hash >> 63 ? weight : -weight;
    }
    double square = 0;
    for (const float value : vector)
        square += double(value) * double(value);
    const auto length = float(std::sqrt(square));
    for (float &value : vector)
        value = length > 0 ? value / length : 0;
    return vector;
}

} // namespace quintet::llm::builtin
