// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/ingest/folderscan.h"
#include "knowledge/ingest/ingester.h"
#include "knowledge/ingest/passagewriter.h"
#include "knowledge/store/chunkstore.h"

#include <QThreadPool>

#include <deque>

namespace quintet::knowledge {

/// One ingestion under the lease: several files are worked on at a time, on one engine thread. The parts outlive it.
class IngestRun final {
public:
    IngestRun(store::Database &database, ReadingThread &reading, document::Extractor &extractor, Clock &clock,
              IngestWish wish, CancelToken token);

    /// Looks for changes and notes them. Files that are gone are removed by finish(), so that a moved one is found
    /// under its former name until it has its new one.
    Task<Result<void>> scan();

    /// Reads what is pending.
    Task<Result<void>> drain();

    /// Removes what is gone.
    Task<Result<void>> finish();

    const IngestReport &report() const { return m_report; }

private:
    Task<Result<void>> work();
    Task<Result<std::optional<DocumentRow>>> next();
    Task<Result<void>> readQueue();
    Task<Result<void>> handle(DocumentRow row);
    Task<Result<void>> read(DocumentRow row, FoundFile file, QByteArray hash);
    Task<Result<void>> add(DocumentRow row, FoundFile file, document::Document document, QByteArray hash, int first);
    Task<bool> makeRoom(qint64 size);
    Task<Result<void>> fail(DocumentRow row, FoundFile file, Error error);
    Task<Result<void>> write(store::Writer::Job job);
    Task<Result<QByteArray>> hashOf(QString path);
    void begin(const DocumentRow &row);
    void tell();

    store::Database &m_database;
    ReadingThread &m_reading;
    document::Extractor &m_extractor;
    Clock &m_clock;
    IngestWish m_wish;
    CancelToken m_token;
    PassageWriter m_passages;
    QThreadPool m_pool;
    std::vector<DocumentRow> m_gone;
    QSet<qint64> m_removed; ///< ids of documents that were waiting to be read, and are gone
    std::deque<DocumentRow> m_queue;
    bool m_isReadingQueue = false;
    bool m_isDrained = false;
    QSet<qint64> m_done;               ///< ids of documents, since the queue was last read
    std::vector<qint64> m_underWay;    ///< ids of documents
    QSet<QByteArray> m_hashesUnderWay; ///< of the bytes that are being read
    qint64 m_bytesUnderWay = 0;        ///< of the files that are held in memory
    qint64 m_nextTurn = 0;             ///< of who comes next to wait for room, and
    qint64 m_turn = 0;                 ///< whose it is
    std::chrono::nanoseconds m_start{0};
    IngestProgress m_progress;
    IngestReport m_report;
};

} // namespace quintet::knowledge
