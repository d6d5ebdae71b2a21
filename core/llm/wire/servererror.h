// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonValue>

namespace quintet::llm::wire {

/// The error that a server puts in place of an answer, or in the middle of one, though the status said that all is
/// well: a sentence, or an object with `message`, `type` and `code` (a word or an HTTP status).
Error reportedError(const QJsonValue &error);

/// The error for an answer that is not in the format. `body` goes into the detail, shortened.
Error notUnderstood(const QByteArray &body);

} // namespace quintet::llm::wire
