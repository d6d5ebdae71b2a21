// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

namespace quintet::knowledge {

/// How far a file has come.
enum class DocumentState {
    Pending, ///< new or changed, to be read
    Indexed, ///< found in searches
    Skipped, ///< nothing that can be read as text
    Failed,  ///< could not be read, for the reason given
};

/// "pending", "indexed", "skipped", "failed".
QString nameOf(DocumentState state);

/// A file of a collection.
struct DocumentRow {
    qint64 id = 0;
    QString path;
    qint64 source = 0;
    qint64 size = 0;
    qint64 modified = 0; ///< milliseconds since 1970, UTC
    qint64 content = 0;  ///< 0: none yet
    DocumentState state = DocumentState::Pending;
    QString reason;

    bool operator==(const DocumentRow &) const = default;
};

/// A file as a scan met it.
struct FoundFile {
    QString path;
    qint64 source = 0;
    qint64 size = 0;
    qint64 modified = 0;

    bool operator==(const FoundFile &) const = default;
};

/// The files of a collection.
class DocumentStore final {
public:
    explicit DocumentStore(store::Connection &connection) : m_connection(connection) { }

    Result<std::vector<DocumentRow>> all();
    Result<std::vector<DocumentRow>> inState(DocumentState state);
    Result<std::optional<DocumentRow>> at(const QString &path);

    /// The next `count` to be read, the most urgent first.
    Result<std::vector<DocumentRow>> pending(int count, const std::vector<qint64> &without);

    /// Notes a new or changed file, to be read. A higher `urgency` goes first.
    Result<void> put(const FoundFile &file, int urgency);

    /// A file that is read already now stands there, of the same bytes.
    Result<void> settle(qint64 id, const FoundFile &file, qint64 content);

    Result<void> setState(qint64 id, DocumentState state, const QString &reason);

    /// To be read again: those that failed or were skipped, or, with `all`, every one.
    Result<void> retry(bool all);
    Result<void> retry(const QString &path);

    Result<void> remove(qint64 id);

private:
    Result<std::vector<DocumentRow>> select(const QString &condition, const QVariantList &values = {});

    store::Connection &m_connection;
};

} // namespace quintet::knowledge
