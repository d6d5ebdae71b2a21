// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/endpointregistry.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("llm", text);
}

std::chrono::milliseconds seconds(const QSettings &settings, QLatin1StringView key, std::chrono::milliseconds standard)
{
    bool isNumber = false;
    const double value = settings.value(key).toDouble(&isNumber);
    return isNumber && value >= 0 && value < 1e6 ? std::chrono::milliseconds(static_cast<qint64>(value * 1000))
                                                 : standard;
}

QList<net::Header> headersFrom(const QStringList &lines)
{
    QList<net::Header> headers;
    for (const QString &line : lines) {
        if (const qsizetype colon = line.indexOf(u':'); colon > 0)
            headers.append({line.first(colon).trimmed().toLatin1(), line.sliced(colon + 1).trimmed().toUtf8()});
    }
    return headers;
}

QStringList toLines(const QList<net::Header> &headers)
{
    QStringList lines;
    for (const net::Header &header : headers)
        lines << QString::fromLatin1(header.name) + ": "_L1 + QString::fromUtf8(header.value);
    return lines;
}

Endpoint read(QSettings &settings, const QString &name)
{
    settings.beginGroup("endpoints/"_L1 + name);
    const auto text = [&settings](QLatin1StringView key) { return settings.value(key).toString(); };
    const auto number = [&settings](QLatin1StringView key) { return std::max(0, settings.value(key).toInt()); };
    Endpoint endpoint;
    endpoint.name = name;
    endpoint.kind = kindFrom(text("kind"_L1));
    endpoint.baseUrl = QUrl(text("base_url"_L1));
    endpoint.model = text("model"_L1);
    endpoint.keyVariable = text("key_env"_L1);
    const net::TimeLimits standard;
    endpoint.limits = {seconds(settings, "connect_seconds"_L1, standard.connect),
                       seconds(settings, "first_byte_seconds"_L1, standard.firstByte),
                       seconds(settings, "idle_seconds"_L1, standard.idle),
                       seconds(settings, "total_seconds"_L1, standard.total)};
    endpoint.retries = std::min(10, settings.contains("retries"_L1) ? number("retries"_L1) : endpoint.retries);
    endpoint.rates = {number("at_once"_L1), number("requests_per_minute"_L1), number("tokens_per_minute"_L1)};
    endpoint.headers = headersFrom(settings.value("headers"_L1).toStringList());
    endpoint.proxy = text("proxy"_L1);
    endpoint.certificates = text("certificates"_L1);
    endpoint.queryPrefix = text("query_prefix"_L1);
    endpoint.documentPrefix = text("document_prefix"_L1);
    endpoint.formerNames = settings.value("former_names"_L1).toStringList();
    settings.endGroup();
    return endpoint;
}

/// Writes what differs from what is usual, and forgets what does not.
void write(QSettings &settings, const Endpoint &endpoint)
{
    const auto put = [&settings](QLatin1StringView key, const auto &value, const auto &standard) {
        if (value == standard)
            settings.remove(key);
        else
            settings.setValue(key, QVariant::fromValue(value));
    };
    const auto inSeconds = [](std::chrono::milliseconds time) { return static_cast<double>(time.count()) / 1000; };
    const Endpoint standard;
    settings.beginGroup("endpoints/"_L1 + endpoint.name);
    settings.setValue("kind"_L1, nameOf(endpoint.kind));
    settings.setValue("base_url"_L1, endpoint.baseUrl.toString(QUrl::RemoveUserInfo));
    settings.setValue("model"_L1, endpoint.model);
    settings.setValue("key_env"_L1, endpoint.keyVariable);
    put("connect_seconds"_L1, inSeconds(endpoint.limits.connect), inSeconds(standard.limits.connect));
    put("first_byte_seconds"_L1, inSeconds(endpoint.limits.firstByte), inSeconds(standard.limits.firstByte));
    put("idle_seconds"_L1, inSeconds(endpoint.limits.idle), inSeconds(standard.limits.idle));
    put("total_seconds"_L1, inSeconds(endpoint.limits.total), inSeconds(standard.limits.total));
    put("retries"_L1, endpoint.retries, standard.retries);
    put("at_once"_L1, endpoint.rates.atOnce, 0);
    put("requests_per_minute"_L1, endpoint.rates.requestsPerMinute, 0);
    put("tokens_per_minute"_L1, endpoint.rates.tokensPerMinute, 0);
    put("headers"_L1, toLines(endpoint.headers), QStringList());
    put("proxy"_L1, endpoint.proxy, QString());
    put("certificates"_L1, endpoint.certificates, QString());
    put("query_prefix"_L1, endpoint.queryPrefix, QString());
    put("document_prefix"_L1, endpoint.documentPrefix, QString());
    put("former_names"_L1, endpoint.formerNames, QStringList());
    settings.endGroup();
}

/// Headers that carry a key, and what they may hold: only the name of a variable, for settings are no place for keys.
Result<void> checkHeaders(const QList<net::Header> &headers)
{
    static const QRegularExpression name(u"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\\z"_s);
    static const QRegularExpression secret(u"auth|key|token|secret|cookie|pass|pwd|credential|api"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression onlyVariable(u"^(?:[A-Za-z]+ )?\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}\\z"_s);
    for (const net::Header &header : headers) {
        const QString named = QString::fromLatin1(header.name);
        if (!name.match(named).hasMatch() || header.value.contains('\n') || header.value.contains('\r'))
            return failure(ErrorKind::BadInput, tr("%1 is no header; write them as \"Name: value\".").arg(named));
        if (secret.match(named).hasMatch() && !onlyVariable.match(QString::fromUtf8(header.value)).hasMatch()) {
            return failure(ErrorKind::BadInput,
                           tr("The header %1 looks like a key, which must not stand in the settings. Put it into an "
                              "environment variable and write ${VARIABLE} in its place.")
                               .arg(named));
        }
    }
    return {};
}

Result<void> checkProxy(const QString &proxy)
{
    const QUrl url(proxy, QUrl::StrictMode);
    static const QStringList schemes{u"http"_s, u"https"_s, u"socks5"_s};
    const bool isProxy = url.isValid() && !url.host().isEmpty() && schemes.contains(url.scheme());
    if (!proxy.isEmpty() && proxy != u"none" && (!isProxy || !url.password().isEmpty())) {
        return failure(ErrorKind::BadInput, tr("Write a proxy as http://HOST:PORT or socks5://HOST:PORT, without a "
                                               "password, or \"none\" to use none."));
    }
    return {};
}

/// The one that has the name today.
Result<Endpoint> findNamed(const std::vector<Endpoint> &endpoints, const QString &name)
{
    QStringList names{u"builtin"_s};
    for (const Endpoint &endpoint : endpoints) {
        if (endpoint.name == name)
            return endpoint;
        names << endpoint.name;
    }
    return failure(ErrorKind::BadInput,
                   tr("There is no endpoint named %1. There are: %2. Add one with: quintet endpoints add.")
                       .arg(name, names.join(u", "_s)));
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
    if (!qEnvironmentVariableIsEmpty("ANTHROPIC_API_KEY")) {
        const QString base = qEnvironmentVariable("ANTHROPIC_BASE_URL", u"https://api.anthropic.com"_s);
        return parseBaseUrl(base).transform([](const QUrl &url) {
            return Endpoint{u"anthropic"_s, EndpointKind::Anthropic, url, {}, u"ANTHROPIC_API_KEY"_s};
        });
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

bool isInTheClear(const Endpoint &endpoint)
{
    return endpoint.baseUrl.scheme() == u"http" && !isLocal(endpoint);
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
    const std::vector<Endpoint> endpoints = all();
    auto found = findNamed(endpoints, name);
    const auto had = [&name](const Endpoint &endpoint) { return endpoint.formerNames.contains(name); };
    if (const auto renamed = std::ranges::find_if(endpoints, had); !found && renamed != endpoints.end())
        return *renamed;
    return found;
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
    return parseBaseUrl(endpoint.baseUrl.toString())
        .and_then([&endpoint](const QUrl &) { return checkHeaders(endpoint.headers); })
        .and_then([&endpoint] { return checkProxy(endpoint.proxy); });
}

Result<void> EndpointRegistry::put(const Endpoint &endpoint)
{
    if (auto checked = check(endpoint); !checked)
        return checked;
    return change([&endpoint](QSettings &settings) { write(settings, endpoint); });
}

Result<void> EndpointRegistry::rename(const QString &name, const QString &newName)
{
    if (name == u"builtin")
        return failure(ErrorKind::BadInput, tr("The built-in engine cannot be renamed."));
    const std::vector<Endpoint> endpoints = all();
    Result<Endpoint> endpoint = findNamed(endpoints, name);
    if (!endpoint)
        return std::unexpected(endpoint.error());
    if (newName == name)
        return {};
    if (std::ranges::contains(endpoints, newName, &Endpoint::name))
        return failure(ErrorKind::BadInput, tr("There is an endpoint named %1 already.").arg(newName));
    endpoint->name = newName;
    endpoint->formerNames.removeAll(newName);
    endpoint->formerNames << name;
    if (auto checked = check(*endpoint); !checked)
        return checked;
    return change([&](QSettings &settings) {
        write(settings, *endpoint);
        settings.remove("endpoints/"_L1 + name);
        if (settings.value("endpoint"_L1) == name)
            settings.setValue("endpoint"_L1, newName);
        settings.beginGroup("endpoint_for"_L1);
        for (const QString &pattern : settings.childKeys()) {
            if (settings.value(pattern) == name)
                settings.setValue(pattern, newName);
        }
        settings.endGroup();
    });
}

Result<void> EndpointRegistry::remove(const QString &name)
{
    if (name == u"builtin")
        return failure(ErrorKind::BadInput, tr("The built-in engine cannot be removed."));
    if (const auto found = findNamed(all(), name); !found)
        return std::unexpected(found.error());
    return change([&name](QSettings &settings) {
        settings.remove("endpoints/"_L1 + name);
        if (settings.value("endpoint"_L1) == name)
            settings.remove("endpoint"_L1);
        settings.beginGroup("endpoint_for"_L1);
        for (const QString &pattern : settings.childKeys()) {
            if (settings.value(pattern) == name)
                settings.remove(pattern);
        }
        settings.endGroup();
    });
}

QString EndpointRegistry::defaultName() const
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    return settings.value("endpoint"_L1, u"builtin"_s).toString();
}

Result<void> EndpointRegistry::setDefault(const QString &name)
{
    const auto found = find(name);
    if (!found)
        return std::unexpected(found.error());
    return change([&found](QSettings &settings) { settings.setValue("endpoint"_L1, found->name); });
}

QString EndpointRegistry::patternDefault(const QString &pattern) const
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    return pattern.isEmpty() ? QString() : settings.value("endpoint_for/"_L1 + pattern).toString();
}

Result<void> EndpointRegistry::setPatternDefault(const QString &pattern, const QString &name)
{
    const auto found = find(name.isEmpty() ? builtinEndpoint().name : name);
    if (!found)
        return std::unexpected(found.error());
    return change([&](QSettings &settings) {
        if (name.isEmpty())
            settings.remove("endpoint_for/"_L1 + pattern);
        else
            settings.setValue("endpoint_for/"_L1 + pattern, found->name);
    });
}

Result<Endpoint> EndpointRegistry::resolve(const EndpointChoice &choice, const QString &pattern) const
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
        const QString own = patternDefault(pattern);
        return find(own.isEmpty() ? defaultName() : own);
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

Result<void> EndpointRegistry::change(const std::function<void(QSettings &)> &edit)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read, of which the status tells
    if (settings.status() == QSettings::FormatError) {
        return failure(ErrorKind::Corrupt,
                       tr("The settings file %1 is not understood, and was left as it is. Mend it or move it "
                          "away, then try again.")
                           .arg(QDir::toNativeSeparators(m_settingsFile)));
    }
    edit(settings);
    settings.sync();
    if (settings.status() != QSettings::NoError) {
        return failure(ErrorKind::Storage,
                       tr("The settings file %1 cannot be written. Check its rights and the free space.")
                           .arg(QDir::toNativeSeparators(m_settingsFile)));
    }
    return {};
}

} // namespace quintet::llm
