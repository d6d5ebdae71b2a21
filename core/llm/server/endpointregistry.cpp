// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/endpointregistry.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSettings>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("llm", text);
}

EndpointKind kindFrom(const QString &name)
{
    return name == u"anthropic" ? EndpointKind::Anthropic : EndpointKind::OpenAi;
}

Provider providerFrom(const QJsonObject &row)
{
    Provider provider;
    provider.id = row[u"id"].toString();
    provider.name = row[u"name"].toString();
    provider.kind = kindFrom(row[u"kind"].toString());
    provider.baseUrl = QUrl(row[u"base_url"].toString());
    provider.keyVariable = row[u"key_env"].toString();
    provider.local = row[u"local"].toBool();
    provider.owner = row[u"owned_by"].toString();
    if (provider.local)
        provider.addresses.push_back(provider.baseUrl);
    for (const QJsonValue address : row[u"also_at"].toArray())
        provider.addresses.push_back(QUrl(address.toString()));
    return provider;
}

Endpoint read(QSettings &settings, const QString &name)
{
    settings.beginGroup("endpoints/"_L1 + name);
    Endpoint endpoint{name, kindFrom(settings.value("kind"_L1).toString()),
                      QUrl(settings.value("base_url"_L1).toString()), settings.value("model"_L1).toString(),
                      settings.value("key_env"_L1).toString()};
    settings.endGroup();
    return endpoint;
}

Result<Endpoint> fromBaseUrl(const QString &baseUrl)
{
    return parseBaseUrl(baseUrl).transform([](const QUrl &url) {
        const QString name = url.port() > 0 ? u"%1:%2"_s.arg(url.host()).arg(url.port()) : url.host();
        return Endpoint{name, EndpointKind::OpenAi, url, {}, u"OPENAI_API_KEY"_s};
    });
}

std::optional<Result<Endpoint>> fromEnvironment()
{
    if (const QString base = qEnvironmentVariable("OPENAI_BASE_URL"); !base.isEmpty())
        return fromBaseUrl(base);
    if (!qEnvironmentVariableIsEmpty("OPENAI_API_KEY")) {
        return Endpoint{
            u"openai"_s, EndpointKind::OpenAi, QUrl(u"https://api.openai.com/v1"_s), {}, u"OPENAI_API_KEY"_s};
    }
    return std::nullopt;
}

} // namespace

Result<QUrl> parseBaseUrl(const QString &text)
{
    static const QRegularExpression scheme(u"^[A-Za-z][A-Za-z0-9+.-]*://"_s);
    const QUrl url(scheme.match(text).hasMatch() ? text : u"http://"_s + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https"))
        return failure(ErrorKind::BadInput,
                       tr("This is not the address of a server; write it as http://HOST:PORT/v1."));
    static const QRegularExpression secret(u"(?:^|&)[^=]*(?:key|token|secret|password)[^=]*="_s,
                                           QRegularExpression::CaseInsensitiveOption);
    if (!url.userInfo().isEmpty() || secret.match(url.query()).hasMatch()) {
        return failure(ErrorKind::BadInput,
                       tr("The address holds a password or key, which would be kept with it. Leave it out, and "
                          "name the environment variable that holds it with --key-env."));
    }
    return url;
}

const std::vector<Provider> &providers()
{
    static const std::vector<Provider> all = [] {
        std::vector<Provider> rows;
        QFile file(u":/providers.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The program lacks providers.json");
        for (const QJsonValue row : QJsonDocument::fromJson(file.readAll()).array())
            rows.push_back(providerFrom(row.toObject()));
        return rows;
    }();
    return all;
}

std::vector<Endpoint> EndpointRegistry::all() const
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.beginGroup("endpoints"_L1);
    QStringList names = settings.childGroups();
    settings.endGroup();
    names.sort(Qt::CaseInsensitive);
    std::vector<Endpoint> endpoints;
    for (const QString &name : std::as_const(names))
        endpoints.push_back(read(settings, name));
    return endpoints;
}

Result<Endpoint> EndpointRegistry::find(const QString &name) const
{
    if (name == u"builtin")
        return builtinEndpoint();
    QStringList names{u"builtin"_s};
    for (const Endpoint &endpoint : all()) {
        if (endpoint.name == name)
            return endpoint;
        names << endpoint.name;
    }
    return failure(ErrorKind::BadInput,
                   tr("There is no endpoint named %1. There are: %2. Add one with: quintet endpoints add.")
                       .arg(name, names.join(u", "_s)));
}

Result<void> EndpointRegistry::check(const Endpoint &endpoint)
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\\z"_s);
    static const QRegularExpression variable(u"^[A-Za-z_][A-Za-z0-9_]{0,99}\\z"_s);
    if (!allowed.match(endpoint.name).hasMatch() || endpoint.name == u"builtin") {
        return failure(ErrorKind::BadInput,
                       tr("%1 cannot be the name of an endpoint: use up to 64 letters, digits, dots, "
                          "dashes; \"builtin\" is taken.")
                           .arg(endpoint.name));
    }
    if (!endpoint.keyVariable.isEmpty() && !variable.match(endpoint.keyVariable).hasMatch()) {
        return failure(ErrorKind::BadInput,
                       tr("What is said to be the name of an environment variable is none. Name the variable, "
                          "not the key itself."));
    }
    return parseBaseUrl(endpoint.baseUrl.toString()).transform([](const QUrl &) { });
}

Result<void> EndpointRegistry::put(const Endpoint &endpoint)
{
    if (auto checked = check(endpoint); !checked)
        return checked;
    return write([&endpoint](QSettings &settings) {
        settings.beginGroup("endpoints/"_L1 + endpoint.name);
        settings.setValue("kind"_L1, nameOf(endpoint.kind));
        settings.setValue("base_url"_L1, endpoint.baseUrl.toString(QUrl::RemoveUserInfo));
        settings.setValue("model"_L1, endpoint.model);
        settings.setValue("key_env"_L1, endpoint.keyVariable);
        settings.endGroup();
    });
}

Result<void> EndpointRegistry::remove(const QString &name)
{
    if (const auto found = find(name); !found || found->kind == EndpointKind::Builtin) {
        return std::unexpected(found ? Error(ErrorKind::BadInput, tr("The built-in engine cannot be removed."))
                                     : found.error());
    }
    return write([this, &name](QSettings &settings) {
        settings.remove("endpoints/"_L1 + name);
        if (defaultName() == name)
            settings.remove("endpoint"_L1);
    });
}

QString EndpointRegistry::defaultName() const
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    return settings.value("endpoint"_L1, u"builtin"_s).toString();
}

Result<void> EndpointRegistry::setDefault(const QString &name)
{
    if (const auto found = find(name); !found)
        return std::unexpected(found.error());
    return write([&name](QSettings &settings) { settings.setValue("endpoint"_L1, name); });
}

Result<Endpoint> EndpointRegistry::resolve(const EndpointChoice &choice) const
{
    const auto choose = [&]() -> Result<Endpoint> {
        if (!choice.endpoint.isEmpty()) {
            // A stored endpoint's key must not go to another server.
            if (!choice.baseUrl.isEmpty())
                return failure(ErrorKind::BadInput, tr("Give either an endpoint or a base URL, not both."));
            return find(choice.endpoint);
        }
        if (!choice.baseUrl.isEmpty())
            return fromBaseUrl(choice.baseUrl);
        if (const QString name = qEnvironmentVariable("QUINTET_ENDPOINT"); !name.isEmpty())
            return find(name);
        if (const auto endpoint = fromEnvironment())
            return *endpoint;
        return find(defaultName());
    };
    return choose().transform([&choice](Endpoint endpoint) {
        if (endpoint.kind == EndpointKind::Builtin)
            return endpoint;
        if (!choice.model.isEmpty())
            endpoint.model = choice.model;
        else if (const QString model = qEnvironmentVariable("QUINTET_MODEL"); !model.isEmpty())
            endpoint.model = model;
        return endpoint;
    });
}

Result<void> EndpointRegistry::write(const std::function<void(QSettings &)> &change)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read, of which the status tells
    if (settings.status() == QSettings::FormatError) {
        return failure(ErrorKind::Corrupt,
                       tr("The settings file %1 is not understood, and was left as it is. Mend it or move it "
                          "away, then try again.")
                           .arg(QDir::toNativeSeparators(m_settingsFile)));
    }
    change(settings);
    settings.sync();
    if (settings.status() != QSettings::NoError) {
        return failure(ErrorKind::Storage,
                       tr("The settings file %1 cannot be written. Check its rights and the free space.")
                           .arg(QDir::toNativeSeparators(m_settingsFile)));
    }
    return {};
}

} // namespace quintet::llm
