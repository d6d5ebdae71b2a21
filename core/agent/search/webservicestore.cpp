// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/search/webservicestore.h"

#include <QCoreApplication>
#include <QSettings>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

std::optional<WebService> WebServiceStore::service() const
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    const auto kind = webServiceNamed(settings.value(u"web_search/service"_s).toString());
    if (!kind)
        return std::nullopt;
    return WebService{*kind, QUrl(settings.value(u"web_search/url"_s).toString()),
                      settings.value(u"web_search/key_variable"_s).toString()};
}

Result<void> WebServiceStore::set(const std::optional<WebService> &service)
{
    const bool isAddress = service && service->url.isValid() && !service->url.host().isEmpty()
                           && (service->url.scheme() == u"http" || service->url.scheme() == u"https");
    const bool mayBeLeftOut = service && needsKey(service->kind) && service->url.isEmpty();
    if (service && !isAddress && !mayBeLeftOut)
        return failure(ErrorKind::BadInput,
                       tr("Give the address of the search service, as https://searx.example.org."));
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.remove(u"web_search"_s);
    if (service) {
        settings.setValue(u"web_search/service"_s, nameOf(service->kind));
        settings.setValue(u"web_search/url"_s, service->url.toString());
        settings.setValue(u"web_search/key_variable"_s, service->keyVariable);
    }
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return failure(ErrorKind::Storage,
                       tr("The settings could not be written. Check the rights of %1.").arg(m_settingsFile));
    return {};
}

Task<Result<QString>> WebServiceStore::key() const
{
    const auto set = service();
    if (set && !set->keyVariable.isEmpty())
        co_return qEnvironmentVariable(set->keyVariable.toUtf8().constData());
    co_return co_await m_secrets.read(secretName());
}

Task<Result<store::Secrets::Place>> WebServiceStore::setKey(QString key)
{
    if (!key.isEmpty())
        co_return co_await m_secrets.write(secretName(), key);
    const auto removed = co_await m_secrets.remove(secretName());
    co_return removed.transform([] { return store::Secrets::Place::Keychain; });
}

QString WebServiceStore::secretName()
{
    return u"web-search"_s;
}

} // namespace quintet::agent
