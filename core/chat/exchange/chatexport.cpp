// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exchange/chatexport.h"

#include "chat/store/messagejson.h"
#include "document/worker/protocol.h"
#include "text/markdownhtml.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("chat", text);
}

QString titleOf(const Conversation &conversation)
{
    return conversation.title().isEmpty() ? tr("Untitled") : conversation.title();
}

QString modelOf(const Conversation &conversation)
{
    QString model = conversation.settings().model;
    for (const Message *message : conversation.path())
        model = message->facts.model.isEmpty() ? model : message->facts.model;
    return model;
}

QString speakerOf(const Message &message)
{
    switch (message.role) {
    case llm::Role::User: return tr("You");
    case llm::Role::System: return tr("System");
    case llm::Role::Assistant:
    case llm::Role::Tool: break;
    }
    return message.facts.model.isEmpty() ? tr("Assistant") : message.facts.model;
}

QString attachmentNames(const Message &message)
{
    QStringList names;
    for (const Attachment &attachment : message.attachments)
        names << attachment.name;
    return names.join(u", ");
}

QString sourceLine(const Citation &citation)
{
    const QString name = citation.title.isEmpty() ? citation.document : citation.title;
    return u"[%1] %2"_s.arg(citation.label, citation.place.isEmpty() ? name : name + u", "_s + citation.place);
}

/// A value as YAML takes any text: JSON's strings are among its own.
QString quoted(const QString &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

QString markdown(const ChatFile &file)
{
    const Conversation &conversation = file.conversation;
    QString text = u"---\ntitle: %1\nmodel: %2\ndate: %3\n---\n\n# %4\n"_s.arg(
        quoted(titleOf(conversation)), quoted(modelOf(conversation)), file.changed.toString(Qt::ISODate),
        titleOf(conversation));
    if (!conversation.settings().system.isEmpty())
        text += u"\n> %1\n"_s.arg(QString(conversation.settings().system).replace(u'\n', "\n> "_L1));
    for (const Message *message : conversation.path()) {
        text += u"\n## %1\n\n"_s.arg(speakerOf(*message));
        if (!message->attachments.empty())
            text += u"*%1*\n\n"_s.arg(tr("Attached: %1").arg(attachmentNames(*message)));
        text += message->text.trimmed() + u'\n';
        for (const Citation &citation : message->citations)
            text += u"\n%1  "_s.arg(sourceLine(citation));
        if (!message->citations.empty())
            text += u'\n';
    }
    return text;
}

QString plainText(const ChatFile &file)
{
    QString text = titleOf(file.conversation) + u"\n"_s;
    for (const Message *message : file.conversation.path()) {
        text += u"\n[%1]\n"_s.arg(nameOf(message->role).toUpper());
        if (!message->attachments.empty())
            text += tr("Attached: %1").arg(attachmentNames(*message)) + u'\n';
        text += message->text.trimmed() + u'\n';
        for (const Citation &citation : message->citations)
            text += sourceLine(citation) + u'\n';
    }
    return text;
}

QString html(const ChatFile &file)
{
    const QString title = titleOf(file.conversation).toHtmlEscaped();
    QString body;
    for (const Message *message : file.conversation.path()) {
        body +=
            u"<section class=\"%1\">\n<h2>%2</h2>\n"_s.arg(nameOf(message->role), speakerOf(*message).toHtmlEscaped());
        if (!message->attachments.empty())
            body +=
                u"<p class=\"facts\">%1</p>\n"_s.arg(tr("Attached: %1").arg(attachmentNames(*message)).toHtmlEscaped());
        body += text::markdownToHtml(message->text);
        for (const Citation &citation : message->citations)
            body += u"<p class=\"facts\">%1</p>\n"_s.arg(sourceLine(citation).toHtmlEscaped());
        body += u"</section>\n"_s;
    }
    return u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%1</title>\n<style>\n"
           "body { font: 16px/1.6 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }\n"
           "h2 { font-size: 0.85em; margin: 2em 0 0.3em; }\n"
           ".user { background: #eaecfc; color: #1a1e26; border-radius: 12px; padding: 0.1em 1em; }\n"
           ".facts { font-size: 0.85em; opacity: 0.75; }\n"
           "pre { overflow-x: auto; background: #f4f5f8; color: #1a1e26; padding: 0.8em; border-radius: 8px; }\n"
           "table { border-collapse: collapse; } td, th { border: 1px solid #aaa; padding: 0.3em 0.7em; }\n"
           "</style>\n</head>\n<body>\n<h1>%1</h1>\n%2</body>\n</html>\n"_s.arg(title, body);
}

QByteArray chatCompletions(const ChatFile &file)
{
    QJsonArray messages;
    const Conversation &conversation = file.conversation;
    if (!conversation.settings().system.isEmpty())
        messages.append(QJsonObject{{u"role"_s, u"system"_s}, {u"content"_s, conversation.settings().system}});
    for (const Message *message : conversation.path())
        messages.append(QJsonObject{{u"role"_s, nameOf(message->role)}, {u"content"_s, message->text}});
    return QJsonDocument(QJsonObject{{u"model"_s, modelOf(conversation)}, {u"messages"_s, messages}}).toJson();
}

QByteArray wholeJson(const ChatFile &file)
{
    const Conversation &conversation = file.conversation;
    QJsonArray messages;
    for (const Message &message : conversation.messages())
        messages.append(toJson(message));
    QJsonObject attachments;
    for (const auto &[hash, content] : file.attachments) {
        attachments[hash] =
            QJsonObject{{u"text"_s, content.document.text},
                        {u"facts"_s, QString::fromLatin1(document::factsBytes(content.document).toBase64())},
                        {u"image"_s, QString::fromLatin1(content.image.toBase64())}};
    }
    const QJsonObject whole{{u"format"_s, u"quintet-chat"_s},
                            {u"version"_s, 1},
                            {u"id"_s, conversation.id().value},
                            {u"title"_s, conversation.title()},
                            {u"title_by_user"_s, conversation.isTitleByUser()},
                            {u"changed"_s, file.changed.toMSecsSinceEpoch()},
                            {u"head"_s, conversation.head().value},
                            {u"settings"_s, toJson(conversation.settings())},
                            {u"folder"_s, file.placement.folder.value_or(QString())},
                            {u"tags"_s, QJsonArray::fromStringList(file.placement.tags.value_or(QStringList()))},
                            {u"pinned"_s, file.placement.pinned.value_or(false)},
                            {u"archived"_s, file.placement.archived.value_or(false)},
                            {u"messages"_s, messages},
                            {u"attachments"_s, attachments}};
    return QJsonDocument(whole).toJson();
}

} // namespace

std::optional<ExportFormat> exportFormatFrom(const QString &name)
{
    for (const ExportFormat format :
         {ExportFormat::Markdown, ExportFormat::Json, ExportFormat::Html, ExportFormat::Text}) {
        if (name == fileEnding(format))
            return format;
    }
    return name == u"chat" ? std::optional(ExportFormat::ChatCompletions) : std::nullopt;
}

QString fileEnding(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Markdown: return u"md"_s;
    case ExportFormat::Json:
    case ExportFormat::ChatCompletions: return u"json"_s;
    case ExportFormat::Html: return u"html"_s;
    case ExportFormat::Text: return u"txt"_s;
    }
    Q_UNREACHABLE();
}

QByteArray exported(const ChatFile &file, ExportFormat format)
{
    switch (format) {
    case ExportFormat::Markdown: return markdown(file).toUtf8();
    case ExportFormat::Json: return wholeJson(file);
    case ExportFormat::ChatCompletions: return chatCompletions(file);
    case ExportFormat::Html: return html(file).toUtf8();
    case ExportFormat::Text: return plainText(file).toUtf8();
    }
    Q_UNREACHABLE();
}

} // namespace quintet::chat
