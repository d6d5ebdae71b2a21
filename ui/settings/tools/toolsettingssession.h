// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/databasestore.h"
#include "agent/search/webservicestore.h"
#include "base/enginecall.h"

namespace quintet::ui {

/// What the settings of agents' tools work with, on the engine thread; `engine` outlives the session.
struct ToolSettingsServices {
    EngineThread &engine;
    agent::WebServiceStore web;
    agent::DatabaseStore databases;
};

/// How things stand.
struct ToolSettings {
    std::optional<agent::WebService> web;
    bool hasWebKey = false;
    QMap<QString, QString> databases; ///< addresses by name
};

/// The search service and the databases as the user sets them. Everything is read and written on the engine thread.
/// Lives on the GUI thread.
class ToolSettingsSession final : public QObject {
    Q_OBJECT

public:
    explicit ToolSettingsSession(ToolSettingsServices services, QObject *parent = nullptr);

    const ToolSettings &state() const { return m_state; }

    void refresh();

    /// Nothing switches searching off; an empty key leaves the one that is kept.
    void setWeb(const std::optional<agent::WebService> &service, const QString &key);

    /// A password in the address goes into the keychain. databaseTested() follows, as for test().
    void putDatabase(const QString &name, const QString &url);
    void removeDatabase(const QString &name);

    /// Asks the database for its tables.
    void testDatabase(const QString &name);

Q_SIGNALS:
    void changed();
    void failed(const quintet::Error &error);
    void databaseTested(const QString &name, bool works, const QString &result);

private:
    void run(std::function<Task<Result<void>>(ToolSettingsServices)> work, std::function<void()> then = {});

    ToolSettingsServices m_services;
    ToolSettings m_state;
    EngineCall<ToolSettings> m_call;
    EngineCall<int> m_test;
};

} // namespace quintet::ui
