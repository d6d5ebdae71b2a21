// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/provider.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace quintet::llm {

namespace {

Provider providerFrom(const QJsonObject &row)
{
    Provider provider;
    provider.id = row[u"id"].toString();
    provider.name = row[u"name"].toString();
    provider.kind = kindFrom(row[u"kind"].toString());
    provider.baseUrl = QUrl(row[u"base_url"].toString());
    provider.host = row[u"host"].toString(provider.baseUrl.host());
    provider.keyVariable = row[u"key_env"].toString();
    provider.keyHeader = row[u"key_header"].toString().toLatin1();
    provider.local = row[u"local"].toBool();
    provider.owner = row[u"owned_by"].toString();
    provider.quirks = row[u"quirks"].toVariant().toStringList();
    if (provider.local)
        provider.addresses.push_back(provider.baseUrl);
    for (const QJsonValue address : row[u"also_at"].toArray())
        provider.addresses.push_back(QUrl(address.toString()));
    return provider;
}

bool isAt(const Provider &provider, const QUrl &url)
{
    if (!provider.local)
        return url.host() == provider.host || url.host().endsWith(QLatin1Char('.') + provider.host);
    const auto hasPort = [&url](const QUrl &address) { return address.port() == url.port(); };
    return std::ranges::any_of(provider.addresses, hasPort) && isLocal({.baseUrl = url});
}

} // namespace

const std::vector<Provider> &providers()
{
    static const std::vector<Provider> all = [] {
        std::vector<Provider> rows;
        QFile file(QStringLiteral(":/providers.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The program lacks providers.json");
        for (const QJsonValue row : QJsonDocument::fromJson(file.readAll()).array())
            rows.push_back(providerFrom(row.toObject()));
        return rows;
    }();
    return all;
}

const Provider *providerAt(const QUrl &baseUrl)
{
    const auto found = std::ranges::find_if(providers(), [&](const Provider &each) { return isAt(each, baseUrl); });
    return found == providers().end() ? nullptr : &*found;
}

} // namespace quintet::llm
