// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowserver.h"

#include "app/serve/servepreferences.h"

#include <qcorosignal.h>

namespace quintet {

using namespace Qt::StringLiterals;

/// Holds back other changes for as long as it lives.
class WindowServer::Turn final {
public:
    static Task<std::unique_ptr<Turn>> wait(WindowServer *server)
    {
        while (server->m_isChanging)
            co_await qCoro(&server->m_changed, &Wake::woken);
        co_return std::make_unique<Turn>(*server);
    }

    explicit Turn(WindowServer &server) : m_server(server) { m_server.m_isChanging = true; }
    ~Turn()
    {
        m_server.m_isChanging = false;
        m_server.m_changed.wakeLater();
    }
    Q_DISABLE_COPY_MOVE(Turn)

private:
    WindowServer &m_server;
};

Task<Result<void>> WindowServer::open()
{
    const auto turn = co_await Turn::wait(this);
    const serve::ServePreferences preferences = serve::readServePreferences(m_paths.settingsFile);
    if (!preferences.isOn)
        co_return Result<void>();
    const auto token = co_await serve::serveToken(m_services.secrets());
    if (!token)
        co_return std::unexpected(token.error());
    co_return co_await start(preferences.port, *token);
}

Task<void> WindowServer::close()
{
    const auto turn = co_await Turn::wait(this);
    co_await end();
}

Task<void> WindowServer::end()
{
    if (!m_serving)
        co_return;
    const auto ending = std::move(m_serving);
    co_await ending->stop();
}

Task<Result<void>> WindowServer::start(quint16 port, QByteArray token)
{
    const quint16 before = m_serving ? m_serving->port() : quint16(0);
    // The same port is free only once the server of now has ended; another one is tried before it is given up.
    if (before == port)
        co_await end();
    auto serving = std::make_unique<serve::Serving>(m_services, m_paths.dataFolder,
                                                    serve::ServeSettings{.port = port, .token = token});
    if (const auto started = serving->start(); !started)
        co_return started;
    co_await end();
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
        state.token = QString::fromLatin1(m_serving->token());
    }
    const auto collections = co_await m_services.library().list();
    for (const knowledge::CollectionInfo &info : collections.value_or(std::vector<knowledge::CollectionInfo>()))
        state.collections << info.settings.name;
    co_return state;
}

Task<Result<ui::ServeState>> WindowServer::turn(bool on, quint16 port)
{
    const auto turn = co_await Turn::wait(this);
    if (on) {
        const auto token =
            m_serving ? Result<QByteArray>(m_serving->token()) : co_await serve::serveToken(m_services.secrets());
        if (!token)
            co_return std::unexpected(token.error());
        if (const auto started = co_await start(port, *token); !started)
            co_return std::unexpected(started.error());
    } else {
        co_await end();
    }
    serve::ServePreferences preferences = serve::readServePreferences(m_paths.settingsFile);
    preferences.isOn = on;
    preferences.port = port;
    if (const auto written = write(preferences, m_paths.settingsFile); !written)
        co_return std::unexpected(written.error());
    co_return co_await state();
}

Task<Result<ui::ServeState>> WindowServer::renewToken()
{
    const auto turn = co_await Turn::wait(this);
    const auto renewed = co_await serve::renewServeToken(m_services.secrets());
    if (!renewed)
        co_return std::unexpected(renewed.error());
    if (m_serving) {
        if (const auto started = co_await start(m_serving->port(), *renewed); !started)
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
