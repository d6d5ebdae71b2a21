// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/words.h"

#include <libstemmer.h>

namespace quintet::text {

qsizetype countWords(QStringView text)
{
    const CharClass *classes = charClassTable();
    qsizetype spaced = 0;
    qsizetype wide = 0;
    qsizetype unspaced = 0;
    bool inWord = false;
    for (const QChar c : text) {
        const CharClass kind = classes[c.unicode()];
        const bool isWide = kind == CharClass::Han || kind == CharClass::Kana;
        wide += isWide ? 1 : 0;
        unspaced += kind == CharClass::Unspaced ? 1 : 0;
        const bool counts = kind == CharClass::Letter || kind == CharClass::Digit
                            || (kind == CharClass::Other && !text::isWide(c.unicode()));
        spaced += counts && !inWord ? 1 : 0;
        // Punctuation behind a Han character starts no word.
        inWord = kind != CharClass::Space && (inWord || counts || isWide || kind == CharClass::Unspaced);
        if (isWide)
            inWord = true;
    }
    return spaced + (wide * 5 + 4) / 8 + (unspaced + 3) / 4;
}

Stemmer::Stemmer(const QString &language)
{
    // Snowball knows these codes itself; for any other it answers null.
    if (!language.isEmpty())
        m_stemmer.reset(sb_stemmer_new(language.toLatin1().constData(), nullptr));
}

Stemmer::Stemmer(Stemmer &&) noexcept = default;
Stemmer &Stemmer::operator=(Stemmer &&) noexcept = default;
Stemmer::~Stemmer() = default;

QString Stemmer::stem(QStringView word) const
{
    if (!m_stemmer)
        return word.toString();
    const QByteArray bytes = word.toUtf8();
    const auto *symbols = reinterpret_cast<const sb_symbol *>(bytes.constData());
    const sb_symbol *stemmed = sb_stemmer_stem(m_stemmer.get(), symbols, int(bytes.size()));
    if (!stemmed)
        return word.toString();
    return QString::fromUtf8(reinterpret_cast<const char *>(stemmed), sb_stemmer_length(m_stemmer.get()));
}

void Stemmer::Delete::operator()(sb_stemmer *stemmer) const
{
    sb_stemmer_delete(stemmer);
}

} // namespace quintet::text
