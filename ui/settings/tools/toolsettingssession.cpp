// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/tools/toolsettingssession.h"

#include "agent/database/datasource.h"
#include "base/onpool.h"

namespace quintet::ui {

namespace {

Task<Result<void>> finished()
{
    co_return Result<void>();
}

Task<Result<ToolSettings>> workAndRead(ToolSettingsServices services,
                                       std::function<Task<Result<void>>(ToolSettingsServices)> work)
{
    if (const auto done = co_await work(services); !done)
        co_return std::unexpected(done.error());
    const auto key = co_await services.web.key();
    co_return ToolSettings{services.web.service(), key && !key->isEmpty(), services.databases.all()};
}

Task<Result<void>> setWebService(ToolSettingsServices services, std::optional<agent::WebService> service, QString key)
{
    if (const auto set = services.web.set(service); !set)
        co_return set;
    if (service && key.isEmpty())
        co_return Result<void>();
    const auto kept = co_await services.web.setKey(service ? key : QString());
    co_return kept.transform([](auto) { });
}

Task<Result<int>> countTables(ToolSettingsServices services, QString name, CancelToken token)
{
    const auto password = co_await services.databases.password(name);
    if (!password)
        co_return std::unexpected(password.error());
    const auto source = agent::dataSourceFor(services.databases.all().value(name), {.password = *password});
    if (!source)
        co_return std::unexpected(source.error());
    const auto tables = co_await onPool([source = *source, token] { return source->tables(token); });
    co_return tables.transform([](const agent::Grid &grid) { return int(grid.rows.size()); });
}

} // namespace

ToolSettingsSession::ToolSettingsSession(ToolSettingsServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services))
{
}

void ToolSettingsSession::run(std::function<Task<Result<void>>(ToolSettingsServices)> work, std::function<void()> then)
{
    m_call = EngineCall<ToolSettings>(
        m_services.engine, this,
        [services = m_services, work = std::move(work)](CancelToken) { return workAndRead(services, work); },
        [this, then = std::move(then)](Result<ToolSettings> state) {
            if (!state) {
                Q_EMIT failed(state.error());
                return;
            }
            m_state = std::move(*state);
            Q_EMIT changed();
            if (then)
                then();
        });
}

void ToolSettingsSession::refresh()
{
    run([](ToolSettingsServices) { return finished(); });
}

void ToolSettingsSession::setWeb(const std::optional<agent::WebService> &service, const QString &key)
{
    run([service, key](ToolSettingsServices services) { return setWebService(std::move(services), service, key); });
}

void ToolSettingsSession::putDatabase(const QString &name, const QString &url)
{
    run([name, url](ToolSettingsServices services) { return services.databases.put(name, url); },
        [this, name] { testDatabase(name); });
}

void ToolSettingsSession::removeDatabase(const QString &name)
{
    run([name](ToolSettingsServices services) { return services.databases.remove(name); });
}

void ToolSettingsSession::testDatabase(const QString &name)
{
    m_test = EngineCall<int>(
        m_services.engine, this,
        [services = m_services, name](CancelToken token) { return countTables(services, name, std::move(token)); },
        [this, name](Result<int> tables) {
            Q_EMIT databaseTested(name, tables.has_value(),
                                  tables ? tr("%Ln table(s)", nullptr, *tables) : tables.error().message);
        });
}

} // namespace quintet::ui
