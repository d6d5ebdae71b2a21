// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"

#include <QObject>

namespace quintet::cli {

/// Turns Ctrl-C, SIGTERM and SIGHUP into a cancelled token, so that work stops cleanly and can be resumed; a second
/// one ends the process at once. One a process, on the main thread.
class Interrupt final : public QObject {
public:
    Interrupt();
    ~Interrupt() override;

    CancelToken token() const { return m_source.get_token(); }
    bool wasRaised() const { return m_source.stop_requested(); }

private:
    CancelSource m_source;
};

} // namespace quintet::cli
