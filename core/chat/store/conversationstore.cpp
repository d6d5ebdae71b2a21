// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/conversationstore.h"

#include "chat/store/messagejson.h"
#include "chat/store/searchwords.h"
#include "store/process.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSqlQuery>
#include <QTimeZone>

#include <algorithm>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 silence = 30'000; // milliseconds after which an answer from elsewhere is no longer waited for

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject parsed(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

/// What of a message has no column of its own.
QString detailsOf(const Message &message)
{
    QJsonObject object = toJson(message);
    for (const auto &column : {u"id"_s, u"parent"_s, u"role"_s, u"time"_s, u"text"_s, u"state"_s, u"removed"_s})
        object.remove(column);
    return compact(object);
}

QString workerOf(const Message &message)
{
    if (message.state != MessageState::Running)
        return u""_s;
    const store::ProcessIdentity self = store::thisProcess();
    return compact({{u"host"_s, self.host}, {u"pid"_s, self.pid}, {u"start"_s, self.start}});
}

/// A null string would become a NULL, which no column takes.
QString filled(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

Result<void> indexMessage(store::Connection &connection, const Message &message)
{
    return connection
        .execute(u"DELETE FROM message_words WHERE rowid = (SELECT number FROM message WHERE id = ?)"_s,
                 {message.id.value})
        .and_then([&] {
            return connection.execute(u"INSERT INTO message_words (rowid, words) SELECT number, ? FROM message "
                                      "WHERE id = ?"_s,
                                      {filled(searchWords(message.text)), message.id.value});
        });
}

/// Whether it was not there yet; one that was stays as it is.
Result<bool> insertMessage(store::Connection &connection, const ConversationId &conversation, const Message &message)
{
    const auto inserted = connection.execute(
        u"INSERT INTO message (id, conversation, parent, role, time, text, state, removed, model, worker, details) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"_s,
        {message.id.value, conversation.value, filled(message.parent.value), nameOf(message.role),
         message.time.toMSecsSinceEpoch(), filled(message.text), nameOf(message.state), int(message.isRemoved),
         filled(message.facts.model), workerOf(message), detailsOf(message)});
    if (!inserted)
        return std::unexpected(inserted.error());
    if (connection.changes() == 0)
        return false;
    Result<void> result = indexMessage(connection, message);
    for (const Attachment &attachment : message.attachments) {
        if (result)
            result = connection.execute(u"INSERT OR IGNORE INTO attachment_use (hash, conversation) VALUES (?, ?)"_s,
                                        {attachment.hash, conversation.value});
    }
    return result.transform([] { return true; });
}

/// What an answer has become. Whether it is removed, and how it is condensed, is not the answer's to say.
Result<void> updateMessage(store::Connection &connection, const Message &message)
{
    return connection.execute(
        u"UPDATE message SET text = ?, state = ?, model = ?, worker = ?, details = json_set(?, '$.condensed', "
        "json_extract(details, '$.condensed')) WHERE id = ?"_s,
        {filled(message.text), nameOf(message.state), filled(message.facts.model), workerOf(message),
         detailsOf(message), message.id.value});
}

Result<void> indexTitle(store::Connection &connection, const ConversationId &id, const QString &title)
{
    return connection
        .execute(u"DELETE FROM title_words WHERE rowid = (SELECT number FROM conversation WHERE id = ?)"_s, {id.value})
        .and_then([&] {
            return connection.execute(
                u"INSERT INTO title_words (rowid, words) SELECT number, ? FROM conversation WHERE id = ?"_s,
                {filled(searchWords(title)), id.value});
        });
}

QString tagList(const QStringList &tags)
{
    return tags.isEmpty() ? u""_s : u',' + tags.join(u',') + u',';
}

QString modelOf(const Conversation &conversation)
{
    const std::vector<const Message *> path = conversation.path();
    const auto answer = std::find_if(path.rbegin(), path.rend(),
                                     [](const Message *message) { return !message->facts.model.isEmpty(); });
    return answer == path.rend() ? u""_s : (*answer)->facts.model;
}

/// The columns of a conversation that an event changes, "a = ?, b = ?", and their values. No others are written: what
/// is changed elsewhere at the same time, in the window or by another process, stays.
struct HeaderChange {
    QString columns;
    QVariantList values;
    QString condition = {}; ///< behind the id's
};

/// All of a conversation but its messages.
struct Header {
    ConversationId id;
    QString title;
    QVariantList values;
    HeaderChange branch; ///< to the end of the branch that is shown
};

Header headerOf(const Conversation &conversation, const QDateTime &changed)
{
    const qint64 time = changed.toMSecsSinceEpoch();
    return {conversation.id(),
            conversation.title(),
            {conversation.id().value, filled(conversation.title()), int(conversation.isTitleByUser()), time, time,
             filled(conversation.head().value), compact(toJson(conversation.settings())),
             qint64(conversation.path().size()), modelOf(conversation)},
            {u"head = ?, messages = ?, changed = ?"_s,
             {filled(conversation.head().value), qint64(conversation.path().size()), time}}};
}

/// Whether it was not there yet.
Result<bool> insertHeader(store::Connection &connection, const Header &header)
{
    return connection
        .execute(u"INSERT OR IGNORE INTO conversation (id, title, title_by_user, created, changed, head, settings, "
                 "messages, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 header.values)
        .and_then([&]() -> Result<bool> {
            if (connection.changes() == 0)
                return false;
            return indexTitle(connection, header.id, header.title).transform([] { return true; });
        });
}

HeaderChange headerChange(const Conversation &after, const ConversationEvent &event, const QDateTime &now)
{
    const qint64 time = now.toMSecsSinceEpoch();
    const HeaderChange touched{u"changed = ?"_s, {time}};
    const QVariantList branch{filled(after.head().value), qint64(after.path().size())};
    return std::visit(
        llm::Visitor{
            [&](const MessageAdded &) {
                return HeaderChange{u"head = ?, messages = ?, changed = ?"_s, branch + QVariantList{time}};
            },
            [&](const AnswerGrew &) { return touched; }, [&](const AnswerResumed &) { return touched; },
            [&](const AnswerEnded &) { return HeaderChange{u"model = ?, changed = ?"_s, {modelOf(after), time}}; },
            [&](const BranchChosen &) { return HeaderChange{u"head = ?, messages = ?"_s, branch}; },
            [&](const RemovedSet &) { return HeaderChange{u"head = ?, messages = ?"_s, branch}; },
            [](const Condensed &) { return HeaderChange(); },
            [&](const TitleSet &title) {
                return HeaderChange{u"title = ?, title_by_user = ?"_s,
                                    {filled(after.title()), int(after.isTitleByUser())},
                                    title.byUser ? QString() : u" AND title_by_user = 0"_s};
            },
            [&](const SettingsSet &) { return HeaderChange{u"settings = ?"_s, {compact(toJson(after.settings()))}}; }},
        event);
}

Result<void> updateHeader(store::Connection &connection, const Header &header, const HeaderChange &change)
{
    if (change.columns.isEmpty())
        return {};
    return connection
        .execute(u"UPDATE conversation SET %1 WHERE id = ?%2"_s.arg(change.columns, change.condition),
                 change.values + QVariantList{header.id.value})
        .and_then([&] {
            const bool isTitled = change.columns.startsWith("title"_L1) && connection.changes() == 1;
            return isTitled ? indexTitle(connection, header.id, header.title) : Result<void>();
        });
}

Result<void> setPlacement(store::Connection &connection, const ConversationId &id, const Placement &placement,
                          const QDateTime &now)
{
    Result<void> result;
    const auto set = [&](const QString &column, const QVariant &value) {
        if (result)
            result =
                connection.execute(u"UPDATE conversation SET %1 = ? WHERE id = ?"_s.arg(column), {value, id.value});
    };
    if (placement.folder)
        set(u"folder"_s, filled(*placement.folder));
    if (placement.tags)
        set(u"tags"_s, tagList(*placement.tags));
    if (placement.pinned)
        set(u"pinned"_s, int(*placement.pinned));
    if (placement.archived)
        set(u"archived"_s, int(*placement.archived));
    if (placement.removed)
        set(u"removed"_s, *placement.removed ? now.toMSecsSinceEpoch() : 0);
    return result;
}

bool isStillWritten(const QJsonObject &worker, qint64 lastSeen)
{
    const store::ProcessIdentity process{worker[u"host"].toString(), worker[u"pid"].toInteger(),
                                         worker[u"start"].toInteger()};
    if (process == store::thisProcess())
        return true;
    if (process.host == store::thisProcess().host)
        return !store::isGone(process);
    return QDateTime::currentMSecsSinceEpoch() - lastSeen < silence;
}

Message messageFrom(const QSqlQuery &row, qint64 conversationChanged)
{
    QJsonObject object = parsed(row.value(6).toString());
    object[u"id"] = row.value(0).toString();
    object[u"parent"] = row.value(1).toString();
    object[u"role"] = row.value(2).toString();
    object[u"time"] = row.value(3).toLongLong();
    object[u"text"] = row.value(4).toString();
    object[u"state"] = row.value(5).toString();
    object[u"removed"] = row.value(7).toInt();
    Message message = chat::messageFrom(object);
    if (message.state == MessageState::Running && !isStillWritten(parsed(row.value(8).toString()), conversationChanged))
        message.state = MessageState::Interrupted;
    return message;
}

/// The conditions of a filter, and their values.
std::pair<QString, QVariantList> conditionOf(const ConversationFilter &filter)
{
    QString sql =
        u"removed = 0 AND archived = ? AND (messages > 0 OR draft <> '' OR EXISTS (SELECT 1 FROM message WHERE "
        "conversation = c.id))"_s;
    QVariantList values{int(filter.archived)};
    if (filter.folder) {
        sql += u" AND folder = ?"_s;
        values << filled(*filter.folder);
    }
    if (!filter.tag.isEmpty()) {
        sql += u" AND instr(tags, ?) > 0"_s;
        values << tagList({filter.tag});
    }
    return {sql, values};
}

std::unexpected<Error> noConversation(const QString &id)
{
    return failure(
        ErrorKind::BadInput,
        QCoreApplication::translate("chat", "There is no conversation %1. \"quintet chats list\" shows them.").arg(id));
}

/// The answer that an event changes, as it is then.
std::optional<Message> answerIn(const Conversation &after, const ConversationEvent &event)
{
    MessageId id;
    if (const auto *grew = std::get_if<AnswerGrew>(&event))
        id = grew->id;
    else if (const auto *resumed = std::get_if<AnswerResumed>(&event))
        id = resumed->id;
    else if (const auto *ended = std::get_if<AnswerEnded>(&event))
        id = ended->message.id;
    const Message *const answer = after.message(id);
    return answer ? std::optional(*answer) : std::nullopt;
}

} // namespace

QString rowColumns()
{
    return u"c.id, c.title, c.changed, c.messages, c.model, c.folder, c.tags, c.pinned, c.archived"_s;
}

ConversationRow rowFrom(const QSqlQuery &row)
{
    return {{row.value(0).toString()},
            row.value(1).toString(),
            QDateTime::fromMSecsSinceEpoch(row.value(2).toLongLong(), QTimeZone::UTC),
            row.value(3).toInt(),
            row.value(4).toString(),
            row.value(5).toString(),
            row.value(6).toString().split(u',', Qt::SkipEmptyParts),
            row.value(7).toBool(),
            row.value(8).toBool()};
}

QFuture<Result<void>> ConversationStore::write(const Conversation &after, const ConversationEvent &event)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Header header = headerOf(after, now);
    const HeaderChange inHeader = headerChange(after, event, now);
    const std::optional<Message> answer = answerIn(after, event);
    return m_database.writer().write([header, inHeader, answer, event](store::Connection &connection) {
        Result<void> result =
            insertHeader(connection, header).and_then([&](bool) { return updateHeader(connection, header, inHeader); });
        if (const auto *added = std::get_if<MessageAdded>(&event); added && result)
            result = insertMessage(connection, header.id, added->message).transform([](bool) { });
        if (const auto *removed = std::get_if<RemovedSet>(&event); removed && result)
            result = connection.execute(u"UPDATE message SET removed = ? WHERE id = ?"_s,
                                        {int(removed->isRemoved), removed->id.value});
        if (const auto *condensed = std::get_if<Condensed>(&event); condensed && result)
            result =
                connection.execute(u"UPDATE message SET details = json_set(details, '$.condensed', ?) WHERE id = ?"_s,
                                   {filled(condensed->text), condensed->id.value});
        if (answer && result)
            result = updateMessage(connection, *answer);
        if (answer && result && answer->state != MessageState::Running)
            result = indexMessage(connection, *answer);
        return result;
    });
}

QFuture<Result<void>> ConversationStore::writeProgress(const Message &answer)
{
    return m_database.writer().write(
        [answer](store::Connection &connection) { return updateMessage(connection, answer); });
}

QFuture<Result<void>> ConversationStore::writeWhole(const Conversation &conversation, const Placement &placement,
                                                    const QDateTime &changed)
{
    const Header header = headerOf(conversation, changed);
    return m_database.writer().write(
        [header, messages = conversation.messages(), placement, changed](store::Connection &connection) {
            const Result<bool> isNew = insertHeader(connection, header);
            if (!isNew)
                return Result<void>(std::unexpected(isNew.error()));
            bool hasGrown = false;
            for (const Message &message : messages) {
                const Result<bool> inserted = insertMessage(connection, header.id, message);
                if (!inserted)
                    return Result<void>(std::unexpected(inserted.error()));
                hasGrown = hasGrown || *inserted;
            }
            if (*isNew)
                return setPlacement(connection, header.id, placement, changed);
            // One that went on since it was last imported shows its new end; one that was removed is back.
            return setPlacement(connection, header.id, {.removed = false}, changed).and_then([&] {
                return hasGrown ? updateHeader(connection, header, header.branch) : Result<void>();
            });
        });
}

QFuture<Result<void>> ConversationStore::place(const ConversationId &id, const Placement &placement,
                                               const QDateTime &now)
{
    return m_database.writer().write(
        [id, placement, now](store::Connection &connection) { return setPlacement(connection, id, placement, now); });
}

QFuture<Result<void>> ConversationStore::rename(const ConversationId &id, const QString &title)
{
    return m_database.writer().write([id, title](store::Connection &connection) {
        return connection
            .execute(u"UPDATE conversation SET title = ?, title_by_user = 1 WHERE id = ?"_s, {filled(title), id.value})
            .and_then([&] { return indexTitle(connection, id, title); });
    });
}

QFuture<Result<void>> ConversationStore::writeDraft(const ConversationId &id, const QString &draft)
{
    return m_database.writer().write([id, draft](store::Connection &connection) {
        return connection.execute(u"UPDATE conversation SET draft = ? WHERE id = ?"_s, {filled(draft), id.value});
    });
}

Result<QString> ConversationStore::draft(const ConversationId &id) const
{
    return m_database.reader().and_then([&](store::Connection connection) {
        return connection.value(u"SELECT draft FROM conversation WHERE id = ?"_s, {id.value})
            .transform([](const QVariant &value) { return value.toString(); });
    });
}

QFuture<Result<void>> ConversationStore::purge(const QDateTime &time)
{
    return m_database.writer().write([time](store::Connection &connection) {
        return connection
            .execute(u"DELETE FROM conversation WHERE removed > 0 AND removed < ?"_s, {time.toMSecsSinceEpoch()})
            .and_then([&] {
                return connection.execute(
                    u"DELETE FROM attachment WHERE added < ? AND hash NOT IN (SELECT hash FROM attachment_use)"_s,
                    {time.toMSecsSinceEpoch()});
            });
    });
}

Result<Conversation> ConversationStore::load(const ConversationId &id) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::optional<Conversation> conversation;
    std::vector<Message> messages;
    MessageId head;
    std::vector<ConversationEvent> header;
    qint64 changed = 0;
    const auto readHeader =
        connection->select(u"SELECT title, title_by_user, head, settings, changed FROM conversation WHERE id = ?"_s,
                           {id.value}, [&](const QSqlQuery &row) {
                               header = {TitleSet{row.value(0).toString(), row.value(1).toBool()},
                                         SettingsSet{settingsFrom(parsed(row.value(3).toString()))}};
                               head = {row.value(2).toString()};
                               changed = row.value(4).toLongLong();
                           });
    if (!readHeader)
        return std::unexpected(readHeader.error());
    if (header.empty())
        return noConversation(id.value);
    const auto readMessages = connection->select(
        u"SELECT id, parent, role, time, text, state, details, removed, worker FROM message WHERE conversation = ? "
        "ORDER BY number"_s,
        {id.value}, [&](const QSqlQuery &row) { messages.push_back(messageFrom(row, changed)); });
    if (!readMessages)
        return std::unexpected(readMessages.error());
    conversation.emplace(id, std::move(messages), head);
    for (const ConversationEvent &event : header)
        conversation->apply(event);
    return std::move(*conversation);
}

Result<ConversationId> ConversationStore::find(const QString &beginning) const
{
    QStringList ids;
    const auto read = m_database.reader().and_then([&](store::Connection connection) {
        return connection.select(u"SELECT id FROM conversation WHERE removed = 0 AND substr(id, 1, ?) = ? LIMIT 2"_s,
                                 {qint64(beginning.size()), beginning},
                                 [&](const QSqlQuery &row) { ids << row.value(0).toString(); });
    });
    if (!read)
        return std::unexpected(read.error());
    if (ids.size() == 1 && !beginning.isEmpty())
        return ConversationId{ids.front()};
    if (ids.isEmpty() || beginning.isEmpty())
        return noConversation(beginning);
    return failure(ErrorKind::BadInput, QCoreApplication::translate(
                                            "chat", "More than one conversation begins with %1: give more of its id.")
                                            .arg(beginning));
}

Result<ConversationRow> ConversationStore::row(const ConversationId &id) const
{
    std::optional<ConversationRow> found;
    const auto read = m_database.reader().and_then([&](store::Connection connection) {
        return connection.select(u"SELECT %1 FROM conversation c WHERE c.id = ?"_s.arg(rowColumns()), {id.value},
                                 [&](const QSqlQuery &row) { found = rowFrom(row); });
    });
    if (!read)
        return std::unexpected(read.error());
    if (!found)
        return noConversation(id.value);
    return *found;
}

Result<QString> ConversationStore::stamp(const ConversationId &id) const
{
    return m_database.reader().and_then([&](store::Connection connection) {
        return connection
            .value(u"SELECT changed || ' ' || head || ' ' || messages || ' ' || title || settings || (SELECT "
                   "count(*) || ' ' || sum(removed) FROM message WHERE conversation = c.id) FROM conversation c WHERE "
                   "id = ?"_s,
                   {id.value})
            .transform([](const QVariant &value) { return value.toString(); });
    });
}

Result<std::vector<ConversationRow>> ConversationStore::list(const ConversationFilter &filter, int offset,
                                                             int count) const
{
    std::vector<ConversationRow> rows;
    auto [condition, values] = conditionOf(filter);
    values << count << offset;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT %1 FROM conversation c WHERE %2 ORDER BY pinned DESC, changed DESC LIMIT ? OFFSET ?"_s.arg(
                    rowColumns(), condition),
                values, [&](const QSqlQuery &row) { rows.push_back(rowFrom(row)); });
        })
        .transform([&] { return std::move(rows); });
}

Result<int> ConversationStore::count(const ConversationFilter &filter) const
{
    const auto [condition, values] = conditionOf(filter);
    return m_database.reader().and_then([&](store::Connection connection) {
        return connection.value(u"SELECT count(*) FROM conversation c WHERE %1"_s.arg(condition), values)
            .transform([](const QVariant &value) { return value.toInt(); });
    });
}

Result<QStringList> ConversationStore::folders() const
{
    QStringList folders;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT DISTINCT folder FROM conversation WHERE removed = 0 AND folder <> '' ORDER BY folder"_s, {},
                [&](const QSqlQuery &row) { folders << row.value(0).toString(); });
        })
        .transform([&] { return folders; });
}

Result<QStringList> ConversationStore::tags() const
{
    QStringList tags;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT DISTINCT tags FROM conversation WHERE removed = 0 AND tags <> ''"_s, {},
                [&](const QSqlQuery &row) { tags += row.value(0).toString().split(u',', Qt::SkipEmptyParts); });
        })
        .transform([&] {
            tags.removeDuplicates();
            tags.sort();
            return tags;
        });
}

} // namespace quintet::chat
