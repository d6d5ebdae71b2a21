// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "document/document.h"
#include "llm/endpoint.h"
#include "llm/stream.h"

namespace quintet::batch {

/// How a run asks: the same for all of its requests.
struct Asking {
    llm::Endpoint endpoint; ///< with its model
    llm::Parameters parameters;
    QString language;
    bool useCache = true;
    QString run;
    usage::Limit runBudget;

    bool operator==(const Asking &) const = default;
};

/// What another feature does for a run: the program hands it one. Lives on the engine thread.
class TextTask {
public:
    virtual ~TextTask() = default;

    /// A summary of `source`; of another kind where `instruction` says so. Long texts are read in parts.
    virtual Task<Result<llm::Completion>> summarize(document::Document source, QString instruction, Asking asking,
                                                    CancelToken token) = 0;

    /// `text` made short enough for `room` tokens, with all that matters to `purpose`.
    virtual Task<Result<llm::Completion>> condense(QString text, qint64 room, QString purpose, Asking asking,
                                                   CancelToken token) = 0;
};

} // namespace quintet::batch
