// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>

namespace quintet::ui {

/// A target in the flow of messages.
struct TargetPlace {
    size_t message = 0;
    size_t row = 0;
    int target = -1; ///< in its row; -1: none

    bool isNone() const { return target < 0; }
    auto operator<=>(const TargetPlace &) const = default;
};

} // namespace quintet::ui
