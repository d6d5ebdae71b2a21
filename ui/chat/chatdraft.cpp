// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatdraft.h"

#include "chat/store/messagejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;

QJsonObject jsonFrom(const ChatDraft &draft)
{
    QJsonArray attachments;
    for (const chat::Attachment &attachment : draft.attachments)
        attachments.append(chat::toJson(attachment));
    return {{u"text"_s, draft.text}, {u"attachments"_s, attachments}};
}

ChatDraft draftFrom(const QJsonObject &object)
{
    ChatDraft draft{object[u"text"].toString(), {}};
    for (const QJsonValue attachment : object[u"attachments"].toArray())
        draft.attachments.push_back(chat::attachmentFrom(attachment.toObject()));
    return draft;
}

} // namespace

QString toJson(const ChatDrafts &drafts)
{
    if (drafts.written.isEmpty() && drafts.queue.empty())
        return {};
    QJsonArray queue;
    for (const ChatDraft &draft : drafts.queue)
        queue.append(jsonFrom(draft));
    QJsonObject object = jsonFrom(drafts.written);
    object[u"queue"] = queue;
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

ChatDrafts draftsFrom(const QString &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    ChatDrafts drafts{draftFrom(object), {}};
    for (const QJsonValue queued : object[u"queue"].toArray())
        drafts.queue.push_back(draftFrom(queued.toObject()));
    return drafts;
}

} // namespace quintet::ui
