// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/id.h"
#include "base/result.h"
#include "llm/endpoint.h"
#include "llm/request.h"
#include "usage/money.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace quintet::batch {

using RunId = Id<struct RunTag>;

/// What is done to each item.
enum class TaskKind { Prompt, Summarize, Extract, Classify, Keywords, Translate, Rewrite };

/// "prompt", "summarize", "extract", "classify", "keywords", "translate", "rewrite".
QString nameOf(TaskKind task);
std::optional<TaskKind> taskNamed(const QString &name);

enum class SourceKind {
    Files, ///< files and folders with all that is in them: each file is an item
    Table, ///< a CSV file: each row
    Lines, ///< a JSONL file: each line
    Run,   ///< the results of a former run
};

/// Where the items come from.
struct SourceSpec {
    SourceKind kind = SourceKind::Files;
    QStringList paths;   ///< absolute
    QStringList include; ///< globs on the path inside of a folder or on the name; empty: all files
    QStringList exclude;
    QString run; ///< the id of the former run

    bool operator==(const SourceSpec &) const = default;
};

enum class OutputFormat { Markdown, Text, Json, Csv, JsonLines, Workbook };

/// "md", "txt", "json", "csv", "jsonl", "xlsx"; also how the files end.
QString nameOf(OutputFormat format);
std::optional<OutputFormat> formatNamed(const QString &name);

/// Where the results are written; they are kept in the database in any case.
struct OutputSpec {
    QString folder; ///< absolute; the source's own folder puts results beside their sources; empty: no files
    OutputFormat format = OutputFormat::Markdown;
    bool inOneFile = false; ///< CSV, JSONL and XLSX always are
    bool overwrite = false; ///< also files that Quintet did not write

    bool isOneFile() const;
    bool operator==(const OutputSpec &) const = default;
};

/// All that makes a run what it is.
struct RunSpec {
    QString name;
    SourceSpec source;
    TaskKind task = TaskKind::Prompt;
    QString prompt;     ///< with variables, see Template; beside a ready-made task, a further wish
    QStringList labels; ///< to classify into
    QString language;   ///< to translate into, or to answer in
    QJsonObject schema; ///< JSON schema of the answers; empty: any text
    llm::Endpoint endpoint;
    llm::Parameters parameters;
    usage::Limit budget;
    bool useCache = true;
    int jobs = 0;             ///< items under way at a time; 0: as the endpoint bears
    bool viaProvider = false; ///< as a batch of the provider's: cheaper, within a day
    OutputSpec output;

    bool operator==(const RunSpec &) const = default;
};

QJsonObject toJson(const RunSpec &spec);
RunSpec specFrom(const QJsonObject &object);

/// Fails with what the user has to change: a task without what it needs (BadInput), or one that the built-in engine
/// cannot do (NeedsModel).
Result<void> check(const RunSpec &spec);

/// A name for a run that was given none: what is done to what.
QString defaultName(const RunSpec &spec);

enum class RunState {
    Preparing,  ///< its items are being listed
    Processing, ///< being worked on
    Paused,     ///< by the user, by an error that the user has to mend, or since Quintet ended
    Complete,   ///< every item is done or failed
    Failed,     ///< every item failed
    Cancelled,  ///< by the user, for good
    Submitted,  ///< handed to a provider's batch
};

/// "preparing", "processing", "paused", "complete", "failed", "cancelled", "submitted".
QString nameOf(RunState state);
std::optional<RunState> stateNamed(const QString &name);

/// A run as it stands.
struct Run {
    qint64 number = 0; ///< in this database
    RunId id;
    QString name;
    QDateTime created;
    QDateTime ended;
    RunState state = RunState::Preparing;
    std::optional<Error> reason; ///< why it is paused or failed
    RunSpec spec;
    qint64 total = 0;
    qint64 queued = 0;
    qint64 running = 0;
    qint64 done = 0;
    qint64 failed = 0;
    qint64 cached = 0;
    qint64 promptTokens = 0; ///< this and what follows as the ledger has it: of all requests, whatever came of them
    qint64 completionTokens = 0;
    usage::Money cost;        ///< of the requests whose price is known
    qint64 unpriced = 0;      ///< requests whose price is not known
    usage::Money saved;       ///< by the cache
    usage::Money resultsCost; ///< of `cost`, what the results took; the rest came to nothing
    std::chrono::milliseconds busyTime{0};

    bool isOver() const;
    bool operator==(const Run &) const = default;
};

} // namespace quintet::batch
