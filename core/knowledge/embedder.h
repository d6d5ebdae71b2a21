// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QStringList>

#include <vector>

namespace quintet::knowledge {

/// Turns texts into vectors by a model of an endpoint.
class Embedder {
public:
    enum class Kind { Passage, Question }; ///< models may want a prefix of each

    virtual ~Embedder() = default;

    /// `model` as "ENDPOINT/MODEL". A vector for each text, all of one length, not necessarily of length 1. Errors as
    /// of any request.
    virtual Task<Result<std::vector<std::vector<float>>>> embed(QString model, QStringList texts, Kind kind,
                                                                CancelToken token) = 0;
};

} // namespace quintet::knowledge
