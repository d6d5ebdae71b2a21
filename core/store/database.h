// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/migration.h"
#include "store/writer.h"

namespace quintet::store {

/// A database file that is there, of the right version, and open for writing through its writer. Any number of
/// processes may have the same one open. Thread-safe.
class Database final {
public:
    /// Opens and migrates; fails as migrate() does.
    static Result<std::unique_ptr<Database>> open(const QString &path, const Schema &schema);

    QString path() const { return m_path; }

    /// The process's one writer to this file.
    Writer &writer() { return m_writer; }

    /// A connection for reading on the calling thread.
    Result<Connection> reader() const { return Connection::open(m_path, Connection::Mode::ReadOnly); }

private:
    explicit Database(const QString &path) : m_path(path), m_writer(path) { }

    QString m_path;
    Writer m_writer;
};

/// The schema of quintet.db.
Schema mainSchema();

} // namespace quintet::store
