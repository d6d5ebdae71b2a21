// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/batchoptions.h"

#include "batch/answer/answerschema.h"
#include "batch/answer/template.h"
#include "batch/source/sourcereader.h"

#include <QCoreApplication>
#include <QDir>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr auto formerRun = "run:"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

batch::SourceSpec sourceFrom(const Invocation &invocation, const QString &source)
{
    batch::SourceSpec spec;
    if (source.startsWith(formerRun)) {
        spec.kind = batch::SourceKind::Run;
        spec.run = source.sliced(formerRun.size());
        return spec;
    }
    spec.kind = batch::kindOfSource(source);
    spec.paths = {QDir::cleanPath(QFileInfo(source).absoluteFilePath())};
    spec.include = invocation.values(u"include"_s);
    spec.exclude = invocation.values(u"exclude"_s);
    return spec;
}

Result<void> takeTask(const Invocation &invocation, batch::RunSpec &spec)
{
    spec.prompt = invocation.value(u"prompt"_s);
    spec.language = invocation.value(u"language"_s);
    for (const QString &list : invocation.values(u"labels"_s)) {
        for (const QString &label : list.split(u',', Qt::SkipEmptyParts))
            spec.labels << label.trimmed();
    }
    if (!invocation.isSet(u"task"_s)) {
        if (!invocation.isSet(u"prompt"_s))
            return failure(ErrorKind::BadInput, tr("Say what to do with each item: --prompt TEXT, or --task NAME."));
    } else if (const auto task = batch::taskNamed(invocation.value(u"task"_s));
               task && *task != batch::TaskKind::Prompt) {
        spec.task = *task;
    } else {
        return failure(ErrorKind::BadInput,
                       tr("--task takes summarize, extract, classify, keywords, translate or rewrite, not %1.")
                           .arg(invocation.value(u"task"_s)));
    }
    if (!invocation.isSet(u"schema"_s))
        return {};
    return batch::schemaFrom(invocation.value(u"schema"_s)).transform([&spec](const QJsonObject &schema) {
        spec.schema = schema;
    });
}

Result<void> takeOutput(const Invocation &invocation, batch::RunSpec &spec)
{
    const auto format = formatFrom(invocation);
    if (!format)
        return std::unexpected(format.error());
    spec.output.format = format->value_or(usualFormat(spec));
    spec.output.overwrite = invocation.isSet(u"overwrite"_s);
    // Rows have no place in folders, so what is made of them goes into one file.
    spec.output.inOneFile =
        spec.source.kind == batch::SourceKind::Table || spec.source.kind == batch::SourceKind::Lines;
    if (invocation.isSet(u"out"_s)) {
        if (invocation.value(u"out"_s).isEmpty())
            return failure(ErrorKind::BadInput, tr("--out takes the name of a folder."));
        spec.output.folder = QDir::cleanPath(QFileInfo(invocation.value(u"out"_s)).absoluteFilePath());
    } else if (spec.output.format == batch::OutputFormat::Workbook) {
        return failure(ErrorKind::BadInput, tr("A workbook needs a folder to be written into: --out DIR."));
    }
    return {};
}

} // namespace

batch::OutputFormat usualFormat(const batch::RunSpec &spec)
{
    const bool isTable = spec.source.kind == batch::SourceKind::Table || spec.source.kind == batch::SourceKind::Lines;
    return isTable || !spec.schema.isEmpty() || spec.task == batch::TaskKind::Classify ? batch::OutputFormat::Csv
                                                                                       : batch::OutputFormat::Markdown;
}

Result<std::optional<batch::OutputFormat>> formatFrom(const Invocation &invocation)
{
    if (!invocation.isSet(u"format"_s))
        return std::optional<batch::OutputFormat>();
    const auto format = batch::formatNamed(invocation.value(u"format"_s));
    if (!format)
        return failure(
            ErrorKind::BadInput,
            tr("--format takes md, txt, json, csv, jsonl or xlsx, not %1.").arg(invocation.value(u"format"_s)));
    return format;
}

Result<batch::RunSpec> runSpecFrom(const Invocation &invocation, const QString &source)
{
    batch::RunSpec spec;
    spec.source = sourceFrom(invocation, source);
    if (auto taken = takeTask(invocation, spec); !taken)
        return std::unexpected(taken.error());
    if (auto checked = batch::Template(spec.prompt).check(); !checked)
        return std::unexpected(checked.error());
    if (auto taken = takeOutput(invocation, spec); !taken)
        return std::unexpected(taken.error());
    spec.parameters = invocation.parameters();
    spec.budget = invocation.budget();
    spec.useCache = !invocation.isSet(u"no-cache"_s);
    spec.viaProvider = invocation.isSet(u"provider-batch"_s);
    if (spec.viaProvider && invocation.isSet(u"to-jsonl"_s))
        return failure(ErrorKind::BadInput, tr("--provider-batch and --to-jsonl exclude each other."));
    spec.jobs = invocation.value(u"jobs"_s).toInt();
    return spec;
}

} // namespace quintet::cli
