// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/run.h"

#include "llm/specjson.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

template<typename T>
using Names = std::initializer_list<std::pair<T, QLatin1StringView>>;

const Names<TaskKind> taskNames{{TaskKind::Prompt, "prompt"_L1},     {TaskKind::Summarize, "summarize"_L1},
                                {TaskKind::Extract, "extract"_L1},   {TaskKind::Classify, "classify"_L1},
                                {TaskKind::Keywords, "keywords"_L1}, {TaskKind::Translate, "translate"_L1},
                                {TaskKind::Rewrite, "rewrite"_L1}};
const Names<SourceKind> sourceNames{{SourceKind::Files, "files"_L1},
                                    {SourceKind::Table, "table"_L1},
                                    {SourceKind::Lines, "lines"_L1},
                                    {SourceKind::Run, "run"_L1}};
const Names<OutputFormat> formatNames{{OutputFormat::Markdown, "md"_L1},     {OutputFormat::Text, "txt"_L1},
                                      {OutputFormat::Json, "json"_L1},       {OutputFormat::Csv, "csv"_L1},
                                      {OutputFormat::JsonLines, "jsonl"_L1}, {OutputFormat::Workbook, "xlsx"_L1}};
const Names<RunState> stateNames{{RunState::Preparing, "preparing"_L1}, {RunState::Processing, "processing"_L1},
                                 {RunState::Paused, "paused"_L1},       {RunState::Complete, "complete"_L1},
                                 {RunState::Failed, "failed"_L1},       {RunState::Cancelled, "cancelled"_L1},
                                 {RunState::Submitted, "submitted"_L1}};

template<typename T>
QString nameIn(const Names<T> &names, T value)
{
    const auto found = std::ranges::find(names, value, &std::pair<T, QLatin1StringView>::first);
    return found == names.end() ? QString() : QString(found->second);
}

template<typename T>
std::optional<T> valueIn(const Names<T> &names, const QString &name)
{
    const auto found = std::ranges::find(names, name, &std::pair<T, QLatin1StringView>::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

QStringList stringsFrom(const QJsonValue &value)
{
    QStringList all;
    for (const QJsonValue each : value.toArray())
        all << each.toString();
    return all;
}

QJsonObject toJson(const SourceSpec &source)
{
    return {{u"kind"_s, nameIn(sourceNames, source.kind)},
            {u"paths"_s, QJsonArray::fromStringList(source.paths)},
            {u"include"_s, QJsonArray::fromStringList(source.include)},
            {u"exclude"_s, QJsonArray::fromStringList(source.exclude)},
            {u"run"_s, source.run}};
}

SourceSpec sourceFrom(const QJsonObject &object)
{
    return {valueIn(sourceNames, object[u"kind"].toString()).value_or(SourceKind::Files), stringsFrom(object[u"paths"]),
            stringsFrom(object[u"include"]), stringsFrom(object[u"exclude"]), object[u"run"].toString()};
}

} // namespace

QString nameOf(TaskKind task)
{
    return nameIn(taskNames, task);
}

std::optional<TaskKind> taskNamed(const QString &name)
{
    return valueIn(taskNames, name);
}

QString nameOf(OutputFormat format)
{
    return nameIn(formatNames, format);
}

std::optional<OutputFormat> formatNamed(const QString &name)
{
    return valueIn(formatNames, name);
}

QString nameOf(RunState state)
{
    return nameIn(stateNames, state);
}

std::optional<RunState> stateNamed(const QString &name)
{
    return valueIn(stateNames, name);
}

bool OutputSpec::isOneFile() const
{
    return inOneFile || format == OutputFormat::Csv || format == OutputFormat::JsonLines
           || format == OutputFormat::Workbook;
}

bool Run::isOver() const
{
    return state == RunState::Complete || state == RunState::Failed || state == RunState::Cancelled;
}

QJsonObject toJson(const RunSpec &spec)
{
    QJsonObject object{{u"name"_s, spec.name},
                       {u"source"_s, toJson(spec.source)},
                       {u"task"_s, nameOf(spec.task)},
                       {u"prompt"_s, spec.prompt},
                       {u"labels"_s, QJsonArray::fromStringList(spec.labels)},
                       {u"language"_s, spec.language},
                       {u"schema"_s, spec.schema},
                       {u"endpoint"_s, toJson(spec.endpoint)},
                       {u"parameters"_s, toJson(spec.parameters)},
                       {u"use_cache"_s, spec.useCache},
                       {u"jobs"_s, spec.jobs},
                       {u"provider_batch"_s, spec.viaProvider},
                       {u"output"_s, QJsonObject{{u"folder"_s, spec.output.folder},
                                                 {u"format"_s, nameOf(spec.output.format)},
                                                 {u"in_one_file"_s, spec.output.inOneFile},
                                                 {u"overwrite"_s, spec.output.overwrite}}}};
    if (spec.budget.money)
        object[u"budget_usd"] = spec.budget.money->dollars();
    if (spec.budget.tokens)
        object[u"budget_tokens"] = *spec.budget.tokens;
    return object;
}

RunSpec specFrom(const QJsonObject &object)
{
    RunSpec spec;
    spec.name = object[u"name"].toString();
    spec.source = sourceFrom(object[u"source"].toObject());
    spec.task = taskNamed(object[u"task"].toString()).value_or(TaskKind::Prompt);
    spec.prompt = object[u"prompt"].toString();
    spec.labels = stringsFrom(object[u"labels"]);
    spec.language = object[u"language"].toString();
    spec.schema = object[u"schema"].toObject();
    spec.endpoint = llm::endpointFrom(object[u"endpoint"].toObject());
    spec.parameters = llm::parametersFrom(object[u"parameters"].toObject());
    spec.useCache = object[u"use_cache"].toBool(true);
    spec.jobs = object[u"jobs"].toInt();
    spec.viaProvider = object[u"provider_batch"].toBool();
    const QJsonObject output = object[u"output"].toObject();
    spec.output = {output[u"folder"].toString(),
                   formatNamed(output[u"format"].toString()).value_or(OutputFormat::Markdown),
                   output[u"in_one_file"].toBool(), output[u"overwrite"].toBool()};
    if (const auto budget = object[u"budget_usd"]; budget.isDouble())
        spec.budget.money = usage::Money::fromDollars(budget.toDouble());
    if (const auto budget = object[u"budget_tokens"]; budget.isDouble())
        spec.budget.tokens = budget.toInteger();
    return spec;
}

Result<void> check(const RunSpec &spec)
{
    if (spec.task == TaskKind::Prompt && spec.prompt.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, tr("Say what to do with each item: a prompt, or a ready-made task."));
    if (spec.task == TaskKind::Classify && spec.labels.size() < 2)
        return failure(ErrorKind::BadInput, tr("To classify, give two labels or more, parted by commas."));
    if (spec.task == TaskKind::Translate && spec.language.isEmpty())
        return failure(ErrorKind::BadInput, tr("To translate, name the language to translate into."));
    if (spec.task == TaskKind::Extract && spec.schema.isEmpty())
        return failure(ErrorKind::BadInput,
                       tr("To extract fields, name them: a JSON schema, or short: name, age int, tags list."));
    if (spec.task == TaskKind::Rewrite && spec.prompt.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, tr("To rewrite, say how: \"in plain words\", \"half as long\"."));
    if (spec.viaProvider && spec.endpoint.kind != llm::EndpointKind::OpenAi)
        return failure(ErrorKind::BadInput,
                       tr("%1 has no batch interface in OpenAI's format. Run it live, or choose another endpoint.")
                           .arg(spec.endpoint.name));
    if (spec.endpoint.kind != llm::EndpointKind::Builtin)
        return {};
    const auto needsModel = [](const QString &what) {
        return failure(
            ErrorKind::NeedsModel,
            tr("%1 needs a model. The built-in engine summarizes, finds keywords, and answers a question "
               "to each item by quoting it. Connect a model with: quintet endpoints add, or in the settings.")
                .arg(what));
    };
    if (!spec.schema.isEmpty())
        return needsModel(tr("Filling in fields"));
    if (!spec.language.isEmpty())
        return needsModel(tr("Another language"));
    switch (spec.task) {
    case TaskKind::Prompt:
    case TaskKind::Keywords: return {};
    case TaskKind::Summarize:
        return spec.prompt.trimmed().isEmpty() ? Result<void>() : needsModel(tr("An instruction of your own"));
    case TaskKind::Extract: return needsModel(tr("Filling in fields"));
    case TaskKind::Classify: return needsModel(tr("Classifying"));
    case TaskKind::Translate: return needsModel(tr("Translating"));
    case TaskKind::Rewrite: return needsModel(tr("Rewriting"));
    }
    Q_UNREACHABLE();
}

QString defaultName(const RunSpec &spec)
{
    const auto what = [&spec] {
        switch (spec.task) {
        case TaskKind::Prompt: {
            const QString line = spec.prompt.simplified();
            return line.size() > 40 ? line.first(39) + u'…' : line;
        }
        case TaskKind::Summarize: return tr("summaries");
        case TaskKind::Extract: return tr("fields to a table");
        case TaskKind::Classify: return tr("labels");
        case TaskKind::Keywords: return tr("keywords");
        case TaskKind::Translate: return tr("translated into %1").arg(spec.language);
        case TaskKind::Rewrite: return tr("rewritten");
        }
        Q_UNREACHABLE();
    };
    const QString from =
        spec.source.kind == SourceKind::Run ? tr("Results") : QFileInfo(spec.source.paths.value(0)).fileName();
    return u"%1: %2"_s.arg(from, what());
}

} // namespace quintet::batch
