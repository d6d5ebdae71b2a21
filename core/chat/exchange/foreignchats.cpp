// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exchange/foreignchats.h"

#include "chat/store/messagejson.h"
#include "document/worker/protocol.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTimeZone>

#include <algorithm>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepestParents = 100'000; // a chain of left out nodes that is longer goes in a circle

/// The same parts give the same id, so that what is imported again is known.
QString derivedId(const QString &source, const QString &id)
{
    const QByteArray hash = QCryptographicHash::hash((source + u'\n' + id).toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(32));
}

QDateTime timeFrom(const QJsonValue &value)
{
    if (value.isString())
        return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
    // Seconds, as most have it, or milliseconds, or nanoseconds.
    double time = value.toDouble();
    while (time > 1e11)
        time /= 1000;
    return time > 0 ? QDateTime::fromMSecsSinceEpoch(qint64(time * 1000), QTimeZone::UTC) : QDateTime();
}

/// A message of a foreign tree, still with the ids of its program.
struct Node {
    QString id;
    QString parent;
    std::optional<Message> message; ///< nothing where it is left out but its children stay
};

/// Gathers what becomes a conversation.
class Builder final {
public:
    Builder(const QString &program, const QString &id) : m_id({derivedId(program, id)}) { }

    void add(Node node)
    {
        m_nodes.insert(node.id, m_order.size());
        m_order.push_back(std::move(node));
    }

    std::optional<ChatFile> build(const QString &title, const QDateTime &changed, const QString &head)
    {
        std::vector<Message> messages;
        for (Node &node : m_order) {
            if (!node.message)
                continue;
            Message message = *node.message;
            message.id = idOf(node.id);
            message.parent = parentOf(node);
            message.time = message.time.isValid() ? message.time : changed;
            messages.push_back(std::move(message));
        }
        if (messages.empty())
            return std::nullopt;
        const MessageId end = m_nodes.contains(head) ? idOf(head) : MessageId();
        ChatFile file{Conversation(m_id, std::move(messages), end), changed, {}, {}};
        if (!title.isEmpty())
            file.conversation.apply(TitleSet{title, true});
        return file;
    }

private:
    MessageId idOf(const QString &node) const { return {derivedId(m_id.value, node)}; }

    MessageId parentOf(const Node &node) const
    {
        QString parent = node.parent;
        for (int i = 0; i < deepestParents; ++i) {
            const auto at = m_nodes.constFind(parent);
            if (at == m_nodes.cend())
                return {};
            if (m_order[*at].message)
                return idOf(parent);
            parent = m_order[*at].parent;
        }
        return {};
    }

    ConversationId m_id;
    std::vector<Node> m_order;
    QHash<QString, size_t> m_nodes;
};

Message said(llm::Role role, const QString &text, const QDateTime &time, const QString &model)
{
    Message message;
    message.role = role;
    message.text = text;
    message.time = time;
    if (role == llm::Role::Assistant)
        message.facts.model = model;
    return message;
}

/// Content as chat-completions, ChatGPT and Claude have it: a text, or parts with texts.
QString textOf(const QJsonValue &content)
{
    if (content.isString())
        return content.toString();
    QStringList texts;
    const QJsonArray parts = content.isArray() ? content.toArray() : content.toObject()[u"parts"].toArray();
    for (const QJsonValue part : parts) {
        const QString text = part.isString() ? part.toString() : part.toObject()[u"text"].toString();
        if (!text.isEmpty())
            texts << text;
    }
    return texts.join(u"\n\n");
}

QString chatGptText(const QJsonObject &content)
{
    const QString type = content[u"content_type"].toString();
    const QString text = content.contains(u"parts") ? textOf(content) : content[u"text"].toString();
    if (text.isEmpty() || (type != u"code" && type != u"execution_output"))
        return text;
    const QString language = content[u"language"].toString();
    return u"```%1\n%2\n```"_s.arg(language == u"unknown" ? QString() : language, text);
}

std::optional<ChatFile> fromChatGpt(const QJsonObject &entry)
{
    Builder builder(u"chatgpt"_s, entry[u"conversation_id"].toString(entry[u"id"].toString(
                                      entry[u"title"].toString() + QString::number(entry[u"create_time"].toDouble()))));
    const QJsonObject mapping = entry[u"mapping"].toObject();
    // Children in the order their parents name them, which is the order they were made in.
    QStringList open;
    for (auto node = mapping.begin(); node != mapping.end(); ++node) {
        const QString parent = node->toObject()[u"parent"].toString();
        if (parent.isEmpty() || !mapping.contains(parent))
            open << node.key();
    }
    QSet<QString> seen;
    while (!open.isEmpty()) {
        const QString id = open.takeFirst();
        if (seen.contains(id))
            continue;
        seen.insert(id);
        const QJsonObject node = mapping[id].toObject();
        for (const QJsonValue child : node[u"children"].toArray())
            open << child.toString();
        const QJsonObject message = node[u"message"].toObject();
        const QString role = message[u"author"].toObject()[u"role"].toString();
        Node made{id, node[u"parent"].toString(), {}};
        const QString text = chatGptText(message[u"content"].toObject());
        const bool isSpoken = role == u"user" || role == u"assistant" || role == u"tool";
        if (isSpoken && !text.trimmed().isEmpty()) {
            made.message =
                said(role == u"user" ? llm::Role::User : llm::Role::Assistant, text, timeFrom(message[u"create_time"]),
                     message[u"metadata"].toObject()[u"model_slug"].toString());
        }
        builder.add(std::move(made));
    }
    return builder.build(entry[u"title"].toString(),
                         timeFrom(entry.contains(u"update_time") ? entry[u"update_time"] : entry[u"create_time"]),
                         entry[u"current_node"].toString());
}

std::optional<ChatFile> fromClaude(const QJsonObject &entry)
{
    Builder builder(u"claude"_s, entry[u"uuid"].toString(entry[u"name"].toString()));
    QString before;
    int number = 0;
    for (const QJsonValue value : entry[u"chat_messages"].toArray()) {
        const QJsonObject message = value.toObject();
        QString text = message[u"text"].toString();
        if (text.trimmed().isEmpty())
            text = textOf(message[u"content"]);
        for (const QJsonValue attached : message[u"attachments"].toArray()) {
            const QString content = attached.toObject()[u"extracted_content"].toString();
            if (!content.isEmpty())
                text += u"\n\n**%1**\n\n```\n%2\n```"_s.arg(attached.toObject()[u"file_name"].toString(), content);
        }
        const QString parent = message[u"parent_message_uuid"].toString();
        Node node{message[u"uuid"].toString(QString::number(number)), parent.isEmpty() ? before : parent, {}};
        if (!text.trimmed().isEmpty()) {
            const bool isUser = message[u"sender"].toString() == u"human";
            node.message = said(isUser ? llm::Role::User : llm::Role::Assistant, text.trimmed(),
                                timeFrom(message[u"created_at"]), entry[u"model"].toString());
        }
        before = node.id;
        ++number;
        builder.add(std::move(node));
    }
    return builder.build(entry[u"name"].toString(), timeFrom(entry[u"updated_at"]), before);
}

std::optional<ChatFile> fromOpenWebUi(const QJsonObject &entry)
{
    const QJsonObject chat = entry[u"chat"].toObject();
    const QJsonObject history = chat[u"history"].toObject();
    const QJsonObject messages = history[u"messages"].toObject();
    Builder builder(u"openwebui"_s, entry[u"id"].toString(chat[u"title"].toString()));
    std::vector<std::pair<double, QString>> order;
    for (auto message = messages.begin(); message != messages.end(); ++message)
        order.emplace_back(message->toObject()[u"timestamp"].toDouble(), message.key());
    std::ranges::stable_sort(order, {}, &std::pair<double, QString>::first);
    for (const auto &[time, id] : order) {
        const QJsonObject message = messages[id].toObject();
        const QString role = message[u"role"].toString();
        Node node{id, message[u"parentId"].toString(), {}};
        const QString text = textOf(message[u"content"]);
        if (role != u"system" && !text.trimmed().isEmpty())
            node.message = said(roleFrom(role), text, timeFrom(message[u"timestamp"]), message[u"model"].toString());
        builder.add(std::move(node));
    }
    std::optional<ChatFile> file =
        builder.build(chat[u"title"].toString(entry[u"title"].toString()),
                      timeFrom(entry.contains(u"updated_at") ? entry[u"updated_at"] : chat[u"timestamp"]),
                      history[u"currentId"].toString());
    if (!file)
        return file;
    QStringList tags;
    for (const QJsonValue tag : entry[u"meta"].toObject()[u"tags"].toArray())
        tags << tag.toString().remove(u',');
    file->placement.tags = tags;
    file->placement.pinned = entry[u"pinned"].toBool();
    file->placement.archived = entry[u"archived"].toBool();
    return file;
}

std::optional<ChatFile> fromChatCompletions(const QJsonObject &entry)
{
    const QByteArray bytes = QJsonDocument(entry).toJson(QJsonDocument::Compact);
    Builder builder(u"messages"_s, QString::fromUtf8(bytes));
    const QString model = entry[u"model"].toString();
    QString system;
    int number = 0;
    for (const QJsonValue value : entry[u"messages"].toArray()) {
        const QJsonObject message = value.toObject();
        const QString role = message[u"role"].toString();
        const QString text = textOf(message[u"content"]);
        if (role == u"system" || role == u"developer") {
            system += (system.isEmpty() ? QString() : u"\n\n"_s) + text;
            continue;
        }
        Node node{QString::number(number), QString::number(number - 1), {}};
        if (!text.trimmed().isEmpty())
            node.message = said(roleFrom(role), text, {}, model);
        builder.add(std::move(node));
        ++number;
    }
    std::optional<ChatFile> file =
        builder.build(entry[u"title"].toString(), QDateTime::currentDateTimeUtc(), QString::number(number - 1));
    if (file) {
        Settings settings;
        settings.system = system;
        file->conversation.apply(SettingsSet{settings});
    }
    return file;
}

std::optional<ChatFile> fromQuintet(const QJsonObject &entry)
{
    std::vector<Message> messages;
    for (const QJsonValue value : entry[u"messages"].toArray())
        messages.push_back(messageFrom(value.toObject()));
    if (messages.empty() || entry[u"id"].toString().isEmpty())
        return std::nullopt;
    ChatFile file{Conversation({entry[u"id"].toString()}, std::move(messages), {entry[u"head"].toString()}),
                  timeFrom(entry[u"changed"]),
                  {},
                  {}};
    file.conversation.apply(TitleSet{entry[u"title"].toString(), entry[u"title_by_user"].toBool()});
    file.conversation.apply(SettingsSet{settingsFrom(entry[u"settings"].toObject())});
    file.placement.folder = entry[u"folder"].toString();
    QStringList tags;
    for (const QJsonValue tag : entry[u"tags"].toArray())
        tags << tag.toString();
    file.placement.tags = tags;
    file.placement.pinned = entry[u"pinned"].toBool();
    file.placement.archived = entry[u"archived"].toBool();
    const QJsonObject attachments = entry[u"attachments"].toObject();
    for (auto each = attachments.begin(); each != attachments.end(); ++each) {
        const QJsonObject content = each->toObject();
        const auto bytes = [&content](const QString &name) {
            return QByteArray::fromBase64(content[name].toString().toLatin1());
        };
        AttachmentContent read{{}, bytes(u"image"_s)};
        if (read.image.isEmpty())
            read.document = document::documentFrom(bytes(u"facts"_s), content[u"text"].toString().toUtf8())
                                .value_or(document::Document());
        file.attachments[each.key()] = std::move(read);
    }
    return file;
}

} // namespace

std::optional<ChatFile> chatFrom(const QJsonObject &entry)
{
    if (entry[u"format"].toString() == u"quintet-chat")
        return fromQuintet(entry);
    if (entry[u"mapping"].isObject())
        return fromChatGpt(entry);
    if (entry[u"chat_messages"].isArray())
        return fromClaude(entry);
    if (entry[u"chat"].toObject()[u"history"].isObject())
        return fromOpenWebUi(entry);
    if (entry[u"messages"].isArray())
        return fromChatCompletions(entry);
    return std::nullopt;
}

} // namespace quintet::chat
