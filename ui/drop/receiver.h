// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/drop/given.h"

namespace quintet::ui {

/// A page that takes what was dropped on it or handed over to it into its draft. Nothing is sent or begun by that, and
/// what stood in the draft can be had back.
class Receiver {
public:
    virtual ~Receiver() = default;

    /// What it would do, as the frame says while something is dragged over it: "Attach to this conversation". Empty if
    /// it has no use for it.
    virtual QString offer(const Given &given) const = 0;

    virtual void receive(const Given &given) = 0;

protected:
    Receiver() = default;
    Q_DISABLE_COPY_MOVE(Receiver)
};

} // namespace quintet::ui
