// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/chatsearchstore.h"

#include <QSet>
#include <QSqlQuery>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr int rowColumnCount = 9;
constexpr int messagesToEach = 8; // several that fit may be of one conversation

struct Condition {
    QString sql;
    QVariantList values;

    void add(const QString &part, const QVariant &value)
    {
        sql += u" AND "_s + part;
        values << value;
    }
};

/// The conditions on a conversation; `time` names the column that dates are compared with.
Condition conditionOf(const SearchQuery &query, const QString &time)
{
    Condition condition{u"c.removed = 0"_s, {}};
    if (query.archived)
        condition.sql += u" AND c.archived = 1"_s;
    if (query.pinned)
        condition.sql += u" AND c.pinned = 1"_s;
    if (!query.folder.isEmpty())
        condition.add(u"c.folder = ? COLLATE NOCASE"_s, query.folder);
    if (!query.tag.isEmpty())
        condition.add(u"instr(lower(c.tags), lower(?)) > 0"_s, u',' + query.tag + u',');
    if (query.before)
        condition.add(time + u" < ?"_s, query.before->startOfDay().toMSecsSinceEpoch());
    if (query.after)
        condition.add(time + u" >= ?"_s, query.after->startOfDay().toMSecsSinceEpoch());
    return condition;
}

/// Gathers hits, one a conversation.
class Hits final {
public:
    explicit Hits(int most) : m_most(most) { }

    void add(ChatHit hit)
    {
        if (int(m_hits.size()) < m_most && !m_seen.contains(hit.conversation.id)) {
            m_seen.insert(hit.conversation.id);
            m_hits.push_back(std::move(hit));
        }
    }

    std::vector<ChatHit> take() { return std::move(m_hits); }

private:
    int m_most;
    std::vector<ChatHit> m_hits;
    QSet<ConversationId> m_seen;
};

Result<void> byTitle(store::Connection &connection, const SearchQuery &query, int count, Hits &hits)
{
    Condition condition = conditionOf(query, u"c.changed"_s);
    QString from = u"conversation c"_s;
    if (!query.match.isEmpty()) {
        from = u"title_words w CROSS JOIN conversation c ON c.number = w.rowid"_s;
        condition.add(u"title_words MATCH ?"_s, query.match);
    }
    if (!query.model.isEmpty())
        condition.add(u"instr(lower(c.model), lower(?)) > 0"_s, query.model);
    condition.values << count;
    return connection.select(
        u"SELECT %1 FROM %2 WHERE %3 ORDER BY c.changed DESC LIMIT ?"_s.arg(rowColumns(), from, condition.sql),
        condition.values, [&](const QSqlQuery &row) {
            const ConversationRow found = rowFrom(row);
            hits.add({found, {}, llm::Role::User, {}});
        });
}

Result<void> byWords(store::Connection &connection, const SearchQuery &query, int count, Hits &hits)
{
    Condition condition = conditionOf(query, u"m.time"_s);
    condition.add(u"message_words MATCH ?"_s, query.match);
    if (!query.model.isEmpty())
        condition.add(u"instr(lower(m.model), lower(?)) > 0"_s, query.model);
    condition.values << count * messagesToEach;
    // The index is read from its newest entry on and only as far as is shown; ranking would read all of it.
    return connection.select(u"SELECT %1, m.id, m.role, m.text FROM message_words w CROSS JOIN message m ON m.number = "
                             "w.rowid CROSS JOIN conversation c ON c.id = m.conversation WHERE %2 AND m.removed = 0 "
                             "ORDER BY w.rowid DESC LIMIT ?"_s.arg(rowColumns(), condition.sql),
                             condition.values, [&](const QSqlQuery &row) {
                                 hits.add({rowFrom(row),
                                           {row.value(rowColumnCount).toString()},
                                           roleFrom(row.value(rowColumnCount + 1).toString()),
                                           snippetOf(row.value(rowColumnCount + 2).toString(), query.words)});
                             });
}

} // namespace

Result<std::vector<ChatHit>> ChatSearchStore::search(const SearchQuery &query, int count) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    if (query.isEmpty())
        return std::vector<ChatHit>();
    Hits hits(count);
    Result<void> read = byTitle(*connection, query, count, hits);
    if (read && !query.match.isEmpty())
        read = byWords(*connection, query, count, hits);
    if (!read)
        return std::unexpected(read.error());
    return hits.take();
}

} // namespace quintet::chat
