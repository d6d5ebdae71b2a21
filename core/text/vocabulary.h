// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/stopwords.h"
#include "text/words.h"

#include <QHash>

#include <string>
#include <vector>

namespace quintet::text {

/// Numbers the terms of a text: words in lower case, stemmed, stop words left out. Each written form is stemmed
/// once and its letters kept once, so that asking for a form again is one look into a flat table. One thread.
class Vocabulary final {
public:
    static constexpr int stopWord = -1;

    /// `languages`: ISO 639-1 codes; stop words of all, stems of the first.
    explicit Vocabulary(const QStringList &languages);

    /// The number of the term behind `word` as it is written, from 0 on, or stopWord.
    int idOf(QStringView word, WordKind kind);

    /// The term of that number: a stem, or the word itself. Valid as long as the vocabulary is.
    QStringView termAt(int id) const { return m_stems[size_t(id)]; }

    /// Terms seen so far.
    int size() const { return m_terms; }

    /// How often a stem or a list of stop words had to be asked: grows with forms, not with words.
    qint64 formsSeen() const { return m_used; }

private:
    struct Slot {
        quint32 hash = 0;
        quint32 offset = 0;
        quint32 length = 0; ///< 0: empty
        int term = 0;
    };

    int termOf(QStringView lowered, WordKind kind);
    void grow();
    Slot &slotOf(QStringView form, quint32 hash);

    StopWords m_stopWords;
    Stemmer m_stemmer;
    std::vector<Slot> m_forms;
    std::u16string m_letters;
    std::u16string m_lowered;
    QHash<QString, int> m_termOfStem;
    std::vector<QString> m_stems; ///< by number
    qint64 m_used = 0;
    int m_terms = 0;
};

} // namespace quintet::text
