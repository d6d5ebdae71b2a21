// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/modelsession.h"

#include <QDate>
#include <QSettings>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Choices = std::vector<ModelChoice>;

Task<Choices> modelsOf(llm::Catalog &catalog, usage::Prices &prices, llm::Endpoint endpoint, CancelToken token)
{
    endpoint.limits.total = 4s;
    ModelChoice common{.endpoint = endpoint.name, .model = {}, .isLocal = isLocal(endpoint)};
    const auto models = co_await catalog.modelInfos(endpoint, token);
    if (!models) {
        common.model = endpoint.model;
        common.problem = models.error().message;
        co_return Choices{common};
    }
    Choices choices;
    for (const llm::ModelInfo &model : *models) {
        common.model = model.name;
        common.contextTokens = model.contextTokens;
        common.state = model.state;
        common.price = prices.find(model.name, QDate::currentDate(), 0);
        choices.push_back(common);
    }
    co_return choices;
}

Task<Result<Choices>> allModels(llm::Catalog &catalog, usage::Prices &prices, QString settingsFile, CancelToken token)
{
    const llm::EndpointRegistry registry(settingsFile);
    const std::vector<llm::Endpoint> endpoints = registry.all();
    std::vector<Task<Choices>> asked;
    for (const llm::Endpoint &endpoint : endpoints)
        asked.push_back(modelsOf(catalog, prices, endpoint, token));
    auto discovering = catalog.discover(400ms, token);
    Choices all;
    for (Task<Choices> &each : asked) {
        const Choices choices = co_await each;
        all.insert(all.end(), choices.begin(), choices.end());
    }
    for (const llm::FoundServer &server : co_await discovering) {
        if (std::ranges::contains(endpoints, server.baseUrl, &llm::Endpoint::baseUrl))
            continue;
        const QString name = llm::endpointFor(server, registry).name;
        for (const QString &model : server.models)
            all.push_back({.endpoint = name, .model = model, .isLocal = true, .foundAt = server.baseUrl});
    }
    co_return all;
}

ModelChoice builtinChoice()
{
    return {.endpoint = llm::builtinEndpoint().name, .model = {}, .isBuiltin = true, .isLocal = true};
}

QString keyOf(const ModelChoice &choice)
{
    return choice.endpoint + u'/' + choice.model;
}

} // namespace

ModelSession::ModelSession(ModelServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_choices{builtinChoice()}
{
}

void ModelSession::refresh()
{
    m_isAsking = true;
    m_asking = EngineCall<Choices>(
        m_services.engine, this,
        [&catalog = m_services.catalog, &prices = m_services.prices,
         file = m_services.paths.settingsFile](CancelToken token) { return allModels(catalog, prices, file, token); },
        [this](Result<Choices> choices) {
            m_isAsking = false;
            Choices all = std::move(choices).value_or(Choices());
            for (size_t i = 0; i < all.size(); ++i)
                all[i].place = static_cast<int>(i);
            take(std::move(all));
        });
    Q_EMIT changed();
}

Result<void> ModelSession::adopt(const ModelChoice &choice)
{
    if (choice.foundAt.isEmpty())
        return {};
    llm::Endpoint endpoint;
    endpoint.name = choice.endpoint;
    endpoint.baseUrl = choice.foundAt;
    const Result<void> put = llm::EndpointRegistry(m_services.paths.settingsFile).put(endpoint);
    if (put)
        Q_EMIT adopted();
    return put;
}

QStringList ModelSession::favourites() const
{
    QStringList all =
        QSettings(m_services.paths.settingsFile, QSettings::IniFormat).value("models/favourites"_L1).toStringList();
    if (all.isEmpty())
        return all;
    const std::vector<llm::Endpoint> endpoints = llm::EndpointRegistry(m_services.paths.settingsFile).all();
    for (QString &key : all) {
        const auto wasCalled = [name = key.section(u'/', 0, 0)](const llm::Endpoint &endpoint) {
            return endpoint.formerNames.contains(name);
        };
        const auto renamed = std::ranges::find_if(endpoints, wasCalled);
        const bool isCalled = std::ranges::contains(endpoints, key.section(u'/', 0, 0), &llm::Endpoint::name);
        if (!isCalled && renamed != endpoints.end())
            key = renamed->name + u'/' + key.section(u'/', 1);
    }
    return all;
}

void ModelSession::take(Choices choices)
{
    const QStringList all = favourites();
    choices.push_back(builtinChoice());
    for (ModelChoice &choice : choices)
        choice.isFavourite = all.contains(keyOf(choice));
    sortChoices(choices);
    m_choices = std::move(choices);
    Q_EMIT changed();
}

void ModelSession::setFavourite(const ModelChoice &choice, bool isFavourite)
{
    QStringList all = favourites();
    all.removeAll(keyOf(choice));
    if (isFavourite)
        all << keyOf(choice);
    QSettings(m_services.paths.settingsFile, QSettings::IniFormat).setValue("models/favourites"_L1, all);
    Choices choices = m_choices;
    std::erase_if(choices, [](const ModelChoice &each) { return each.isBuiltin; });
    take(std::move(choices));
}

} // namespace quintet::ui
