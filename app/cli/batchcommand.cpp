// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/batchcommand.h"

#include "app/cli/batchoptions.h"
#include "app/cli/batchwork.h"
#include "app/cli/table.h"
#include "app/resultjson.h"
#include "batch/work/cancellation.h"
#include "batch/work/estimate.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr int samples = 40; // items that are read for an estimate
constexpr qsizetype shortId = 12;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString progressOf(const batch::Run &run)
{
    return tr("%1 of %2").arg(run.done).arg(run.total);
}

int list(Invocation &invocation, const batch::RunStore &runs)
{
    const auto all = runs.all();
    if (!all)
        return invocation.fail(all.error());
    Table table(invocation.output(), {tr("run"), tr("name"), tr("state"), tr("done"), tr("failed"), tr("cost")});
    for (const batch::Run &run : *all) {
        QJsonObject object = resultJson(run);
        object[u"name"] = run.name;
        object[u"created"] = run.created.toString(Qt::ISODate);
        table.add(object, {run.id.value.first(shortId), run.name, nameOf(run.state), progressOf(run),
                           QString::number(run.failed), costOf(run)});
    }
    table.print();
    if (all->empty())
        invocation.output().note(tr("There are no batch runs yet. Begin one with: quintet batch run SOURCE"));
    return exitStatus::done;
}

int show(Invocation &invocation, const batch::RunStore &runs, const batch::Run &run)
{
    Output &output = invocation.output();
    if (output.isJson()) {
        output.object(resultJson(run));
        return exitStatus::done;
    }
    output.line(run.name);
    output.line(tr("run      %1").arg(run.id.value));
    output.line(tr("state    %1").arg(nameOf(run.state)));
    output.line(tr("items    %1 done, %2 failed, %3 waiting, %4 under way, %5 in all")
                    .arg(run.done)
                    .arg(run.failed)
                    .arg(run.queued)
                    .arg(run.running)
                    .arg(run.total));
    output.line(tr("tokens   %1 in, %2 out, %3 answers from the cache")
                    .arg(run.promptTokens)
                    .arg(run.completionTokens)
                    .arg(run.cached));
    const usage::Money lost{run.cost.nanoDollars - run.resultsCost.nanoDollars};
    output.line(lost.nanoDollars > 0
                    ? tr("cost     %1, of it %2 for attempts without a result").arg(costOf(run), display(lost))
                    : tr("cost     %1").arg(costOf(run)));
    if (!run.spec.output.folder.isEmpty())
        output.line(tr("results  %1").arg(run.spec.output.folder));
    if (run.reason)
        output.line(tr("reason   %1").arg(run.reason->message));
    const auto groups = runs.errorGroups(run);
    const auto marks = runs.marks(run);
    if (!groups || !marks)
        return invocation.fail(groups ? marks.error() : groups.error());
    if (marks->repeated > 0 && run.spec.endpoint.kind != llm::EndpointKind::Builtin)
        output.line(
            tr("repeated %1 (under way when Quintet ended: may have been paid for twice)").arg(marks->repeated));
    if (marks->changed > 0)
        output.line(tr("changed  %1 (other files when they were read than when they were listed)").arg(marks->changed));
    for (const batch::ErrorGroup &group : *groups)
        output.line(tr("failed   %1 × %2").arg(group.count).arg(group.message));
    return exitStatus::done;
}

/// The run with the endpoint and the budget that were named with it, if any were: a run may go on elsewhere, and with
/// more.
Task<Result<batch::Run>> withChanges(Invocation &invocation, batch::RunStore &runs, batch::Run run)
{
    const batch::RunSpec before = run.spec;
    if (invocation.isSet(u"endpoint"_s) || invocation.isSet(u"base-url"_s) || invocation.isSet(u"model"_s)) {
        const auto endpoint = invocation.endpoint();
        if (!endpoint)
            co_return std::unexpected(endpoint.error());
        run.spec.endpoint = *endpoint;
    }
    const usage::Limit budget = invocation.budget();
    if (budget.money)
        run.spec.budget.money = budget.money;
    if (budget.tokens)
        run.spec.budget.tokens = budget.tokens;
    if (run.spec == before)
        co_return run;
    if (auto set = co_await runs.setSpec(run, run.spec); !set)
        co_return std::unexpected(set.error());
    co_return run;
}

Error cancelledRun(const batch::Run &run)
{
    return Error(ErrorKind::BadInput,
                 tr("The run was cancelled. Its results are there: quintet batch export %1").arg(run.id.value));
}

Task<int> resume(Invocation &invocation, Services &services, batch::Run run, bool retries)
{
    batch::RunStore runs(services.database(), services.clock());
    if (run.state == batch::RunState::Cancelled)
        co_return invocation.fail(cancelledRun(run));
    auto ready = co_await withChanges(invocation, runs, run);
    if (!ready)
        co_return invocation.fail(ready.error());
    if (retries) {
        batch::ItemStore items(services.database(), services.clock());
        if (auto done = co_await items.retryFailed(*ready, {}); !done)
            co_return invocation.fail(done.error());
    }
    co_return co_await workRun(invocation, services, *ready);
}

/// Takes the answers of an offline engine over.
Task<int> import(Invocation &invocation, Services &services, batch::Run run)
{
    if (run.state == batch::RunState::Cancelled)
        co_return invocation.fail(cancelledRun(run));
    const QString path = QFileInfo(invocation.arguments().at(2)).absoluteFilePath();
    if (!QFileInfo(path).isFile())
        co_return invocation.fail(Error(ErrorKind::BadInput, tr("There is no file %1.").arg(path)));
    co_return co_await workRun(invocation, services, run,
                               batch::Runner::OfflineJob{batch::Runner::OfflineJob::ReadAnswers, path});
}

Task<int> cancel(Invocation &invocation, Services &services, batch::Run run)
{
    batch::RunStore runs(services.database(), services.clock());
    if (!run.isOver()) {
        if (auto cancelled = co_await batch::cancelRun(services.batchParts(), run); !cancelled)
            co_return invocation.fail(cancelled.error());
    }
    auto now = runs.find(run.id.value);
    if (now && batch::hasResultsToTake(*now)) {
        invocation.output().note(tr("The provider was asked to stop; waiting for what it has done until then …"));
        now = co_await batch::Runner(services.batchParts(), *now).work(invocation.token());
    }
    if (!now)
        co_return invocation.fail(now.error());
    if (batch::hasResultsToTake(*now)) {
        invocation.output().note(tr("The provider has not stopped yet. Take what it has done until then with: quintet "
                                    "batch cancel %1")
                                     .arg(run.id.value));
        if (now->reason)
            co_return invocation.fail(*now->reason);
    }
    const int status = show(invocation, runs, *now);
    co_return invocation.token().stop_requested() ? exitStatus::interrupted : status;
}

int exportResults(Invocation &invocation, Services &services, const batch::Run &run)
{
    const auto format = formatFrom(invocation);
    if (!format || *format == batch::OutputFormat::Workbook)
        return invocation.failUsage(format ? tr("A workbook cannot be printed; run with --out DIR --format xlsx.")
                                           : format.error().message);
    const auto printed = printResults(invocation, services, run, format->value_or(batch::OutputFormat::JsonLines));
    return printed ? exitStatus::done : invocation.fail(printed.error());
}

QString shownTime(const std::optional<std::chrono::milliseconds> &time)
{
    if (!time)
        return tr("not known");
    const qint64 seconds = (time->count() + 999) / 1000;
    return seconds < 120 ? tr("about %1 s").arg(seconds) : tr("about %1 min").arg((seconds + 59) / 60);
}

void print(Output &output, const batch::Estimate &estimate)
{
    QJsonArray unreadable;
    for (const batch::Unreadable &each : estimate.unreadable)
        unreadable.append(QJsonObject{{u"name"_s, each.name}, {u"reason"_s, each.reason}});
    if (output.isJson()) {
        output.object(
            {{u"items"_s, estimate.items},
             {u"sampled"_s, estimate.sampled},
             {u"prompt_tokens"_s, estimate.promptTokens},
             {u"completion_tokens"_s, estimate.completionTokens},
             {u"cached"_s, estimate.cached},
             {u"cost_usd"_s, estimate.cost ? QJsonValue(estimate.cost->dollars()) : QJsonValue()},
             {u"seconds"_s, estimate.time ? QJsonValue(qint64((estimate.time->count() + 999) / 1000)) : QJsonValue()},
             {u"model"_s, estimate.model},
             {u"unreadable"_s, unreadable},
             {u"first_prompt"_s, estimate.firstPrompt}});
        return;
    }
    output.line(tr("items    %1").arg(estimate.items));
    output.line(tr("model    %1").arg(estimate.model));
    output.line(tr("tokens   about %1 in, %2 out").arg(estimate.promptTokens).arg(estimate.completionTokens));
    output.line(tr("cost     %1").arg(estimate.cost ? display(*estimate.cost) : tr("not known")));
    output.line(tr("time     %1").arg(shownTime(estimate.time)));
    if (estimate.cached > 0)
        output.line(tr("cached   %1").arg(estimate.cached));
    if (estimate.sampled < estimate.items)
        output.line(tr("reckoned from %1 of the items").arg(estimate.sampled));
    for (const batch::Unreadable &each : estimate.unreadable)
        output.line(tr("cannot be read: %1: %2").arg(each.name, each.reason));
    if (!estimate.firstPrompt.isEmpty())
        output.line(tr("\nThe first item will be sent as:\n\n%1").arg(estimate.firstPrompt));
}

Task<int> dryRun(Invocation &invocation, Services &services, batch::RunSpec spec)
{
    invocation.output().progress(tr("Counting …"));
    batch::Estimator estimator(services.batchParts(), services.prices(), services.cache());
    const auto estimate = co_await estimator.estimate(spec, samples, invocation.token());
    invocation.output().progress({});
    if (!estimate)
        co_return invocation.fail(estimate.error());
    print(invocation.output(), *estimate);
    invocation.noteBudget();
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QString verb = invocation.arguments().value(0);
    if (verb == u"run")
        co_return co_await runBatch(invocation);
    const bool isList = verb == u"list" && invocation.arguments().size() == 1;
    const bool isImport = verb == u"import" && invocation.arguments().size() == 3;
    const bool hasId = isImport
                       || (QStringList{u"show"_s, u"resume"_s, u"retry"_s, u"cancel"_s, u"export"_s}.contains(verb)
                           && invocation.arguments().size() == 2);
    if (!isList && !hasId)
        co_return invocation.failUsage(tr("batch takes: run SOURCE, list, import ID FILE, or show, resume, retry, "
                                          "cancel, export with the id of a run."));
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    const batch::RunStore runs((*services)->database(), (*services)->clock());
    if (isList)
        co_return list(invocation, runs);
    const auto found = runs.find(invocation.arguments().at(1));
    if (!found)
        co_return invocation.fail(found.error());
    if (verb == u"show")
        co_return show(invocation, runs, *found);
    if (verb == u"cancel")
        co_return co_await cancel(invocation, **services, *found);
    if (isImport)
        co_return co_await import(invocation, **services, *found);
    if (verb == u"export")
        co_return exportResults(invocation, **services, *found);
    co_return co_await resume(invocation, **services, *found, verb == u"retry");
}

} // namespace

Task<int> runBatch(Invocation &invocation)
{
    if (invocation.arguments().size() != 2)
        co_return invocation.failUsage(tr("Name one source: a folder, a file, a CSV or JSONL file, or run:ID."));
    auto spec = runSpecFrom(invocation, invocation.arguments().at(1));
    if (!spec)
        co_return invocation.failUsage(spec.error().message);
    if (const QString path = spec->source.paths.value(0); !path.isEmpty() && !QFileInfo::exists(path))
        co_return invocation.fail(Error(ErrorKind::BadInput, tr("There is no file or folder %1.").arg(path)));
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    spec->endpoint = *endpoint;
    if (auto checked = batch::check(*spec); !checked)
        co_return checked.error().kind == ErrorKind::BadInput ? invocation.failUsage(checked.error().message)
                                                              : invocation.fail(checked.error());
    Services &services = **invocation.services();
    if (invocation.isSet(u"dry-run"_s))
        co_return co_await dryRun(invocation, services, *spec);
    batch::RunStore runs(services.database(), services.clock());
    if (spec->source.kind == batch::SourceKind::Run) {
        const auto former = runs.find(spec->source.run);
        if (!former)
            co_return invocation.fail(former.error());
        spec->source.run = former->id.value;
    }
    const auto created = co_await runs.create(*spec);
    if (!created)
        co_return invocation.fail(created.error());
    if (invocation.output().isJson())
        invocation.output().object({{u"id"_s, created->id.value}});
    else
        invocation.output().note(tr("Run %1").arg(created->id.value));
    if (!invocation.isSet(u"to-jsonl"_s))
        co_return co_await workRun(invocation, services, *created);
    const QString path = QFileInfo(invocation.value(u"to-jsonl"_s)).absoluteFilePath();
    co_return co_await workRun(invocation, services, *created,
                               batch::Runner::OfflineJob{batch::Runner::OfflineJob::WriteRequests, path});
}

Command batchCommand()
{
    return {
        u"batch"_s,
        u"run SOURCE | list | show ID | resume ID | retry ID | cancel ID | export ID | import ID FILE"_s,
        tr("One prompt over many items: files, rows of a table, results of a former run (run:ID)."),
        {{u"prompt"_s, u"TEXT"_s, tr("what to do with each item; may hold {{text}}, {{file.name}}, {{row.COLUMN}}")},
         {u"task"_s, u"NAME"_s, tr("summarize, extract, classify, keywords, translate or rewrite")},
         {u"labels"_s, u"A,B,..."_s, tr("what to classify into")},
         {u"language"_s, u"NAME"_s, tr("what to translate into, or to answer in")},
         {u"schema"_s, u"FILE.json"_s, tr("the answers' JSON schema, or short: \"name, age int, tags list\"")},
         {u"include"_s, u"GLOB"_s, tr("of a folder, only these files; may be given again")},
         {u"exclude"_s, u"GLOB"_s, tr("of a folder, not these files; may be given again")},
         {u"out"_s, u"DIR"_s, tr("write the results into this folder; without it they are printed")},
         {u"format"_s, u"FORM"_s, tr("md, txt or json for a file each; csv, jsonl or xlsx for one of all")},
         {u"overwrite"_s, {}, tr("write also over files that Quintet did not write")},
         {u"jobs"_s, u"N"_s, tr("work on N items at a time; else as many as the server bears")},
         {u"provider-batch"_s, {}, tr("as a batch of the provider's: half the price, within a day")},
         {u"to-jsonl"_s, u"FILE"_s,
          tr("ask nothing; write the requests for an offline engine such as vLLM's run-batch")},
         {u"dry-run"_s, {}, tr("ask nothing; say what the run would take")}},
        run};
}

} // namespace quintet::cli
