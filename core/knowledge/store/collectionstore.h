// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

#include <QStringList>

namespace quintet::knowledge {

/// How collection files are made: the folder of their migrations, and what tells them from other databases.
store::Schema collectionSchema();

/// What a user decides about a collection.
struct CollectionSettings {
    QString name;
    QString embedding = QStringLiteral("builtin"); ///< or "ENDPOINT/MODEL"
    QString reranker;                              ///< "ENDPOINT/MODEL"; empty: none
    bool watched = false;
    bool paused = false;
    QStringList include; ///< globs of files; empty: all
    QStringList exclude;

    bool operator==(const CollectionSettings &) const = default;
};

/// A folder or file that was put in.
struct SourceRow {
    qint64 id = 0;
    QString path;

    bool operator==(const SourceRow &) const = default;
};

/// What a collection holds at the moment.
struct CollectionSums {
    qint64 documents = 0; ///< of any state
    qint64 indexed = 0;
    qint64 pending = 0;
    qint64 failed = 0;
    qint64 skipped = 0;
    qint64 chunks = 0;
    qint64 tokens = 0; ///< words of all passages
    qint64 bytes = 0;  ///< of the documents

    bool operator==(const CollectionSums &) const = default;
};

/// The rows of which a collection has few. Uses a connection of the calling thread's, as all stores do; what changes
/// rows is called in a writer's job.
class CollectionStore final {
public:
    explicit CollectionStore(store::Connection &connection) : m_connection(connection) { }

    Result<CollectionSettings> settings();
    Result<void> save(const CollectionSettings &settings);

    Result<std::vector<SourceRow>> sources();

    /// The id of the source at `path`, which is added if it is new.
    Result<qint64> addSource(const QString &path, const QDateTime &now);

    /// Removes a source; its documents go with it, what was read of them stays until it is swept.
    Result<void> removeSource(qint64 id);

    Result<CollectionSums> sums();

    /// The languages that documents are in, the most frequent first; one may be empty, which is "not known".
    Result<QStringList> languages();

    /// Writes all of it to a new file at `path`.
    Result<void> copyTo(const QString &path);

    /// What SQLite finds wrong with the file, and with the keyword index; empty: nothing.
    Result<QStringList> integrity();

    /// A number of the collection's own, such as a sum; 0 if it was never set.
    Result<qint64> number(const QString &name);
    Result<void> add(const QString &name, qint64 difference);

private:
    Result<void> set(const QString &name, const QVariant &value);

    store::Connection &m_connection;
};

} // namespace quintet::knowledge
