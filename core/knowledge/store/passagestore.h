// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/question.h"
#include "knowledge/store/termstore.h"
#include "store/connection.h"

#include <QDateTime>

namespace quintet::knowledge {

/// A passage with a score of FTS5's BM25, higher is better.
struct ScoredChunk {
    qint64 chunk = 0;
    double score = 0;

    bool operator==(const ScoredChunk &) const = default;
};

struct ChunkTerms {
    qint64 chunk = 0;
    int tokens = 0;
    TermCounts counts;
};

/// A passage with the document that it is found in.
struct PassageRow {
    qint64 chunk = 0;
    qint64 content = 0;
    int number = 0;
    qint64 start = 0;
    qint64 end = 0;
    std::optional<int> page;
    QString place;
    QStringList headings;
    QString gap; ///< white space between the passage before it and this one
    QString header;
    QString text;
    bool isEnabled = true;
    QString document; ///< path
    QString title;

    bool operator==(const PassageRow &) const = default;
};

/// Which passages may be found: all, or those of some contents.
struct PassageFilter {
    std::optional<std::vector<qint64>> contents; ///< sorted

    bool isSet() const { return contents.has_value(); }
};

/// Reads passages for a search, and for what is learnt from them. For a reading thread.
class PassageStore final {
public:
    explicit PassageStore(store::Connection &connection) : m_connection(connection) { }

    /// The contents of the documents that fit `question`.
    Result<PassageFilter> filterFor(const Question &question);

    /// The `most` best passages for an FTS5 expression; a title counts twice.
    Result<std::vector<ScoredChunk>> matching(const QString &expression, const PassageFilter &filter, int most);

    /// Passages of `filter` that are switched on and have a word whose stem begins with `start`, up to `most`, in no
    /// order.
    Result<std::vector<qint64>> withWordsFrom(const QString &start, const PassageFilter &filter, int most);

    /// The passage that the newest `count` come behind; 0 where there are no more than these.
    Result<qint64> lastBefore(qint64 count);

    /// The first `most` passages of `among` that hold all of `texts` as they stand, but for the case of ASCII letters.
    Result<std::vector<qint64>> holding(const QStringList &texts, const PassageFilter &filter,
                                        const std::vector<qint64> &among, int most);

    /// The same of all passages behind `behind`; reads all of their text.
    Result<std::vector<qint64>> holding(const QStringList &texts, const PassageFilter &filter, qint64 behind, int most);

    /// The first `most` passages that are switched off.
    Result<std::vector<PassageRow>> switchedOff(int most);

    /// In how many passages each of `terms` occurs; those that occur in none are left out.
    Result<std::vector<std::pair<TermId, qint64>>> frequencies(const std::vector<TermId> &terms)
    {
        return TermStore(m_connection).frequencies(terms);
    }

    Result<std::vector<ChunkTerms>> termsOf(const std::vector<qint64> &chunks);

    /// The next `most` passages behind `after`, in order of their ids.
    Result<std::vector<ChunkTerms>> termsBehind(qint64 after, int most);

    /// Those of `chunks` that are in a document that fits `question`, in no order. Where several files hold the same
    /// bytes, the first by path.
    Result<std::vector<PassageRow>> passages(const std::vector<qint64> &chunks, const Question &question);

    /// All passages of a document, in order; none if it is not there.
    Result<std::vector<PassageRow>> passagesOf(const QString &document);

    /// The next `most` passages that a search may find, behind `after`, in order of their ids.
    Result<std::vector<PassageRow>> passagesBehind(qint64 after, int most);

    /// The newest passage; 0 for none.
    Result<qint64> lastChunk();

    /// The newest passage that there ever was, also where it is gone; 0 for none.
    Result<qint64> lastGiven();

    /// How many passages came behind `chunk`.
    Result<qint64> countBehind(qint64 chunk);

    /// The passages of the contents of `filter`, sorted.
    Result<std::vector<qint64>> chunksIn(const PassageFilter &filter);

private:
    Result<std::vector<qint64>> holding(const QStringList &texts, const PassageFilter &filter, QString condition,
                                        int most);
    Result<std::vector<PassageRow>> select(const QString &condition, const QVariantList &values = {});

    store::Connection &m_connection;
};

} // namespace quintet::knowledge
