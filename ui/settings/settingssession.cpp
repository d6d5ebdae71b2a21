// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingssession.h"

namespace quintet::ui {

using namespace std::chrono_literals;

SettingsSession::SettingsSession(SettingsServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile)
{
}

SettingsSession::~SettingsSession()
{
    forgetRemoved();
}

bool SettingsSession::tell(const Result<void> &result)
{
    if (result)
        Q_EMIT changed();
    else
        Q_EMIT failed(result.error());
    return result.has_value();
}

bool SettingsSession::put(const llm::Endpoint &endpoint, const QString &key)
{
    if (!tell(m_registry.put(endpoint)))
        return false;
    // One that was removed and is added again needs its key.
    if (m_removed && m_removed->name == endpoint.name)
        m_removed.reset();
    if (!key.isEmpty())
        keepKey(endpoint, key);
    return true;
}

bool SettingsSession::rename(const QString &name, const llm::Endpoint &endpoint, const QString &key)
{
    const auto before = m_registry.find(name);
    Result<void> renamed = llm::EndpointRegistry::check(endpoint).and_then(
        [&] { return before ? m_registry.rename(name, endpoint.name) : std::unexpected(before.error()); });
    if (!tell(renamed))
        return false;
    llm::Endpoint changed = endpoint;
    changed.formerNames = m_registry.find(endpoint.name).value_or(endpoint).formerNames;
    if (key.isEmpty()) {
        using Place = std::optional<store::Secrets::Place>;
        m_moving = EngineCall<Place>(
            m_services.engine, this,
            [&secrets = m_services.secrets, before = *before, newName = endpoint.name](CancelToken) {
                return llm::moveKey(secrets, before, newName);
            },
            [this, newName = endpoint.name](const Result<Place> &moved) {
                if (!moved)
                    Q_EMIT failed(moved.error());
                else if (*moved)
                    Q_EMIT keyKept(newName, *moved == store::Secrets::Place::Keychain);
                else
                    test(newName);
            });
    }
    return put(changed, key);
}

void SettingsSession::keepKey(const llm::Endpoint &endpoint, const QString &key)
{
    using Place = store::Secrets::Place;
    m_keeping = EngineCall<Place>(
        m_services.engine, this,
        [&secrets = m_services.secrets, name = llm::secretName(endpoint), key](CancelToken) {
            return secrets.write(name, key);
        },
        [this, endpoint = endpoint.name](const Result<Place> &place) {
            if (place)
                Q_EMIT keyKept(endpoint, *place == Place::Keychain);
            else
                Q_EMIT failed(place.error());
        });
}

void SettingsSession::setDefault(const QString &name)
{
    tell(m_registry.setDefault(name));
}

void SettingsSession::setTabDefault(const QString &pattern, const QString &name)
{
    tell(m_registry.setPatternDefault(pattern, name));
}

void SettingsSession::use(const llm::FoundServer &server)
{
    const llm::Endpoint endpoint = llm::endpointFor(server, m_registry);
    if (put(endpoint, {}))
        setDefault(endpoint.name);
}

void SettingsSession::useModel(const QString &name, const QString &model)
{
    if (Result<llm::Endpoint> endpoint = m_registry.find(name); endpoint && !model.isEmpty()) {
        endpoint->model = model;
        if (!tell(m_registry.put(*endpoint)))
            return;
    }
    setDefault(name);
}

void SettingsSession::remove(const QString &name)
{
    const Result<llm::Endpoint> endpoint = m_registry.find(name);
    if (!endpoint) {
        Q_EMIT failed(endpoint.error());
        return;
    }
    const bool wasDefault = m_registry.defaultName() == name;
    if (!tell(m_registry.remove(name)))
        return;
    forgetRemoved();
    m_removed = *endpoint;
    m_removedWasDefault = wasDefault;
    Q_EMIT removed(name);
}

void SettingsSession::undoRemoval()
{
    if (!m_removed)
        return;
    const llm::Endpoint endpoint = *std::exchange(m_removed, std::nullopt);
    if (tell(m_registry.put(endpoint)) && m_removedWasDefault)
        setDefault(endpoint.name);
}

/// Its key goes only now, when it cannot come back any more.
void SettingsSession::forgetRemoved()
{
    if (!m_removed)
        return;
    const QString name = llm::secretName(*std::exchange(m_removed, std::nullopt));
    m_services.engine.post([&secrets = m_services.secrets, name] { secrets.remove(name); });
}

void SettingsSession::test(const QString &name)
{
    const Result<llm::Endpoint> endpoint = m_registry.find(name);
    if (!endpoint) {
        Q_EMIT failed(endpoint.error());
        return;
    }
    m_tests[name] = EngineCall<QStringList>(
        m_services.engine, this,
        [&catalog = m_services.catalog, endpoint = *endpoint](CancelToken token) {
            return catalog.models(endpoint, token);
        },
        [this, name](const Result<QStringList> &models) {
            if (!models)
                Q_EMIT tested(name, false, models.error().message);
            else
                Q_EMIT tested(name, true, tr("Works: %Ln model(s)", nullptr, static_cast<int>(models->size())));
        });
}

void SettingsSession::discover()
{
    using Found = std::vector<llm::FoundServer>;
    m_discovering = EngineCall<Found>(
        m_services.engine, this,
        [&catalog = m_services.catalog](CancelToken token) -> Task<Result<Found>> {
            Result<Found> found = co_await catalog.discover(400ms, token);
            co_return found;
        },
        [this](Result<Found> found) {
            m_found = std::move(found).value_or(Found());
            Q_EMIT foundChanged();
        });
}

} // namespace quintet::ui
