// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>

namespace quintet::knowledge {

/// A passage near to a question.
struct Near {
    qint64 chunk = 0;
    float similarity = 0; ///< cosine

    bool operator==(const Near &) const = default;
};

/// Whether a passage may be found; empty: each may.
using MayBeFound = std::function<bool(qint64)>;

} // namespace quintet::knowledge
