// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/terms/termcounts.h"
#include "store/connection.h"

#include <QDateTime>

namespace quintet::knowledge {

/// What was read out of a file, apart from its text.
struct ContentRow {
    QByteArray hash; ///< SHA-256 of the file
    QString title;
    QString author;
    QString language;
    QString format;
    QDateTime date;
    qint64 characters = 0;
};

/// What is known of the content of some bytes.
struct KnownContent {
    qint64 id = 0;
    bool isWhole = false;
};

/// A passage as it goes into the collection.
struct PreparedChunk {
    int number = 0; ///< within its content, from 0 on without gaps
    qint64 start = 0;
    qint64 end = 0;
    std::optional<int> page;
    QString place;
    QStringList headings;
    QString gap;
    QString header;
    QString text;
    QString headingTerms; ///< parted by spaces
    QString bodyTerms;
    TermCounts counts;
    int tokens = 0;
};

/// Writes and removes contents with their passages, and keeps the sums of terms right. For a writer's job.
class ChunkStore final {
public:
    explicit ChunkStore(store::Connection &connection) : m_connection(connection) { }

    /// Prepares this connection for much writing: a cache that holds the inner pages of the keyword index, and rarer
    /// check points.
    Result<void> expectMuch();

    Result<std::optional<KnownContent>> contentOf(const QByteArray &hash);

    /// The content of these bytes, made if it is not there; a part of its passages may be there already.
    Result<KnownContent> begin(const ContentRow &content);

    /// How many passages are there: the number of the next one.
    Result<int> chunksOf(qint64 content);

    /// Adds passages; their sums are noted with addSums(), behind the last of a job.
    Result<void> add(qint64 content, const std::vector<PreparedChunk> &chunks);
    Result<void> addSums();

    Result<void> finish(qint64 content);

    /// Removes up to `most` passages of contents that no document has, and the contents that have none left. The number
    /// of rows that went: 0 when nothing is left to sweep. Contents in `underWay` stay.
    Result<int> sweep(int most, const std::vector<qint64> &underWay);

    /// Forgets all contents, passages and vectors; documents are to be read again.
    Result<void> clear();

    /// A passage that is switched off is not found.
    Result<void> setEnabled(qint64 chunk, bool enabled);

private:
    Result<void> removeChunks(const std::vector<qint64> &chunks);
    Result<void> addToSums(qint64 chunks, qint64 tokens);

    store::Connection &m_connection;
    std::vector<TermId> m_terms; ///< of the passages that were added, as TermStore::note() takes them
    qint64 m_passages = 0;
    qint64 m_tokens = 0;
};

} // namespace quintet::knowledge
