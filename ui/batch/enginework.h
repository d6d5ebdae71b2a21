// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/work/estimate.h"
#include "batch/work/trial.h"

/// What the Batch tab has done on the engine thread. Every function here is called there, takes values, and leaves what
/// takes long to a pool.
namespace quintet::ui {

/// What the details of an item show.
struct ItemDetail {
    batch::ItemRecord record; ///< with its whole result
    QString source;           ///< its text, as far as it can be read now
    QString sourceProblem;    ///< why it cannot
    QString otherResult;      ///< of the same item in the run that is compared with
};

/// The ids of a table's rows, and the error groups beside it.
struct ItemIndex {
    std::vector<qint64> ids;
    std::vector<batch::ErrorGroup> errors;
};

Task<Result<std::vector<batch::Run>>> readRuns(batch::BatchParts parts);
Task<Result<ItemIndex>> readIndex(batch::BatchParts parts, batch::Run run, batch::ItemQuery query);
Task<Result<std::vector<batch::ItemRecord>>> readRecords(batch::BatchParts parts, std::vector<qint64> ids);
Task<Result<ItemDetail>> readDetail(batch::BatchParts parts, batch::Run run, qint64 id, std::optional<batch::Run> other,
                                    CancelToken token);

/// Works a run; `onProgress` is called on the engine thread whenever something changed.
Task<Result<batch::Run>> workRun(batch::BatchParts parts, batch::Run run, std::function<void(qsizetype)> onProgress,
                                 CancelToken token);

Task<Result<batch::Run>> createRun(batch::BatchParts parts, batch::RunSpec spec);
Task<Result<batch::Run>> limitRun(batch::BatchParts parts, batch::Run run, usage::Limit budget);
Task<Result<batch::Run>> retryRun(batch::BatchParts parts, batch::Run run, QString errorKind);
Task<Result<batch::Run>> cancelRun(batch::BatchParts parts, batch::Run run);
Task<Result<batch::Run>> removeRun(batch::BatchParts parts, batch::Run run);

/// Writes all results to a file of that form, for the user.
Task<Result<QString>> exportTo(batch::BatchParts parts, batch::Run run, batch::OutputFormat format, QString path,
                               CancelToken token);

} // namespace quintet::ui
