// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/answer/template.h"
#include "batch/answer/texttask.h"
#include "batch/run.h"

namespace quintet::batch {

/// What the answers of a run must look like: the schema that was given, or that of its labels; empty: any text.
QJsonObject answerSchemaOf(const RunSpec &spec);

/// How a run asks, before it is known which model the server has.
Asking askingOf(const Run &run);

/// What a run wants, in a sentence or two, without the item.
QString purposeOf(const RunSpec &spec);

/// The request for one item: a pure function. BadInput as Template::filledWith() fails.
Result<llm::Request> requestFor(const RunSpec &spec, const Asking &asking, const TemplateValues &values);

/// The request that asks for `answer` once more, since it does not fit for the reason `why`.
llm::Request repairOf(llm::Request request, const QString &answer, const QString &why);

/// About how many tokens an answer to a text of `textTokens` tokens has.
qint64 expectedAnswer(const RunSpec &spec, qint64 textTokens);

/// For how many tokens of an item's text there is room in a context.
qint64 roomFor(const RunSpec &spec, qint64 contextTokens);

} // namespace quintet::batch
