// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/paths.h"
#include "llm/server/catalog.h"
#include "llm/server/endpointregistry.h"

#include <map>

namespace quintet::ui {

/// What the settings page works with. The services live on the engine thread and outlive the session.
struct SettingsServices {
    EngineThread &engine;
    llm::Catalog &catalog;
    store::Secrets &secrets;
    Paths paths;
};

/// The endpoints as the user sets them up. The only part of the settings page that talks to the engine. Lives on the
/// GUI thread.
class SettingsSession final : public QObject {
    Q_OBJECT

public:
    explicit SettingsSession(SettingsServices services, QObject *parent = nullptr);
    ~SettingsSession() override;

    std::vector<llm::Endpoint> endpoints() const { return m_registry.all(); }
    QString defaultName() const { return m_registry.defaultName(); }
    const std::vector<llm::FoundServer> &found() const { return m_found; }
    const Paths &paths() const { return m_services.paths; }

    /// Adds or changes; an empty `key` leaves the one there is. False, after failed(), if it cannot be.
    bool put(const llm::Endpoint &endpoint, const QString &key);
    /// As put(), of an endpoint that is called `name` so far; its key goes along, but not to another server.
    bool rename(const QString &name, const llm::Endpoint &endpoint, const QString &key);
    void setDefault(const QString &name);
    /// The endpoint that a tab asks by itself, by its pattern's name ("chat"); empty where it goes by the default.
    QString tabDefault(const QString &pattern) const { return m_registry.patternDefault(pattern); }
    void setTabDefault(const QString &pattern, const QString &name);
    void use(const llm::FoundServer &server);                     ///< adds it, as the default
    void useModel(const QString &endpoint, const QString &model); ///< makes both the default
    void remove(const QString &name);
    void undoRemoval();
    void test(const QString &name);
    void discover();

Q_SIGNALS:
    void changed();
    void foundChanged();
    void removed(const QString &name); ///< undoRemoval() brings it back
    void keyKept(const QString &name, bool forGood);
    void tested(const QString &name, bool works, const QString &result);
    void failed(const quintet::Error &error);

private:
    bool tell(const Result<void> &result);
    void keepKey(const llm::Endpoint &endpoint, const QString &key);
    void forgetRemoved();

    SettingsServices m_services;
    llm::EndpointRegistry m_registry;
    std::vector<llm::FoundServer> m_found;
    std::optional<llm::Endpoint> m_removed;
    bool m_removedWasDefault = false;
    std::map<QString, EngineCall<QStringList>> m_tests;
    EngineCall<store::Secrets::Place> m_keeping;
    EngineCall<std::optional<store::Secrets::Place>> m_moving;
    EngineCall<std::vector<llm::FoundServer>> m_discovering;
};

} // namespace quintet::ui
