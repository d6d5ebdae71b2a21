// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace quintet {

/// Something for a coroutine to wait for: `co_await qCoro(&wake, &Wake::woken)`. Lives on one thread.
class Wake final : public QObject {
    Q_OBJECT

public:
    /// Wakes whoever waits, from the event loop; without a waiter nothing happens.
    void wakeLater() { QMetaObject::invokeMethod(this, &Wake::woken, Qt::QueuedConnection); }

Q_SIGNALS:
    void woken();
};

} // namespace quintet
