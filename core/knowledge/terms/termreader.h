// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/terms/termcounts.h"
#include "text/vocabulary.h"

#include <functional>

namespace quintet::knowledge {

/// A term as it is written into the keyword index: lower case, stemmed, without accents. Holds letters, digits, stops
/// and commas only.
struct Term {
    QString text;
    TermId id = 0;

    bool operator==(const Term &) const = default;
};

/// Turns text of one language into terms. Chinese and Japanese come as overlapping pairs, Thai and its like as triples;
/// of names in code (parseQuery) the parts come after the whole. One thread.
class TermReader final {
public:
    /// `language`: ISO 639-1; empty, or unknown: words stay as they are. `stopLanguages`: whose stop words are left
    /// out; by default those of the language.
    explicit TermReader(const QString &language);
    TermReader(const QString &language, const QStringList &stopLanguages);

    /// Calls `visit` with every term of `text` in order, and with null for a stop word.
    void read(QStringView text, const std::function<void(const Term *)> &visit);

private:
    const Term *termOf(QStringView word, text::WordKind kind);

    text::Vocabulary m_vocabulary;
    std::vector<Term> m_terms; ///< by the vocabulary's numbers
};

/// `term` without the accents and umlauts of Latin and Greek letters.
QString withoutAccents(QStringView term);

} // namespace quintet::knowledge
