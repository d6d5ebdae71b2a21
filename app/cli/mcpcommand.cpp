// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"
#include "app/serve/mcp/mcpserver.h"
#include "app/serve/mcp/offeredtools.h"
#include "app/serve/servepreferences.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// The entry for a client's mcpServers file, with what was said on this command line.
QString configFrom(const Invocation &invocation)
{
    QStringList arguments{u"mcp"_s};
    for (const QString &option : {u"database"_s, u"collection"_s, u"endpoint"_s, u"base-url"_s, u"model"_s}) {
        for (const QString &value : invocation.values(option)) {
            const bool isFile = option == u"database" && QFileInfo::exists(value);
            arguments << u"--"_s + option << (isFile ? QFileInfo(value).absoluteFilePath() : value);
        }
    }
    if (invocation.isSet(u"data-dir"_s))
        arguments << u"--data-dir"_s << QDir(invocation.value(u"data-dir"_s)).absolutePath();
    const QJsonObject server{{u"command"_s, QCoreApplication::applicationFilePath()},
                             {u"args"_s, QJsonArray::fromStringList(arguments)}};
    const QJsonObject config{{u"mcpServers"_s, QJsonObject{{u"quintet"_s, server}}}};
    return QString::fromUtf8(QJsonDocument(config).toJson());
}

Task<int> run(Invocation &invocation)
{
    if (!invocation.arguments().isEmpty())
        co_return invocation.failUsage(tr("mcp takes no arguments."));
    Output &output = invocation.output();
    if (invocation.isSet(u"print-config"_s)) {
        output.text(configFrom(invocation));
        co_return exitStatus::done;
    }
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    const QString database = invocation.value(u"database"_s);
    const auto paths = preparePaths(invocation.value(u"data-dir"_s));
    if (!paths)
        co_return invocation.fail(paths.error());
    auto collections = serve::readServePreferences(paths->settingsFile).collections;
    if (invocation.isSet(u"collection"_s)) {
        collections = invocation.values(u"collection"_s);
    } else if (collections) { // one that was chosen may be gone since
        for (const QString &name : QStringList(*collections)) {
            if (!co_await (*invocation.services())->library().find(name))
                collections->removeOne(name);
        }
    }
    const auto tools = co_await serve::offeredTools(
        **invocation.services(),
        {.collections = collections, .database = database.isEmpty() ? u"sample"_s : database, .endpoint = *endpoint},
        invocation.token());
    if (!tools)
        co_return invocation.failInput(tools.error());
    serve::McpServer server(*tools, [&output](const QByteArray &line) { output.line(QString::fromUtf8(line)); });
    const auto ended =
        co_await readLines([&server](const QByteArray &line) { server.receive(line); }, invocation.token());
    if (!ended)
        server.cancel();
    co_await server.idle();
    if (!ended && ended.error().kind != ErrorKind::Cancelled)
        co_return invocation.fail(ended.error());
    co_return exitStatus::done;
}

} // namespace

Command mcpCommand()
{
    return {u"mcp"_s,
            {},
            tr("A Model Context Protocol server on standard input and output, for editors and other clients."),
            {{u"print-config"_s, {}, tr("print the entry for a client's mcpServers file")},
             {u"collection"_s, u"NAME"_s, tr("let clients see this collection only; may be given several times")},
             {u"database"_s, u"URL"_s, tr("the database that clients may read; else the sample shop")}},
            run};
}

} // namespace quintet::cli
