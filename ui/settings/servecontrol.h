// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QStringList>

#include <optional>

namespace quintet::ui {

/// How the window's own server stands, and what clients may see.
struct ServeState {
    bool isOn = false;
    quint16 port = 8765;
    QString address; ///< "http://127.0.0.1:8765"
    QString token;
    QStringList collections;            ///< all that there are, by name
    std::optional<QStringList> visible; ///< those that clients of the Model Context Protocol may see; nothing: all

    bool operator==(const ServeState &) const = default;
};

/// The server that other programs reach while the window is open. Lives on the engine thread.
class ServeControl {
public:
    virtual ~ServeControl() = default;

    virtual Task<Result<ServeState>> state() = 0;

    /// On at `port`, or off; it is so again when the window opens next time. BadInput where the port cannot be had.
    virtual Task<Result<ServeState>> turn(bool on, quint16 port) = 0;

    /// Another token in place of this one; clients with the old one are refused from now on.
    virtual Task<Result<ServeState>> renewToken() = 0;

    virtual Task<Result<ServeState>> setVisible(std::optional<QStringList> collections) = 0;
};

} // namespace quintet::ui
