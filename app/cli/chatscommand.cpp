// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/table.h"
#include "base/onpool.h"
#include "chat/exchange/chatimport.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr int pageSize = 500;
constexpr int mostFound = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QJsonObject jsonFrom(const chat::ConversationRow &row)
{
    return {{u"id"_s, row.id.value},
            {u"title"_s, row.title},
            {u"changed"_s, row.changed.toString(Qt::ISODate)},
            {u"messages"_s, row.messages},
            {u"model"_s, row.model.isEmpty() ? QJsonValue() : QJsonValue(row.model)},
            {u"folder"_s, row.folder},
            {u"tags"_s, QJsonArray::fromStringList(row.tags)},
            {u"pinned"_s, row.isPinned},
            {u"archived"_s, row.isArchived}};
}

QString when(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

Task<int> list(Invocation &invocation, Services &services)
{
    Table table(invocation.output(), {tr("ID"), tr("CHANGED"), tr("MESSAGES"), tr("TITLE")});
    for (const bool archived : {false, true}) {
        for (int offset = 0;; offset += pageSize) {
            const auto rows = co_await onPool([&services, archived, offset] {
                return services.conversations().list({.folder = {}, .tag = {}, .archived = archived}, offset, pageSize);
            });
            if (!rows)
                co_return invocation.fail(rows.error());
            for (const chat::ConversationRow &row : *rows)
                table.add(jsonFrom(row), {row.id.value, when(row.changed), QString::number(row.messages), row.title});
            if (int(rows->size()) < pageSize || invocation.token().stop_requested())
                break;
        }
    }
    table.print();
    co_return exitStatus::done;
}

Task<Result<chat::ChatFile>> load(Services &services, QString beginning)
{
    co_return co_await onPool([&services, beginning]() -> Result<chat::ChatFile> {
        return services.conversations().find(beginning).and_then([&services](const chat::ConversationId &id) {
            return chat::loadChatFile(services.conversations(), services.attachmentStore(), id);
        });
    });
}

Task<int> show(Invocation &invocation, Services &services, chat::ExportFormat format)
{
    const auto file = co_await load(services, invocation.arguments().value(1));
    if (!file)
        co_return invocation.fail(file.error());
    const QByteArray bytes = chat::exported(*file, format);
    if (invocation.output().isJson() && format == chat::ExportFormat::Json)
        invocation.output().object(QJsonDocument::fromJson(bytes).object());
    else
        invocation.output().text(QString::fromUtf8(bytes));
    co_return exitStatus::done;
}

Task<int> search(Invocation &invocation, Services &services)
{
    const QString typed = invocation.arguments().sliced(1).join(u' ');
    const auto hits = co_await onPool(
        [&services, typed] { return services.chatSearch().search(chat::parseSearch(typed), mostFound); });
    if (!hits)
        co_return invocation.fail(hits.error());
    for (const chat::ChatHit &hit : *hits) {
        if (invocation.output().isJson()) {
            QJsonObject object = jsonFrom(hit.conversation);
            object[u"message"] = hit.message.isEmpty() ? QJsonValue() : QJsonValue(hit.message.value);
            object[u"snippet"] = hit.snippet;
            invocation.output().object(object);
        } else {
            invocation.output().line(u"%1  %2"_s.arg(hit.conversation.id.value, hit.conversation.title));
            if (!hit.snippet.isEmpty())
                invocation.output().line(u"    "_s + hit.snippet);
        }
    }
    if (hits->empty())
        invocation.output().note(tr("Nothing was found."));
    co_return exitStatus::done;
}

Task<int> import(Invocation &invocation, Services &services)
{
    const QString path = invocation.arguments().value(1);
    const auto imported = co_await onPool([&services, path, token = invocation.token()] {
        return chat::importChats(path, services.conversations(), services.attachmentStore(), token);
    });
    if (!imported)
        co_return invocation.failInput(imported.error());
    Output &output = invocation.output();
    if (output.isJson()) {
        output.object({{u"imported"_s, imported->conversations},
                       {u"passed_over"_s, imported->passedOver},
                       {u"damaged"_s, imported->isDamaged}});
    } else {
        output.line(tr("%1 conversations imported.").arg(imported->conversations));
    }
    if (imported->passedOver > 0)
        output.note(tr("%1 entries hold no conversation and were passed over.").arg(imported->passedOver));
    if (!imported->isDamaged)
        co_return exitStatus::done;
    output.note(tr("The file is damaged: what could be read of it was imported."));
    co_return exitStatus::failed;
}

Task<int> remove(Invocation &invocation, Services &services)
{
    const QString beginning = invocation.arguments().value(1);
    const auto id = co_await onPool([&services, beginning] { return services.conversations().find(beginning); });
    if (!id)
        co_return invocation.fail(id.error());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Result<void> removed = co_await valueOf(services.conversations().place(*id, {.removed = true}, now));
    if (!removed)
        co_return invocation.fail(removed.error());
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QStringList &arguments = invocation.arguments();
    const QString verb = arguments.value(0, u"list"_s);
    static const QStringList verbs{u"list"_s, u"show"_s, u"search"_s, u"export"_s, u"import"_s, u"remove"_s};
    if (!verbs.contains(verb))
        co_return invocation.failUsage(tr("chats knows list, show, search, export, import and remove."));
    if (verb != u"list" && arguments.size() < 2)
        co_return invocation.failUsage(tr("chats %1 needs to know what.").arg(verb));
    if (verb != u"search" && arguments.size() > 2)
        co_return invocation.failUsage(tr("chats %1 takes one thing at a time.").arg(verb));
    const QString wanted = invocation.value(u"format"_s).isEmpty() ? u"md"_s : invocation.value(u"format"_s);
    const auto format = chat::exportFormatFrom(wanted);
    if (!format)
        co_return invocation.failUsage(tr("The formats are md, json, chat, html and txt, not %1.").arg(wanted));
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    if (verb == u"list")
        co_return co_await list(invocation, **services);
    if (verb == u"search")
        co_return co_await search(invocation, **services);
    if (verb == u"import")
        co_return co_await import(invocation, **services);
    if (verb == u"remove")
        co_return co_await remove(invocation, **services);
    const bool asJson = verb == u"show" && invocation.output().isJson();
    co_return co_await show(invocation, **services, asJson ? chat::ExportFormat::Json : *format);
}

} // namespace

Command chatsCommand()
{
    return {u"chats"_s,
            u"list | show ID | search TEXT | export ID | import FILE | remove ID"_s,
            tr("Conversations that are kept. Search knows in:FOLDER, model:NAME, tag:NAME, before:DATE, after:DATE."),
            {{u"format"_s, u"FORMAT"_s, tr("with export: md, json, chat (as servers take it), html or txt")}},
            run};
}

} // namespace quintet::cli
