// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QStringList>

#include <vector>

namespace quintet::knowledge {

/// Tells by a model of an endpoint how well texts answer a question.
class Reranker {
public:
    virtual ~Reranker() = default;

    /// `model` as "ENDPOINT/MODEL". A score for each text, higher is better, comparable within one call. Errors as of
    /// any request.
    virtual Task<Result<std::vector<double>>> scores(QString model, QString question, QStringList texts,
                                                     CancelToken token) = 0;
};

} // namespace quintet::knowledge
