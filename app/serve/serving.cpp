// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/serving.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <sys/resource.h>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

const QString secretName = u"serve"_s;
constexpr auto tokenVariable = "QUINTET_SERVE_TOKEN";
constexpr int ofOthers = 128; // open files that are no connections

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QByteArray page()
{
    QFile file(u":/serve/page.html"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// As many connections as the system lets this user have, who has as many again to the servers of models.
Limits bearable(Limits limits)
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return limits;
    files.rlim_cur = files.rlim_max; // many systems allow 1,024 unless asked
    ::setrlimit(RLIMIT_NOFILE, &files);
    const auto most = qint64(std::min<rlim_t>(files.rlim_cur, 1 << 20));
    limits.connections = int(std::min<qint64>(limits.connections, std::max<qint64>(8, (most - ofOthers) / 2)));
    return limits;
}

void addDescriptions(Routes &routes)
{
    routes.add({.path = u"/"_s,
                .summary = u"A page that shows all this and tries it"_s,
                .isPublic = true,
                .handler = [](std::shared_ptr<Exchange> exchange) -> Task<void> {
                    exchange->setHeader("Content-Security-Policy",
                                        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                                        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'");
                    exchange->answer(page(), "text/html; charset=utf-8");
                    co_return;
                }});
    routes.add({.path = u"/openapi.json"_s,
                .summary = u"This list, as an OpenAPI document"_s,
                .handler = [&routes](std::shared_ptr<Exchange> exchange) -> Task<void> {
                    exchange->answer(openApiOf(routes));
                    co_return;
                }});
}

} // namespace

Serving::Serving(Services &services, const QString &dataFolder, const ServeSettings &settings, const Limits &limits)
    : m_settings(settings),
      m_summarize(Asking(services, settings.endpoint)),
      m_chat(Asking(services, settings.endpoint)),
      m_batch(Asking(services, settings.endpoint), dataFolder + u"/serve/batch"_s),
      m_knowledge(Asking(services, settings.endpoint), dataFolder, settings.address.isLoopback()),
      m_agent(Asking(services, settings.endpoint), settings.address.isLoopback()),
      m_usage(Asking(services, settings.endpoint)),
      m_openAi(Asking(services, settings.endpoint)),
      m_server(m_routes, Gatekeeper(settings.token, settings.origins, settings.address), bearable(limits))
{
    m_summarize.addTo(m_routes);
    m_chat.addTo(m_routes);
    m_batch.addTo(m_routes);
    m_knowledge.addTo(m_routes);
    m_agent.addTo(m_routes);
    m_usage.addTo(m_routes);
    m_usage.watch(&m_server);
    m_openAi.addTo(m_routes);
    addDescriptions(m_routes);
}

Result<void> Serving::start()
{
    m_knowledge.sweep();
    return m_server.listen(m_settings.address, m_settings.port).transform([this] { m_batch.resumeAll(); });
}

Task<void> Serving::stop()
{
    co_await m_server.stop();
    co_await m_batch.stop();
}

Task<Result<QByteArray>> serveToken(store::Secrets &secrets)
{
    if (const QByteArray given = qgetenv(tokenVariable); !given.isEmpty()) {
        static const QRegularExpression good(u"^[A-Za-z0-9_-]{24,}$"_s);
        if (!good.match(QString::fromLatin1(given)).hasMatch())
            co_return failure(ErrorKind::BadInput, tr("QUINTET_SERVE_TOKEN is to hold 24 or more letters, digits, - "
                                                      "and _."));
        co_return given;
    }
    const auto kept = co_await secrets.read(secretName);
    if (kept && !kept->isEmpty())
        co_return kept->toLatin1();
    // A keychain that is locked does not keep anyone from serving: there is a new token each time then.
    const QByteArray token = makeToken();
    co_await secrets.write(secretName, QString::fromLatin1(token));
    co_return token;
}

Task<Result<QByteArray>> renewServeToken(store::Secrets &secrets)
{
    if (qEnvironmentVariableIsSet(tokenVariable))
        co_return failure(ErrorKind::BadInput, tr("The token comes from the environment variable %1; change it there.")
                                                   .arg(QLatin1StringView(tokenVariable)));
    const QByteArray token = makeToken();
    if (const auto kept = co_await secrets.write(secretName, QString::fromLatin1(token)); !kept)
        co_return std::unexpected(kept.error());
    co_return token;
}

} // namespace quintet::serve
