// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>

#include <algorithm>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Prints a row, as JSON or in columns.
void printRow(Output &output, const QJsonObject &object, const QStringList &columns)
{
    if (output.isJson()) {
        output.object(object);
        return;
    }
    QString line;
    for (qsizetype i = 0; i < columns.size(); ++i)
        line += i + 1 < columns.size() ? columns.at(i).leftJustified(16) + ' '_L1 : columns.at(i);
    output.line(line.trimmed());
}

void printEndpoint(Output &output, const llm::Endpoint &endpoint, bool isDefault)
{
    const QString address =
        endpoint.kind == llm::EndpointKind::Builtin ? tr("needs no model and no network") : endpoint.baseUrl.toString();
    printRow(output,
             {{u"name"_s, endpoint.name},
              {u"kind"_s, nameOf(endpoint.kind)},
              {u"base_url"_s, endpoint.baseUrl.isEmpty() ? QJsonValue() : QJsonValue(endpoint.baseUrl.toString())},
              {u"model"_s, endpoint.model.isEmpty() ? QJsonValue() : QJsonValue(endpoint.model)},
              {u"key_env"_s, endpoint.keyVariable.isEmpty() ? QJsonValue() : QJsonValue(endpoint.keyVariable)},
              {u"default"_s, isDefault}},
             {endpoint.name, isDefault ? tr("default") : QString(), address,
              endpoint.kind == llm::EndpointKind::Builtin ? QString() : endpoint.model});
}

int list(Invocation &invocation, Services &services)
{
    const QString standard = services.endpoints().defaultName();
    std::vector<llm::Endpoint> endpoints = services.endpoints().all();
    endpoints.insert(endpoints.begin(), llm::builtinEndpoint());
    for (const llm::Endpoint &endpoint : endpoints)
        printEndpoint(invocation.output(), endpoint, endpoint.name == standard);
    return exitStatus::done;
}

/// What `add` says about an endpoint: new, or changes to the one of that name, or to a known kind of server's.
Result<llm::Endpoint> endpointFrom(Invocation &invocation, Services &services, const QString &name)
{
    llm::Endpoint endpoint{name, llm::EndpointKind::OpenAi, {}, {}, {}};
    const auto provider = std::ranges::find(llm::providers(), name, &llm::Provider::id);
    if (const auto existing = services.endpoints().find(name))
        endpoint = *existing;
    else if (provider != llm::providers().end())
        endpoint = {name, provider->kind, provider->baseUrl, {}, provider->keyVariable};
    if (invocation.isSet(u"base-url"_s)) {
        const auto url = llm::parseBaseUrl(invocation.value(u"base-url"_s));
        if (!url)
            return std::unexpected(url.error());
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
    return llm::EndpointRegistry::check(endpoint).transform([&endpoint] { return endpoint; });
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
    printEndpoint(invocation.output(), *endpoint, services.endpoints().defaultName() == name);
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
    printRow(invocation.output(),
             {{u"name"_s, name},
              {u"ok"_s, true},
              {u"latency_ms"_s, elapsed.elapsed()},
              {u"models"_s, QJsonArray::fromStringList(*models)}},
             {name, tr("answered in %1 ms").arg(elapsed.elapsed()), tr("models: %1").arg(models->join(u", "_s))});
    co_return exitStatus::done;
}

Task<int> discover(Invocation &invocation, Services &services)
{
    invocation.output().progress(tr("Looking for model servers on this computer …"));
    const auto found = co_await services.catalog().discover(std::chrono::seconds(2), invocation.token());
    invocation.output().progress({});
    for (const llm::FoundServer &server : found) {
        printRow(invocation.output(),
                 {{u"name"_s, server.provider.id},
                  {u"base_url"_s, server.baseUrl.toString()},
                  {u"models"_s, QJsonArray::fromStringList(server.models)}},
                 {server.provider.id, server.baseUrl.toString(), server.models.join(u", "_s)});
    }
    if (found.empty())
        invocation.output().note(tr("No model server answers on this computer."));
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QString verb = invocation.arguments().value(0, u"list"_s);
    const QString name = invocation.arguments().value(1);
    const bool takesName = verb == u"add" || verb == u"default" || verb == u"test" || verb == u"remove";
    if (!takesName && verb != u"list" && verb != u"discover")
        co_return invocation.failUsage(
            tr("endpoints knows list, add, default, test, remove and discover, not %1.").arg(verb));
    if (invocation.arguments().size() > (takesName ? 2 : 1) || (takesName && name.isEmpty()))
        co_return invocation.failUsage(takesName ? tr("endpoints %1 takes one name.").arg(verb)
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
    const auto removed = services.endpoints().find(name);
    const auto changed = verb == u"default" ? services.endpoints().setDefault(name) : services.endpoints().remove(name);
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
            u"list | add NAME | default NAME | test NAME | remove NAME | discover"_s,
            tr("Where models answer: add, test and choose servers, or find those on this computer."),
            {{u"kind"_s, QStringLiteral("KIND"),
              tr("openai (the default) or anthropic: the format that the server speaks")},
             {u"key-env"_s, QStringLiteral("VARIABLE"), tr("the key is in this environment variable")},
             {u"key-stdin"_s, {}, tr("read the key from standard input and keep it in the system's keychain")}},
            run};
}

} // namespace quintet::cli
