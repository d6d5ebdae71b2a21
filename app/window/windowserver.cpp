// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowserver.h"

#include "app/serve/servepreferences.h"

namespace quintet {

using namespace Qt::StringLiterals;

Task<void> WindowServer::open()
{
    const serve::ServePreferences preferences = serve::readServePreferences(m_paths.settingsFile);
    // Where the port is taken, the settings show that it is off.
    if (preferences.isOn)
        co_await start(preferences.port);
}

Task<void> WindowServer::close()
{
    if (!m_serving)
        co_return;
    const auto ending = std::move(m_serving);
    co_await ending->stop();
}

Task<Result<void>> WindowServer::start(quint16 port)
{
    const auto token = co_await serve::serveToken(m_services.secrets());
    if (!token)
        co_return std::unexpected(token.error());
    co_await close();
    auto serving = std::make_unique<serve::Serving>(m_services, m_paths.dataFolder,
                                                    serve::ServeSettings{.port = port, .token = *token});
    if (const auto started = serving->start(); !started)
        co_return started;
    m_serving = std::move(serving);
    co_return Result<void>();
}

Task<Result<ui::ServeState>> WindowServer::state()
{
    const serve::ServePreferences preferences = serve::readServePreferences(m_paths.settingsFile);
    ui::ServeState state{.isOn = m_serving != nullptr, .port = preferences.port, .visible = preferences.collections};
    if (m_serving) {
        state.port = m_serving->port();
        state.address = u"http://127.0.0.1:%1"_s.arg(state.port);
        const auto token = co_await serve::serveToken(m_services.secrets());
        state.token = QString::fromLatin1(token.value_or(QByteArray()));
    }
    const auto collections = co_await m_services.library().list();
    for (const knowledge::CollectionInfo &info : collections.value_or(std::vector<knowledge::CollectionInfo>()))
        state.collections << info.settings.name;
    co_return state;
}

Task<Result<ui::ServeState>> WindowServer::turn(bool on, quint16 port)
{
    Result<void> done;
    if (on)
        done = co_await start(port);
    else
        co_await close();
    if (!done)
        co_return std::unexpected(done.error());
    serve::ServePreferences preferences = serve::readServePreferences(m_paths.settingsFile);
    preferences.isOn = on;
    preferences.port = port;
    if (const auto written = write(preferences, m_paths.settingsFile); !written)
        co_return std::unexpected(written.error());
    co_return co_await state();
}

Task<Result<ui::ServeState>> WindowServer::renewToken()
{
    if (const auto renewed = co_await serve::renewServeToken(m_services.secrets()); !renewed)
        co_return std::unexpected(renewed.error());
    if (m_serving) {
        if (const auto started = co_await start(m_serving->port()); !started)
            co_return std::unexpected(started.error());
    }
    co_return co_await state();
}

Task<Result<ui::ServeState>> WindowServer::setVisible(std::optional<QStringList> collections)
{
    serve::ServePreferences preferences = serve::readServePreferences(m_paths.settingsFile);
    preferences.collections = std::move(collections);
    if (const auto written = write(preferences, m_paths.settingsFile); !written)
        co_return std::unexpected(written.error());
    co_return co_await state();
}

} // namespace quintet
