// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

namespace quintet::batch {

/// A word where it stands in a text.
struct PlacedWord {
    QStringView word;
    QStringView before; ///< the word before it; empty where something else than a space stands between
    QStringView after;  ///< the same of the word behind it
    bool isSentenceStart = false;
};

/// Tells words that name something from words that say what it does, by the words beside them, by their endings and by
/// how they are written: enough to choose keywords, without a grammar. Knows some languages; in others every word may
/// name something. On one thread at a time.
class NounSense final {
public:
    /// `language`: ISO 639-1 code.
    explicit NounSense(const QString &language);

    /// Below 1, the less likely the word names something; above it where something says that it does.
    double weight(const PlacedWord &placed) const;

    /// Whether it is written as a name is.
    bool isName(const PlacedWord &placed) const;

    /// Whether two words beside each other may be a phrase.
    bool isPhrase(const PlacedWord &first, const PlacedWord &second, bool isHyphenated) const;

private:
    bool m_isGerman;
    QSet<QString> m_beforeNouns; ///< articles and prepositions
    QSet<QString> m_beforeVerbs; ///< pronouns and auxiliaries
    QSet<QString> m_behindVerbs; ///< articles: a noun has none behind it
    QStringList m_endings;       ///< of participles and adverbs
};

} // namespace quintet::batch
