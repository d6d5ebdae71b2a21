// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "batch/run.h"
#include "store/database.h"

namespace quintet::batch {

/// Remembers the files that Quintet wrote, so that it never writes over, or takes as an item, what it should not.
/// Lives on the engine thread.
class FileStore final {
public:
    explicit FileStore(store::Database &database) : m_database(database) { }

    /// Whether Quintet wrote a file of that name, and nobody changed it since. Reads the file.
    bool isOurs(const QString &path);

    /// Whether Quintet wrote a file of that name at some time.
    bool wasWritten(const QString &path);

    /// The item whose result a file of that name holds, or is to hold; nothing where there is none.
    std::optional<qint64> ownerOf(const QString &path);

    /// Whether a file of that name belongs to a run other than this one that is not over.
    bool isAnothers(const QString &path, qint64 runNumber);

    /// A file is to be written, or was, with this content, for the run as a whole. False where its name is another
    /// run's by now.
    Task<Result<bool>> remember(Run run, QString path, QByteArray digest);

    /// Writes down whose result a file holds, as part of the caller's transaction. False, and nothing is done, where
    /// its name belongs to another run that is not over.
    static Result<bool> take(store::Connection &connection, const QString &path, qint64 item, const QByteArray &digest);

private:
    Result<store::Connection *> reader();
    QVariant column(const QString &name, const QString &path);

    store::Database &m_database;
    std::optional<store::Connection> m_reader; ///< opened when first needed
};

} // namespace quintet::batch
