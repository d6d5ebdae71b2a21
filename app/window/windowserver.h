// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/serving.h"
#include "base/paths.h"
#include "base/wake.h"
#include "ui/settings/servecontrol.h"

namespace quintet {

/// The server that the window runs, where the user switched it on. Lives on the engine thread.
class WindowServer final : public ui::ServeControl {
public:
    WindowServer(Services &services, const Paths &paths) : m_services(services), m_paths(paths) { }

    /// Serves, if it was on when the window closed.
    Task<Result<void>> open();

    /// Is done when everything is at rest.
    Task<void> close();

    Task<Result<ui::ServeState>> state() override;
    Task<Result<ui::ServeState>> turn(bool on, quint16 port) override;
    Task<Result<ui::ServeState>> renewToken() override;
    Task<Result<ui::ServeState>> setVisible(std::optional<QStringList> collections) override;

private:
    class Turn;

    Task<Result<void>> start(quint16 port, QByteArray token);
    Task<void> end();

    Services &m_services;
    Paths m_paths;
    std::unique_ptr<serve::Serving> m_serving;
    bool m_isChanging = false; ///< one change at a time
    Wake m_changed;
};

} // namespace quintet
