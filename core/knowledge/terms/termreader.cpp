// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/terms/termreader.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

bool isAccent(QChar c)
{
    return c.unicode() >= 0x0300 && c.unicode() <= 0x036F;
}

/// Where the parts of a name such as parseQuery or HTTPServer begin, its start left out; empty for a plain
/// word.
std::vector<qsizetype> partsOf(QStringView word)
{
    std::vector<qsizetype> starts;
    for (qsizetype i = 1; i + 1 < word.size(); ++i) {
        const bool opens =
            word[i].isUpper() && (word[i - 1].isLower() || (word[i - 1].isUpper() && word[i + 1].isLower()));
        if (opens)
            starts.push_back(i);
    }
    return starts;
}

} // namespace

QString withoutAccents(QStringView term)
{
    const bool isPlain =
        std::ranges::none_of(term, [](QChar c) { return c.unicode() >= 0xC0 && c.unicode() < 0x2000; });
    if (isPlain)
        return term.toString();
    QString folded;
    for (const QChar c : term.toString().normalized(QString::NormalizationForm_D)) {
        if (!isAccent(c))
            folded += c;
    }
    return folded.normalized(QString::NormalizationForm_C);
}

TermReader::TermReader(const QString &language) : TermReader(language, {language}) { }

TermReader::TermReader(const QString &language, const QStringList &stopLanguages)
    : m_vocabulary(QStringList{language} + stopLanguages)
{
}

const Term *TermReader::termOf(QStringView word, text::WordKind kind)
{
    const int id = m_vocabulary.idOf(word, kind);
    if (id == text::Vocabulary::stopWord)
        return nullptr;
    while (m_terms.size() <= size_t(id)) {
        const QString text = withoutAccents(m_vocabulary.termAt(int(m_terms.size())));
        m_terms.push_back({text, termIdOf(text)});
    }
    return &m_terms[size_t(id)];
}

void TermReader::read(QStringView text, const std::function<void(const Term *)> &visit)
{
    constexpr qsizetype longestWord = 64; // a longer one is no word: a key, a coded picture
    text::forEachWord(text, [&](text::Span span, text::WordKind kind) {
        if (span.size() > longestWord)
            return;
        const QStringView word = span.of(text);
        visit(termOf(word, kind));
        if (kind != text::WordKind::Letters)
            return;
        const std::vector<qsizetype> parts = partsOf(word);
        for (size_t i = 0; i <= parts.size() && !parts.empty(); ++i) {
            const qsizetype start = i == 0 ? 0 : parts[i - 1];
            const qsizetype end = i == parts.size() ? word.size() : parts[i];
            if (const Term *part = termOf(word.sliced(start, end - start), kind))
                visit(part);
        }
    });
}

} // namespace quintet::knowledge
