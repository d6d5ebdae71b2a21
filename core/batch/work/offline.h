// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/provider/answerrecorder.h"
#include "batch/provider/requestwriter.h"

namespace quintet::batch {

/// Writes all requests of a run to `path`, whole or not at all, for an engine that works files through. Nothing is
/// sent, and the items go on waiting. Storage where it cannot be written.
Task<Result<void>> writeRequests(RequestWriter &writer, QString path, CancelToken token);

/// Takes the answers of such an engine over into the run, in whatever order they come. BadInput where the file holds
/// none.
Task<Result<void>> readAnswers(AnswerRecorder &recorder, QString path, CancelToken token);

} // namespace quintet::batch
