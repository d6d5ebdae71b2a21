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

    /// A file was written, with this content, for the run as a whole.
    Task<Result<void>> remember(Run run, QString path, QByteArray digest);

private:
    QVariant column(const QString &name, const QString &path);

    store::Database &m_database;
    std::optional<store::Connection> m_reader; ///< opened when first needed
};

} // namespace quintet::batch
