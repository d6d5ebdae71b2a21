// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/charclass.h"
#include "text/span.h"

#include <QString>

#include <memory>

struct sb_stemmer;

namespace quintet::text {

enum class WordKind {
    Letters, ///< a word between spaces or punctuation, digits may follow: "vitamin", "B12"
    Number,  ///< digits first: "1990", "3.5", "20th"
    Bigram,  ///< two neighbouring Han or Kana characters (one where a run is a single one); they overlap
    Trigram, ///< three neighbouring characters of Thai, Lao, Khmer or Burmese; they overlap
};

/// Calls `visit(Span, WordKind)` for every word of `text` in order. An apostrophe ends a word, and up to two letters
/// behind it are dropped with it ("it's", "don't"), while "l'homme" gives "homme" too. Linear, no allocation.
template<typename Visit>
void forEachWord(QStringView text, Visit visit)
{
    const CharClass *classes = charClassTable();
    const char16_t *data = text.utf16();
    const qsizetype size = text.size();
    const auto runEnd = [&](qsizetype from, auto belongs) {
        while (from < size && belongs(classes[data[from]]))
            ++from;
        return from;
    };
    const auto overlapping = [&](qsizetype from, qsizetype to, qsizetype length, WordKind kind) {
        for (qsizetype i = from; i == from || i + length <= to; ++i)
            visit(Span{i, std::min(i + length, to)}, kind);
    };
    const auto isWordPart = [](CharClass c) { return c == CharClass::Letter || c == CharClass::Digit; };
    const auto isApostrophe = [](char16_t c) { return c == u'\'' || c == 0x2019; };
    for (qsizetype i = 0; i < size;) {
        switch (classes[data[i]]) {
        case CharClass::Other:
        case CharClass::Space: ++i; break;
        case CharClass::Letter: {
            const qsizetype end = runEnd(i, isWordPart);
            visit(Span{i, end}, WordKind::Letters);
            i = end;
            if (i + 1 < size && isApostrophe(data[i])) {
                const qsizetype rest = runEnd(i + 1, isWordPart);
                i = rest - i - 1 <= 2 ? rest : i + 1;
            }
            break;
        }
        case CharClass::Digit: {
            qsizetype end = runEnd(i, isWordPart);
            while (end + 1 < size && (data[end] == u'.' || data[end] == u',')
                   && classes[data[end + 1]] == CharClass::Digit)
                end = runEnd(end + 1, isWordPart);
            visit(Span{i, end}, WordKind::Number);
            i = end;
            break;
        }
        case CharClass::Han:
        case CharClass::Kana: {
            const qsizetype end = runEnd(i, [](CharClass c) { return c == CharClass::Han || c == CharClass::Kana; });
            overlapping(i, end, 2, WordKind::Bigram);
            i = end;
            break;
        }
        case CharClass::Unspaced: {
            const qsizetype end = runEnd(i, [](CharClass c) { return c == CharClass::Unspaced; });
            overlapping(i, end, 3, WordKind::Trigram);
            i = end;
            break;
        }
        }
    }
}

/// Words as `wc -w` counts them where spaces set them apart; 1.6 Han or Kana characters, or 4 of Thai and its
/// like, are one. Linear.
qsizetype countWords(QStringView text);

/// Reduces words of one language to their stems (Snowball). A language it does not know leaves words as they are.
/// One thread at a time.
class Stemmer final {
public:
    /// `language`: ISO 639-1 code.
    explicit Stemmer(const QString &language);
    Stemmer(Stemmer &&) noexcept;
    Stemmer &operator=(Stemmer &&) noexcept;
    ~Stemmer();

    /// `word` in lower case.
    QString stem(QStringView word) const;

    bool isKnown() const { return m_stemmer != nullptr; }

private:
    struct Delete {
        void operator()(sb_stemmer *stemmer) const;
    };
    std::unique_ptr<sb_stemmer, Delete> m_stemmer;
};

} // namespace quintet::text
