// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/serve/serving.h"
#include "base/wake.h"

#include <QCoreApplication>
#include <qcorosignal.h>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

Result<serve::ServeSettings> settingsFrom(const Invocation &invocation)
{
    serve::ServeSettings settings;
    settings.endpoint = {invocation.value(u"endpoint"_s), invocation.value(u"base-url"_s),
                         invocation.value(u"model"_s)};
    if (invocation.isSet(u"port"_s)) {
        const int port = invocation.value(u"port"_s).toInt();
        if (port > 65'535)
            return failure(ErrorKind::BadInput, tr("--port takes a number from 1 to 65535, not %1.").arg(port));
        settings.port = quint16(port);
    }
    if (invocation.isSet(u"listen"_s)) {
        const QString address = invocation.value(u"listen"_s);
        settings.address = address == u"localhost" ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(address);
        if (settings.address.isNull())
            return failure(ErrorKind::BadInput, tr("--listen takes an address such as 127.0.0.1 or 0.0.0.0, not %1.")
                                                    .arg(invocation.value(u"listen"_s)));
    }
    for (const QString &origin : invocation.values(u"allow-origin"_s)) {
        const QUrl url(origin);
        if (url.scheme().isEmpty() || url.host().isEmpty() || url.toString(QUrl::RemovePath) != origin)
            return failure(ErrorKind::BadInput,
                           tr("--allow-origin takes an origin such as https://example.org, not %1.").arg(origin));
        settings.origins << origin;
    }
    return settings;
}

Task<int> run(Invocation &invocation)
{
    if (!invocation.arguments().isEmpty())
        co_return invocation.failUsage(tr("serve takes no arguments."));
    auto settings = settingsFrom(invocation);
    if (!settings)
        co_return invocation.failUsage(settings.error().message);
    if (const auto endpoint = invocation.endpoint(); !endpoint)
        co_return invocation.fail(endpoint.error());
    Services &services = **invocation.services();
    services.consent().setAsker({}); // who asks is elsewhere, and is told
    const auto token = co_await serve::serveToken(services.secrets());
    if (!token)
        co_return invocation.failUsage(token.error().message);
    settings->token = *token;
    Output &output = invocation.output();
    output.isJson() ? output.object({{u"token"_s, QString::fromLatin1(*token)}})
                    : output.line(u"token "_s + QString::fromLatin1(*token));
    if (!output.flush())
        co_return exitStatus::failed;
    const QString dataFolder = QFileInfo(services.database().path()).absolutePath();
    serve::Serving serving(services, dataFolder, *settings);
    if (const auto started = serving.start(); !started)
        co_return invocation.fail(started.error());
    output.note(tr("Serving on http://%1:%2 . Ctrl-C ends it.")
                    .arg(settings->address.protocol() == QAbstractSocket::IPv6Protocol
                             ? u'[' + settings->address.toString() + u']'
                             : settings->address.toString())
                    .arg(serving.port()));
    if (!settings->address.isLoopback())
        output.note(tr("Other computers can reach it, and what they send and get can be read on the way."));
    Wake wake;
    const OnCancel stop(invocation.token(), &wake, [&wake] { wake.wakeLater(); });
    co_await qCoro(&wake, &Wake::woken);
    output.note(tr("Ending what is under way …"));
    co_await serving.stop();
    co_return exitStatus::done;
}

} // namespace

Command serveCommand()
{
    return {u"serve"_s,
            {},
            tr("The five patterns for other programs over HTTP, and for clients of OpenAI's API."),
            {{u"port"_s, u"N"_s, tr("where to listen; else 8765")},
             {u"listen"_s, u"ADDRESS"_s, tr("where others may reach it, 0.0.0.0; else this computer only")},
             {u"allow-origin"_s, u"ORIGIN"_s, tr("a web page's origin that may use it; may be given several times")}},
            run};
}

} // namespace quintet::cli
