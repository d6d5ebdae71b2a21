// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/store/passagestore.h"
#include "knowledge/terms/termreader.h"

namespace quintet::knowledge {

/// A collection's own figures, which weights of terms come from.
struct CollectionFigures {
    double chunks = 0;
    double averageTokens = 1; ///< words of a passage

    /// How much the occurrence of a term says that `count` passages have.
    double rarityOf(double count) const;
};

/// A term of a question that occurs in the collection.
struct QuestionTerm {
    Term term;
    qint64 chunks = 0; ///< that it occurs in
};

/// A word of a question: its stems in the collection's languages, as far as they occur.
struct QuestionWord {
    std::vector<TermId> terms;
    QString text{};    ///< the first of its stems
    double weight = 0; ///< of the rarest; of an unknown word, that of one that nothing has
};

/// What a question comes to in a collection.
struct QuestionTerms {
    std::vector<QuestionTerm> terms; ///< each once, the rarest first
    std::vector<QuestionWord> words;
    QStringList phrases;         ///< FTS5 expressions that must match
    std::vector<TermId> without; ///< that must not occur
    QStringList withoutTexts;

    std::vector<TermId> ids() const;

    /// The share of the question's weight that a passage with these terms holds, 0 to 1.
    double coverage(const TermCounts &counts) const;
};

/// Reads `question` in the languages of the collection. Stop words are left out, unless there is nothing else. A
/// question of any length costs time in proportion; at most 200 different words are looked at.
Result<QuestionTerms> termsOf(const Question &question, const QStringList &languages, const CollectionFigures &figures,
                              PassageStore &passages);

} // namespace quintet::knowledge
