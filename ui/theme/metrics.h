// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quintet::ui {

/// Sizes in pixels that a density changes, and whether anything moves by itself.
struct Metrics {
    int control = 32;      ///< height of a control
    int smallControl = 26; ///< height of a small one
    int row = 28;          ///< least height of a row in a list or table
    bool isAnimated = true;

    bool operator==(const Metrics &) const = default;
};

inline constexpr Metrics compactMetrics{.control = 28, .smallControl = 23, .row = 24};

/// Those that the style draws with. On the GUI thread.
const Metrics &metrics();
void useMetrics(const Metrics &metrics);

} // namespace quintet::ui
