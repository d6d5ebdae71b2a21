// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"
#include "app/cli/table.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

bool isSameServer(const QUrl &one, const QUrl &other)
{
    return one.scheme() == other.scheme() && one.host() == other.host() && one.port() == other.port();
}

void addEndpoint(Table &table, const llm::Endpoint &endpoint, bool isDefault)
{
    const auto orNull = [](const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); };
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    table.add({{u"name"_s, endpoint.name},
               {u"kind"_s, nameOf(endpoint.kind)},
               {u"base_url"_s, orNull(endpoint.baseUrl.toString())},
               {u"model"_s, orNull(endpoint.model)},
               {u"key_env"_s, orNull(endpoint.keyVariable)},
               {u"default"_s, isDefault}},
              {endpoint.name, isDefault ? tr("default") : QString(),
               isBuiltin ? tr("needs no model and no network") : endpoint.baseUrl.toString(),
               isBuiltin ? QString() : endpoint.model});
}

int list(Invocation &invocation, Services &services)
{
    const QString standard = services.endpoints().defaultName();
    std::vector<llm::Endpoint> endpoints = services.endpoints().all();
    endpoints.insert(endpoints.begin(), llm::builtinEndpoint());
    Table table(invocation.output());
    for (const llm::Endpoint &endpoint : endpoints)
        addEndpoint(table, endpoint, endpoint.name == standard);
    table.print();
    return exitStatus::done;
}

/// Takes over what options say about time, rates and the way to the server.
Result<void> takeConnection(Invocation &invocation, llm::Endpoint &endpoint)
{
    const auto number = [&invocation](const QString &option, int &value) {
        if (invocation.isSet(option))
            value = invocation.value(option).toInt();
    };
    number(u"at-once"_s, endpoint.rates.atOnce);
    number(u"requests-per-minute"_s, endpoint.rates.requestsPerMinute);
    number(u"tokens-per-minute"_s, endpoint.rates.tokensPerMinute);
    const auto limit = [&invocation](const QString &option, std::chrono::milliseconds &time) {
        if (invocation.isSet(option))
            time = std::chrono::seconds(invocation.value(option).toInt());
    };
    limit(u"timeout"_s, endpoint.limits.firstByte);
    limit(u"connect-timeout"_s, endpoint.limits.connect);
    limit(u"idle-timeout"_s, endpoint.limits.idle);
    limit(u"total-timeout"_s, endpoint.limits.total);
    if (invocation.isSet(u"query-prefix"_s))
        endpoint.queryPrefix = invocation.value(u"query-prefix"_s);
    if (invocation.isSet(u"document-prefix"_s))
        endpoint.documentPrefix = invocation.value(u"document-prefix"_s);
    if (invocation.isSet(u"retries"_s)) {
        bool isNumber = false;
        endpoint.retries = invocation.value(u"retries"_s).toInt(&isNumber);
        if (!isNumber || endpoint.retries < 0 || endpoint.retries > 10)
            return failure(ErrorKind::BadInput, tr("--retries takes a number from 0 to 10."));
    }
    if (invocation.isSet(u"proxy"_s))
        endpoint.proxy = invocation.value(u"proxy"_s);
    if (invocation.isSet(u"certificates"_s)) {
        endpoint.certificates = QFileInfo(invocation.value(u"certificates"_s)).absoluteFilePath();
        if (!QFileInfo::exists(endpoint.certificates))
            return failure(ErrorKind::BadInput, tr("There is no file %1.").arg(endpoint.certificates));
    }
    if (!invocation.isSet(u"header"_s))
        return {};
    endpoint.headers.clear();
    for (const QString &line : invocation.values(u"header"_s)) {
        const qsizetype colon = line.indexOf(u':');
        if (colon <= 0)
            return failure(ErrorKind::BadInput, tr("--header takes \"Name: value\", not %1.").arg(line));
        endpoint.headers.append(
            net::Header{line.first(colon).trimmed().toLatin1(), line.sliced(colon + 1).trimmed().toUtf8()});
    }
    return {};
}

/// What `add` says about an endpoint: new, or changes to the one of that name, or to a known kind of server's.
Result<llm::Endpoint> endpointFrom(Invocation &invocation, Services &services, const QString &name)
{
    llm::Endpoint endpoint{name, llm::EndpointKind::OpenAi, {}, {}, {}};
    const auto provider = std::ranges::find(llm::providers(), name, &llm::Provider::id);
    const auto found = services.endpoints().find(name);
    const bool exists = found && found->name == name; // rather than one that was called so once
    if (exists)
        endpoint = *found;
    else if (provider != llm::providers().end())
        endpoint = llm::Endpoint{name, provider->kind, provider->baseUrl, {}, provider->keyVariable};
    if (invocation.isSet(u"base-url"_s)) {
        const auto url = llm::parseBaseUrl(invocation.value(u"base-url"_s));
        if (!url)
            return std::unexpected(url.error());
        // The key was given for the server of then, and goes to no other unless that is said.
        if (exists && !isSameServer(found->baseUrl, *url)) {
            endpoint.keyVariable.clear();
            endpoint.headers.clear();
        }
        endpoint.baseUrl = *url;
    }
    if (endpoint.baseUrl.isEmpty())
        return failure(ErrorKind::BadInput, tr("Say where %1 is: --base-url URL.").arg(name));
    if (const QString kind = invocation.value(u"kind"_s); kind == u"anthropic")
        endpoint.kind = llm::EndpointKind::Anthropic;
    else if (kind == u"openai")
        endpoint.kind = llm::EndpointKind::OpenAi;
    else if (!kind.isEmpty())
        return failure(ErrorKind::BadInput, tr("--kind takes openai or anthropic, not %1.").arg(kind));
    if (invocation.isSet(u"model"_s))
        endpoint.model = invocation.value(u"model"_s);
    if (invocation.isSet(u"key-env"_s))
        endpoint.keyVariable = invocation.value(u"key-env"_s);
    return takeConnection(invocation, endpoint)
        .and_then([&endpoint] { return llm::EndpointRegistry::check(endpoint); })
        .transform([&endpoint] { return endpoint; });
}

/// Keeps the key that stands on standard input, for good or not at all.
Task<Result<void>> keepKey(Services &services, llm::Endpoint endpoint, CancelToken token)
{
    const Result<QByteArray> input = co_await readStandardInput(token);
    if (!input)
        co_return std::unexpected(input.error());
    const QString key = QString::fromUtf8(*input).trimmed();
    if (key.isEmpty())
        co_return failure(ErrorKind::BadInput, tr("There is no key on standard input."));
    const auto place = co_await services.secrets().write(llm::secretName(endpoint), key);
    if (!place)
        co_return std::unexpected(place.error());
    if (*place == store::Secrets::Place::Memory) {
        co_return failure(ErrorKind::Storage,
                          tr("This system has no keychain to keep the key in. Put it into an environment "
                             "variable, and name that with --key-env VARIABLE."));
    }
    co_return Result<void>();
}

Task<int> add(Invocation &invocation, Services &services, QString name)
{
    auto endpoint = endpointFrom(invocation, services, name);
    if (!endpoint)
        co_return invocation.failUsage(endpoint.error().message);
    if (invocation.isSet(u"key-stdin"_s)) {
        endpoint->keyVariable.clear();
        if (const Result<void> kept = co_await keepKey(services, *endpoint, invocation.token()); !kept)
            co_return invocation.fail(kept.error());
    }
    if (auto put = services.endpoints().put(*endpoint); !put)
        co_return invocation.fail(put.error());
    Table table(invocation.output());
    addEndpoint(table, *endpoint, services.endpoints().defaultName() == name);
    table.print();
    invocation.noteClearText(*endpoint);
    co_return exitStatus::done;
}

Task<int> test(Invocation &invocation, Services &services, QString name)
{
    const auto endpoint = services.endpoints().find(name);
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    QElapsedTimer elapsed;
    elapsed.start();
    const auto models = co_await services.catalog().models(*endpoint, invocation.token());
    if (!models)
        co_return invocation.fail(models.error());
    Table table(invocation.output());
    table.add({{u"name"_s, name},
               {u"ok"_s, true},
               {u"latency_ms"_s, elapsed.elapsed()},
               {u"models"_s, QJsonArray::fromStringList(*models)}},
              {name, tr("answered in %1 ms").arg(elapsed.elapsed()), tr("models: %1").arg(models->join(u", "_s))});
    table.print();
    invocation.noteClearText(*endpoint);
    co_return exitStatus::done;
}

Task<int> discover(Invocation &invocation, Services &services)
{
    invocation.output().progress(tr("Looking for model servers on this computer …"));
    const auto found = co_await services.catalog().discover(std::chrono::seconds(2), invocation.token());
    invocation.output().progress({});
    Table table(invocation.output());
    for (const llm::FoundServer &server : found) {
        table.add({{u"name"_s, server.provider.id},
                   {u"base_url"_s, server.baseUrl.toString()},
                   {u"models"_s, QJsonArray::fromStringList(server.models)},
                   {u"needs_key"_s, server.needsKey}},
                  {server.provider.id, server.baseUrl.toString(),
                   server.needsKey ? tr("wants its key: quintet endpoints add %1 --key-stdin").arg(server.provider.id)
                                   : server.models.join(u", "_s)});
    }
    table.print();
    if (found.empty())
        invocation.output().note(tr("No model server answers on this computer."));
    co_return exitStatus::done;
}

Result<void> makeDefault(Invocation &invocation, Services &services, const QString &name)
{
    if (!invocation.isSet(u"for"_s))
        return services.endpoints().setDefault(name);
    const QString pattern = invocation.value(u"for"_s);
    const QStringList &patterns = patternNames();
    if (!patterns.contains(pattern))
        return failure(ErrorKind::BadInput, tr("--for takes one of %1, not %2.").arg(patterns.join(u", "_s), pattern));
    return services.endpoints().setPatternDefault(pattern, name);
}

Task<int> rename(Invocation &invocation, Services &services, QString name, QString newName)
{
    const auto endpoint = services.endpoints().find(name);
    if (const auto renamed = services.endpoints().rename(name, newName); !renamed)
        co_return invocation.fail(renamed.error());
    const auto moved = co_await llm::moveKey(services.secrets(), *endpoint, newName);
    if (moved && *moved != store::Secrets::Place::Memory)
        co_return exitStatus::done;
    co_return invocation.fail(
        Error(ErrorKind::Storage,
              tr("It is called %1 now, but the keychain did not take its key under that name. Give "
                 "it again with: quintet endpoints add %1 --key-stdin.")
                  .arg(newName),
              moved ? QString() : moved.error().message));
}

Task<int> run(Invocation &invocation)
{
    const QString verb = invocation.arguments().value(0, u"list"_s);
    const QString name = invocation.arguments().value(1);
    static const QHash<QString, qsizetype> names{{u"list"_s, 0}, {u"discover"_s, 0}, {u"add"_s, 1},   {u"default"_s, 1},
                                                 {u"test"_s, 1}, {u"remove"_s, 1},   {u"rename"_s, 2}};
    if (!names.contains(verb))
        co_return invocation.failUsage(
            tr("endpoints knows list, add, default, test, rename, remove and discover, not %1.").arg(verb));
    if (std::max<qsizetype>(1, invocation.arguments().size()) != 1 + names[verb])
        co_return invocation.failUsage(names[verb] == 2   ? tr("endpoints %1 takes two names.").arg(verb)
                                       : names[verb] == 1 ? tr("endpoints %1 takes one name.").arg(verb)
                                                          : tr("endpoints %1 takes no name.").arg(verb));
    const auto opened = invocation.services();
    if (!opened)
        co_return invocation.fail(opened.error());
    Services &services = **opened;
    if (verb == u"list")
        co_return list(invocation, services);
    if (verb == u"add")
        co_return co_await add(invocation, services, name);
    if (verb == u"test")
        co_return co_await test(invocation, services, name);
    if (verb == u"discover")
        co_return co_await discover(invocation, services);
    if (verb == u"rename")
        co_return co_await rename(invocation, services, name, invocation.arguments().value(2));
    const auto removed = services.endpoints().find(name);
    const auto changed =
        verb == u"default" ? makeDefault(invocation, services, name) : services.endpoints().remove(name);
    if (!changed)
        co_return invocation.fail(changed.error());
    if (verb == u"remove" && removed)
        co_await services.secrets().remove(llm::secretName(*removed));
    co_return exitStatus::done;
}

} // namespace

Command endpointsCommand()
{
    return {u"endpoints"_s,
            u"list | add NAME | default NAME | test NAME | rename NAME NEWNAME | remove NAME | discover"_s,
            tr("Where models answer: add, test and choose servers, or find those on this computer."),
            {{u"kind"_s, QStringLiteral("KIND"),
              tr("openai (the default) or anthropic: the format that the server speaks")},
             {u"key-env"_s, QStringLiteral("VARIABLE"), tr("the key is in this environment variable")},
             {u"key-stdin"_s, {}, tr("read the key from standard input and keep it in the system's keychain")},
             {u"for"_s, u"PATTERN"_s, tr("with default: for summarize, chat, batch, knowledge or agent only")},
             {u"header"_s, u"HEADER"_s,
              tr("send \"Name: value\" along; ${NAME} in it stands for an environment variable; may be given again")},
             {u"proxy"_s, u"URL"_s, tr("http://HOST:PORT or socks5://HOST:PORT to go through, or none")},
             {u"certificates"_s, u"FILE"_s, tr("trust the authorities in this PEM file, too")},
             {u"timeout"_s, u"N"_s, tr("wait this many seconds for an answer to begin; else 600")},
             {u"connect-timeout"_s, u"N"_s, tr("give up connecting after this many seconds")},
             {u"idle-timeout"_s, u"N"_s, tr("give up an answer that halts for this many seconds; 0: never")},
             {u"total-timeout"_s, u"N"_s, tr("give up an answer that takes this many seconds in all; 0: never")},
             {u"query-prefix"_s, u"TEXT"_s, tr("put this before questions that are embedded, as some models want")},
             {u"document-prefix"_s, u"TEXT"_s, tr("put this before passages that are embedded")},
             {u"retries"_s, u"COUNT"_s, tr("try again this often after a passing failure; else 2")},
             {u"at-once"_s, u"N"_s, tr("send no more requests at a time than this")},
             {u"requests-per-minute"_s, u"N"_s, tr("send no more requests a minute than this")},
             {u"tokens-per-minute"_s, u"N"_s, tr("send no more tokens a minute than this")}},
            run};
}

} // namespace quintet::cli
