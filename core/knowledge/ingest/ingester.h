// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "document/extractor.h"
#include "knowledge/store/readingthread.h"

#include <QStringList>

namespace quintet::knowledge {

/// How far an ingestion is.
struct IngestProgress {
    qint64 done = 0; ///< files of this run
    qint64 total = 0;
    qint64 bytes = 0; ///< of the files that are done
    qint64 failed = 0;
    std::chrono::milliseconds time{0}; ///< since the first was begun
    QString file;                      ///< the last one that was begun

    bool operator==(const IngestProgress &) const = default;
};

/// What an ingestion did.
struct IngestReport {
    qint64 read = 0;      ///< new or changed files that were read
    qint64 known = 0;     ///< files whose bytes were known: moved, copied, touched
    qint64 unchanged = 0; ///< not looked into
    qint64 removed = 0;   ///< documents whose file is gone
    qint64 skipped = 0;
    qint64 failed = 0;
    qint64 bytes = 0;
    std::chrono::milliseconds time{0};
    QStringList failures; ///< "path: reason", the first hundred

    bool operator==(const IngestReport &) const = default;
};

/// What is to be done.
struct IngestWish {
    bool scan = true;   ///< look for changed files first
    QStringList urgent; ///< files and folders that go before all others
    std::function<void(const IngestProgress &)> onProgress;
};

/// Brings a collection up to date with the files below its sources. What is recorded stays recorded whenever it is
/// stopped, and the next run goes on there, in the middle of a document, too. One process at a time works on a
/// collection; others wait for their turn. Lives on the engine thread; reading, hashing and preparing go on elsewhere.
class Ingester final {
public:
    Ingester(store::Database &database, ReadingThread &reading, document::Extractor &extractor, Clock &clock)
        : m_database(database),
          m_reading(reading),
          m_extractor(extractor),
          m_clock(clock)
    {
    }

    /// Fails with Storage where the collection cannot be written and with Cancelled; a file that cannot be read is not
    /// a failure, its state says why.
    Task<Result<IngestReport>> run(IngestWish wish, CancelToken token);

private:
    Task<Result<IngestReport>> runLeased(IngestWish wish, CancelToken token);
    Task<Result<void>> sweep(CancelToken token);

    store::Database &m_database;
    ReadingThread &m_reading;
    document::Extractor &m_extractor;
    Clock &m_clock;
};

} // namespace quintet::knowledge
