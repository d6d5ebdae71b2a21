// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/vocabulary.h"

namespace quintet::text {

namespace {

constexpr size_t firstSize = 1 << 12; // a power of two, as every size after it

char16_t lower(char16_t c)
{
    if (c < 0x80)
        return c >= u'A' && c <= u'Z' ? char16_t(c | 0x20) : c;
    return QChar::toLower(c);
}

quint32 hashOf(QStringView form)
{
    // FNV-1a over units, mixed once more: forms are short, and the table takes the low bits.
    quint64 hash = 14695981039346656037ULL;
    for (const QChar c : form)
        hash = (hash ^ c.unicode()) * 1099511628211ULL;
    return quint32(hash ^ (hash >> 32));
}

} // namespace

Vocabulary::Vocabulary(const QStringList &languages)
    : m_stopWords(languages),
      m_stemmer(languages.value(0)),
      m_forms(firstSize)
{
}

int Vocabulary::idOf(QStringView word, WordKind kind)
{
    m_lowered.resize(size_t(word.size()));
    for (qsizetype i = 0; i < word.size(); ++i)
        m_lowered[size_t(i)] = lower(word[i].unicode());
    const QStringView form(m_lowered);
    const quint32 hash = hashOf(form);
    Slot &slot = slotOf(form, hash);
    if (slot.length > 0)
        return slot.term;
    slot = {hash, quint32(m_letters.size()), quint32(form.size()), termOf(form, kind)};
    m_letters.append(m_lowered);
    const int term = slot.term;
    if (size_t(++m_used) * 2 > m_forms.size())
        grow();
    return term;
}

Vocabulary::Slot &Vocabulary::slotOf(QStringView form, quint32 hash)
{
    const size_t mask = m_forms.size() - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        Slot &slot = m_forms[i];
        if (slot.length == 0)
            return slot;
        if (slot.hash == hash && QStringView(m_letters).sliced(slot.offset, slot.length) == form)
            return slot;
    }
}

int Vocabulary::termOf(QStringView lowered, WordKind kind)
{
    QString stem;
    switch (kind) {
    case WordKind::Letters:
        if (m_stopWords.contains(lowered))
            return stopWord;
        stem = m_stemmer.stem(lowered);
        break;
    case WordKind::Bigram:
        if (isEmptyBigram(lowered[0].unicode(), lowered.size() > 1 ? lowered[1].unicode() : u'\0'))
            return stopWord;
        stem = lowered.toString();
        break;
    case WordKind::Number:
    case WordKind::Trigram: stem = lowered.toString(); break;
    }
    const auto found = m_termOfStem.constFind(stem);
    if (found != m_termOfStem.constEnd())
        return *found;
    m_termOfStem.insert(stem, m_terms);
    m_stems.push_back(stem);
    return m_terms++;
}

void Vocabulary::grow()
{
    std::vector<Slot> old(m_forms.size() * 2);
    old.swap(m_forms);
    const size_t mask = m_forms.size() - 1;
    for (const Slot &slot : old) {
        if (slot.length == 0)
            continue;
        size_t i = slot.hash & mask;
        while (m_forms[i].length > 0)
            i = (i + 1) & mask;
        m_forms[i] = slot;
    }
}

} // namespace quintet::text
