// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/documentstore.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

DocumentState stateNamed(const QString &name)
{
    for (const DocumentState state : {DocumentState::Indexed, DocumentState::Skipped, DocumentState::Failed}) {
        if (nameOf(state) == name)
            return state;
    }
    return DocumentState::Pending;
}

} // namespace

QString nameOf(DocumentState state)
{
    switch (state) {
    case DocumentState::Pending: return u"pending"_s;
    case DocumentState::Indexed: return u"indexed"_s;
    case DocumentState::Skipped: return u"skipped"_s;
    case DocumentState::Failed: return u"failed"_s;
    }
    Q_UNREACHABLE();
}

Result<std::vector<DocumentRow>> DocumentStore::select(const QString &condition, const QVariantList &values)
{
    std::vector<DocumentRow> rows;
    return m_connection
        .select(u"SELECT id, path, source, size, modified, content, state, reason FROM document "_s + condition, values,
                [&rows](const QSqlQuery &row) {
                    rows.push_back({.id = row.value(0).toLongLong(),
                                    .path = row.value(1).toString(),
                                    .source = row.value(2).toLongLong(),
                                    .size = row.value(3).toLongLong(),
                                    .modified = row.value(4).toLongLong(),
                                    .content = row.value(5).toLongLong(),
                                    .state = stateNamed(row.value(6).toString()),
                                    .reason = row.value(7).toString()});
                })
        .transform([&rows] { return std::move(rows); });
}

Result<std::vector<DocumentRow>> DocumentStore::all()
{
    return select(u"ORDER BY path"_s);
}

Result<std::vector<DocumentRow>> DocumentStore::inState(DocumentState state)
{
    return select(u"WHERE state = ? ORDER BY path"_s, {nameOf(state)});
}

Result<std::optional<DocumentRow>> DocumentStore::at(const QString &path)
{
    return select(u"WHERE path = ?"_s, {path}).transform([](const std::vector<DocumentRow> &rows) {
        return rows.empty() ? std::nullopt : std::optional(rows.front());
    });
}

Result<std::vector<DocumentRow>> DocumentStore::pending(int count, const std::vector<qint64> &without)
{
    return select(u"WHERE state = 'pending' ORDER BY urgency DESC, id LIMIT ?"_s, {count + qint64(without.size())})
        .transform([&](std::vector<DocumentRow> rows) {
            std::erase_if(rows, [&without](const DocumentRow &row) {
                return std::ranges::find(without, row.id) != without.end();
            });
            rows.resize(std::min(rows.size(), size_t(count)));
            return rows;
        });
}

Result<void> DocumentStore::put(const FoundFile &file, int urgency)
{
    return m_connection.execute(
        u"INSERT INTO document (path, source, size, modified, state, reason, urgency) "
        "VALUES (?, ?, ?, ?, 'pending', '', ?) ON CONFLICT (path) DO UPDATE SET source = excluded.source, "
        "size = excluded.size, modified = excluded.modified, state = 'pending', reason = '', "
        "urgency = excluded.urgency"_s,
        {file.path, file.source, file.size, file.modified, urgency});
}

Result<void> DocumentStore::settle(qint64 id, const FoundFile &file, qint64 content)
{
    return m_connection.execute(u"UPDATE document SET size = ?, modified = ?, content = ?, state = 'indexed', "
                                "reason = '', urgency = 0 WHERE id = ?"_s,
                                {file.size, file.modified, content, id});
}

Result<void> DocumentStore::setState(qint64 id, DocumentState state, const QString &reason)
{
    const bool isReadable = state == DocumentState::Indexed || state == DocumentState::Pending;
    // What cannot be read any more is not found any more.
    const QString content = isReadable ? QString() : u", content = NULL"_s;
    return m_connection.execute(u"UPDATE document SET state = ?, reason = ?, urgency = 0"_s + content
                                    + u" WHERE id = ?"_s,
                                {nameOf(state), reason, id});
}

Result<void> DocumentStore::retry(bool all)
{
    return m_connection.execute(u"UPDATE document SET state = 'pending', reason = ''"_s
                                + (all ? QString() : u" WHERE state IN ('failed', 'skipped')"_s));
}

Result<void> DocumentStore::retry(const QString &path)
{
    return m_connection.execute(u"UPDATE document SET state = 'pending', reason = '', urgency = 1 WHERE path = ?"_s,
                                {path});
}

Result<void> DocumentStore::remove(qint64 id)
{
    return m_connection.execute(u"DELETE FROM document WHERE id = ?"_s, {id});
}

} // namespace quintet::knowledge
