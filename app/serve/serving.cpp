// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/serving.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

const QString secretName = u"serve"_s;

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QByteArray page()
{
    QFile file(u":/serve/page.html"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
      m_knowledge(Asking(services, settings.endpoint), dataFolder + u"/serve/documents"_s,
                  settings.address.isLoopback()),
      m_agent(Asking(services, settings.endpoint), settings.address.isLoopback()),
      m_usage(Asking(services, settings.endpoint)),
      m_openAi(Asking(services, settings.endpoint)),
      m_server(m_routes, Gatekeeper(settings.token, settings.origins, settings.address), limits)
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
    return m_server.listen(m_settings.address, m_settings.port).transform([this] { m_batch.resume(); });
}

Task<void> Serving::stop()
{
    co_await m_server.stop();
    co_await m_batch.stop();
}

Task<Result<QByteArray>> serveToken(store::Secrets &secrets)
{
    if (const QByteArray given = qgetenv("QUINTET_SERVE_TOKEN"); !given.isEmpty()) {
        static const QRegularExpression good(u"^[A-Za-z0-9_-]{24,}$"_s);
        if (!good.match(QString::fromLatin1(given)).hasMatch())
            co_return failure(ErrorKind::BadInput, tr("QUINTET_SERVE_TOKEN is to hold 24 or more letters, digits, - "
                                                      "and _."));
        co_return given;
    }
    const auto kept = co_await secrets.read(secretName);
    if (kept && !kept->isEmpty())
        co_return kept->toLatin1();
    // A keychain that is locked does not keep anyone from serving: the token is printed anew.
    co_return co_await renewServeToken(secrets);
}

Task<Result<QByteArray>> renewServeToken(store::Secrets &secrets)
{
    const QByteArray token = makeToken();
    co_await secrets.write(secretName, QString::fromLatin1(token));
    co_return token;
}

} // namespace quintet::serve
