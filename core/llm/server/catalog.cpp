// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/server/catalog.h"

#include "llm/server/httpbackend.h"
#include "net/httperror.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace quintet::llm {

namespace {

using namespace std::chrono_literals;

constexpr auto contextsKept = 60s; // a local server may be started again with another context

constexpr qint64 largestModelList = 16 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("llm", text);
}

struct ModelList {
    std::vector<ModelInfo> models;
    QString owner; ///< of the first that names one
};

/// The context of a model in tokens as vLLM, OpenRouter and llama.cpp state it; 0 if it is not stated.
qint64 statedContext(const QJsonValue &model)
{
    return std::max({model[u"max_model_len"].toInteger(), model[u"context_length"].toInteger(),
                     model[u"meta"][u"n_ctx"].toInteger(), model[u"max_context_length"].toInteger()});
}

QStringList namesOf(const std::vector<ModelInfo> &models)
{
    QStringList names;
    for (const ModelInfo &model : models)
        names << model.name;
    return names;
}

net::HttpRequest modelsRequest(const Endpoint &endpoint, const QString &key)
{
    net::HttpRequest request = requestTo(endpoint, QStringLiteral("models"), key);
    if (endpoint.kind == EndpointKind::Anthropic)
        request.url.setQuery(QStringLiteral("limit=1000")); // without, it lists 20
    request.limits.firstByte = std::min<std::chrono::milliseconds>(request.limits.firstByte, std::chrono::seconds(30));
    return request;
}

Result<ModelList> modelList(const Result<net::HttpResponse> &response, const QUrl &url)
{
    if (!response)
        return std::unexpected(response.error());
    if (const auto error = net::noAnswer(*response, url, QDateTime::currentDateTimeUtc()))
        return std::unexpected(*error);
    const QJsonObject body = QJsonDocument::fromJson(response->body).object();
    if (!body[u"data"].isArray()) {
        return failure(ErrorKind::Protocol,
                       tr("%1 did not answer with a list of models. Check that the base URL is that "
                          "of a model server.")
                           .arg(url.host()));
    }
    ModelList list;
    for (const QJsonValue model : body[u"data"].toArray()) {
        const QJsonValue status = model[u"status"];
        list.models.push_back({model[u"id"].toString(), model[u"owned_by"].toString(), statedContext(model),
                               status.isObject() ? status[u"value"].toString() : model[u"state"].toString()});
        if (list.owner.isEmpty())
            list.owner = model[u"owned_by"].toString();
    }
    return list;
}

/// The entry of a model in a list of models; the only entry, whatever its name; null if there is none.
QJsonValue modelIn(const Result<net::HttpResponse> &list, const QString &name)
{
    const QJsonArray models = list ? QJsonDocument::fromJson(list->body).object()[u"data"].toArray() : QJsonArray();
    for (const QJsonValue model : models) {
        if (model[u"id"].toString() == name || models.size() == 1)
            return model;
    }
    return {};
}

} // namespace

Endpoint endpointFor(const FoundServer &server, const EndpointRegistry &registry)
{
    Endpoint endpoint{server.provider.id, server.provider.kind, server.baseUrl, {}, {}};
    if (const auto known = registry.find(endpoint.name); known && known->baseUrl != server.baseUrl)
        endpoint.name += QStringLiteral("-%1").arg(server.baseUrl.port());
    return endpoint;
}

QString secretName(const Endpoint &endpoint)
{
    const auto serverOnly = QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo;
    return QStringLiteral("endpoint/%1@%2").arg(endpoint.name, endpoint.baseUrl.toString(serverOnly));
}

Task<Result<std::optional<store::Secrets::Place>>> moveKey(store::Secrets &secrets, Endpoint endpoint, QString newName)
{
    using Place = std::optional<store::Secrets::Place>;
    if (endpoint.name == newName)
        co_return Place();
    const QString oldName = secretName(endpoint);
    const auto key = co_await secrets.read(oldName);
    if (!key)
        co_return std::unexpected(key.error());
    if (key->isEmpty())
        co_return Place();
    endpoint.name = newName;
    const auto kept = co_await secrets.write(secretName(endpoint), *key);
    if (!kept)
        co_return std::unexpected(kept.error());
    if (*kept == store::Secrets::Place::Keychain)
        co_await secrets.remove(oldName);
    co_return Place(*kept);
}

Task<Result<QString>> Catalog::keyFor(Endpoint endpoint)
{
    if (endpoint.kind == EndpointKind::Builtin)
        co_return QString();
    if (!endpoint.keyVariable.isEmpty())
        co_return qEnvironmentVariable(endpoint.keyVariable.toUtf8().constData()).trimmed();
    co_return co_await m_secrets.read(secretName(endpoint));
}

Task<Result<QStringList>> Catalog::models(Endpoint endpoint, CancelToken token)
{
    co_return (co_await modelInfos(std::move(endpoint), token)).transform(namesOf);
}

Task<Result<std::vector<ModelInfo>>> Catalog::modelInfos(Endpoint endpoint, CancelToken token)
{
    if (endpoint.kind == EndpointKind::Builtin)
        co_return std::vector<ModelInfo>{{.name = endpoint.model}};
    const Result<QString> key = co_await keyFor(endpoint);
    if (!key)
        co_return std::unexpected(key.error());
    const net::HttpRequest request = modelsRequest(endpoint, *key);
    const Result<net::HttpResponse> response = co_await m_client.fetch(request, largestModelList, token);
    auto list = modelList(response, request.url);
    if (!list) {
        for (const QString &secret : secretsOf(endpoint, *key))
            hideSecret(list.error(), secret);
    }
    co_return list.transform([](const ModelList &models) { return models.models; });
}

Task<Result<Endpoint>> Catalog::withModel(Endpoint endpoint, CancelToken token)
{
    if (!endpoint.model.isEmpty())
        co_return endpoint;
    const Result<QStringList> names = co_await models(endpoint, token);
    if (!names)
        co_return std::unexpected(names.error());
    if (names->isEmpty())
        co_return failure(ErrorKind::NeedsModel,
                          tr("%1 has no model loaded. Load one there, or name one with --model.").arg(endpoint.name));
    endpoint.model = names->first();
    co_return endpoint;
}

Task<qint64> Catalog::contextTokens(Endpoint endpoint, CancelToken token)
{
    const LearntContext learnt = m_facts.learntContext(endpoint, endpoint.model);
    if (learnt.isNew)
        co_return learnt.tokens;
    std::optional<qint64> stated;
    const auto known = m_contexts.constFind({endpoint.baseUrl, endpoint.model});
    if (known != m_contexts.cend() && !known->until.hasExpired()) {
        stated = known->tokens;
    } else if ((stated = co_await askForContext(endpoint, token))) {
        m_contexts.insert({endpoint.baseUrl, endpoint.model}, {*stated, QDeadlineTimer(contextsKept)});
    }
    if (stated.value_or(0) > 0)
        co_return *stated;
    co_return learnt.tokens > 0 ? learnt.tokens : isLocal(endpoint) ? 8192 : 128'000;
}

/// What the server says of its model, or what is known of servers of its kind; 0 where neither helps, and nothing where
/// it could not be asked.
Task<std::optional<qint64>> Catalog::askForContext(Endpoint endpoint, CancelToken token)
{
    const Result<QString> key = co_await keyFor(endpoint);
    net::HttpRequest request = modelsRequest(endpoint, key.value_or(QString()));
    request.limits.total = std::chrono::seconds(5); // a guess will do where the server is slow to say
    const auto list = co_await m_client.fetch(request, largestModelList, token);
    const QJsonValue model = modelIn(list, endpoint.model);
    if (const qint64 stated = statedContext(model); stated > 0)
        co_return stated;
    if (model[u"owned_by"].toString() == u"llamacpp") {
        request.url = request.url.resolved(QUrl(QStringLiteral("/props")));
        const auto props = co_await m_client.fetch(request, largestModelList, token);
        const QJsonObject settings = props ? QJsonDocument::fromJson(props->body).object() : QJsonObject();
        const qint64 context = settings[u"default_generation_settings"][u"n_ctx"].toInteger();
        if (context > 0)
            co_return context;
    }
    if (model[u"owned_by"].toString() == u"library")
        co_return 4096;
    if (!list)
        co_return std::nullopt;
    co_return 0;
}

Task<std::vector<FoundServer>> Catalog::discover(std::chrono::milliseconds limit, CancelToken token)
{
    struct Probe {
        const Provider *provider;
        QUrl url;
        Task<Result<net::HttpResponse>> answer;
    };
    std::vector<Probe> probes;
    QList<QUrl> asked;
    for (const Provider &provider : providers()) {
        for (const QUrl &address : provider.addresses) {
            net::HttpRequest request = modelsRequest({.kind = provider.kind, .baseUrl = address}, {});
            if (asked.contains(request.url))
                continue;
            asked << request.url;
            request.limits.total = limit;
            probes.push_back({&provider, address, m_client.fetch(request, largestModelList, token)});
        }
    }
    std::vector<FoundServer> found;
    for (Probe &probe : probes) {
        const auto list = modelList(co_await probe.answer, probe.url);
        const bool needsKey = !list && list.error().kind == ErrorKind::Unauthorized
                              && probe.provider->quirks.contains(QStringLiteral("wants_key"));
        if (needsKey)
            found.push_back({*probe.provider, probe.url, {}, true});
        if (!list)
            continue;
        // Two products may share a port; the owner of the models says which one answers.
        const auto owner = std::ranges::find_if(providers(), [&list](const Provider &provider) {
            return !provider.owner.isEmpty() && provider.owner == list->owner;
        });
        found.push_back({owner != providers().end() ? *owner : *probe.provider, probe.url, namesOf(list->models)});
    }
    co_return found;
}

} // namespace quintet::llm
