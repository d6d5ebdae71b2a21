// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"
#include "batch/run.h"

namespace quintet::cli {

/// The run that a command line describes, but for its endpoint. BadInput where it is called wrongly.
Result<batch::RunSpec> runSpecFrom(const Invocation &invocation, const QString &source);

/// The form in which results are given where none is asked for: rows and fields as a table, texts as Markdown.
batch::OutputFormat usualFormat(const batch::RunSpec &spec);

/// --format, if it is given; BadInput for a form that there is not.
Result<std::optional<batch::OutputFormat>> formatFrom(const Invocation &invocation);

} // namespace quintet::cli
