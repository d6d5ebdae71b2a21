// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/knowledgeoutput.h"
#include "app/cli/knowledgequestions.h"
#include "app/cli/table.h"
#include "app/resultjson.h"
#include "knowledge/ingest/folderwatch.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;
using knowledge::Collection;
using CollectionPointer = std::shared_ptr<Collection>;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Absolute, without dots and a slash at the end.
QStringList absolute(const QStringList &paths)
{
    QStringList all;
    for (const QString &path : paths)
        all << QDir::cleanPath(QDir::current().absoluteFilePath(path));
    return all;
}

/// Reads what is new, and brings the vectors up to date.
Task<Result<knowledge::IngestReport>> bringUpToDate(Invocation &invocation, CollectionPointer collection,
                                                    QStringList urgent)
{
    Output &output = invocation.output();
    knowledge::IngestWish wish{.urgent = std::move(urgent)};
    wish.onProgress = [&output](const knowledge::IngestProgress &progress) { output.progress(lineFor(progress)); };
    auto report = co_await collection->ingest(std::move(wish), invocation.token());
    output.progress({});
    if (!report)
        co_return report;
    const auto kept = co_await collection->keepVectors(
        [&output](const knowledge::VectorProgress &progress) { output.progress(lineFor(progress)); },
        invocation.token());
    output.progress({});
    if (!kept)
        co_return std::unexpected(kept.error());
    co_return report;
}

int tellReport(Invocation &invocation, const QString &name, const knowledge::IngestReport &report)
{
    for (const QString &failure : report.failures)
        invocation.output().error(Error(ErrorKind::BadInput, failure));
    if (invocation.output().isJson())
        invocation.output().object(resultJson(name, report));
    else
        invocation.output().note(sentenceFor(report));
    return report.failed > 0 ? exitStatus::failed : exitStatus::done;
}

/// Follows changes until it is stopped.
Task<int> watch(Invocation &invocation, CollectionPointer collection, QString name)
{
    invocation.output().note(tr("Watching for changes; Ctrl-C ends it."));
    knowledge::FolderWatch watch;
    for (;;) {
        const auto info = co_await collection->info();
        if (!info)
            co_return invocation.fail(info.error());
        QStringList sources;
        for (const knowledge::SourceRow &source : info->sources)
            sources << source.path;
        if (!co_await watch.change(sources, info->settings, invocation.token()))
            co_return exitStatus::interrupted;
        const auto report = co_await bringUpToDate(invocation, collection, {});
        if (!report)
            co_return invocation.fail(report.error());
        if (report->read + report->known + report->removed + report->failed > 0)
            tellReport(invocation, name, *report);
    }
}

Task<int> add(Invocation &invocation, Services &services)
{
    const QString name = invocation.arguments().value(1);
    const QStringList paths = absolute(invocation.arguments().mid(2));
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path))
            co_return invocation.failInput(
                Error(ErrorKind::BadInput, tr("%1 is not there.").arg(QDir::toNativeSeparators(path))));
    }
    auto found = co_await services.library().find(name);
    if (!found && found.error().kind == ErrorKind::BadInput)
        found = co_await services.library().create(name);
    if (!found)
        co_return invocation.failInput(found.error());
    const CollectionPointer collection = *found;
    const auto info = co_await collection->info();
    if (!info)
        co_return invocation.fail(info.error());
    knowledge::CollectionSettings settings = info->settings;
    settings.watched = settings.watched || invocation.isSet(u"watch"_s);
    if (invocation.isSet(u"embedding"_s))
        settings.embedding = invocation.value(u"embedding"_s);
    if (invocation.isSet(u"rerank"_s))
        settings.reranker = invocation.value(u"rerank"_s) == u"none" ? QString() : invocation.value(u"rerank"_s);
    settings.include += invocation.values(u"include"_s);
    settings.exclude += invocation.values(u"exclude"_s);
    if (settings != info->settings) {
        if (const auto saved = co_await collection->save(settings); !saved)
            co_return invocation.fail(saved.error());
    }
    if (const auto added = co_await collection->addSources(paths); !added)
        co_return invocation.failInput(added.error());
    const auto report = co_await bringUpToDate(invocation, collection, paths);
    if (!report)
        co_return invocation.fail(report.error());
    const int status = tellReport(invocation, name, *report);
    if (invocation.isSet(u"watch"_s))
        co_return co_await watch(invocation, collection, name);
    co_return status;
}

Task<int> list(Invocation &invocation, Services &services)
{
    const auto infos = co_await services.library().list();
    if (!infos)
        co_return invocation.fail(infos.error());
    Table table(invocation.output(), {tr("name"), tr("documents"), tr("passages"), tr("size"), tr("state")});
    for (const knowledge::CollectionInfo &info : *infos)
        table.add(resultJson(info), rowFor(info));
    table.print();
    co_return exitStatus::done;
}

Task<int> show(Invocation &invocation, CollectionPointer collection)
{
    const auto info = co_await collection->info();
    const auto documents = co_await collection->documents();
    if (!info || !documents)
        co_return invocation.fail(info ? documents.error() : info.error());
    Output &output = invocation.output();
    if (!output.isJson())
        output.text(textFor(*info));
    else
        output.object(resultJson(*info));
    Table table(output, {tr("state"), tr("document"), tr("reason")});
    for (const knowledge::DocumentRow &row : *documents)
        table.add(jsonFrom(row), {nameOf(row.state), row.path, row.reason});
    table.print();
    co_return exitStatus::done;
}

Task<int> remove(Invocation &invocation, Services &services, CollectionPointer collection)
{
    const QString name = invocation.arguments().value(1);
    const QStringList paths = absolute(invocation.arguments().mid(2));
    if (paths.isEmpty()) {
        if (const auto removed = co_await services.library().remove(name); !removed)
            co_return invocation.failInput(removed.error());
        invocation.output().note(tr("The collection %1 is removed; the documents themselves stay.").arg(name));
        co_return exitStatus::done;
    }
    if (const auto removed = co_await collection->removePaths(paths); !removed)
        co_return invocation.failInput(removed.error());
    const auto report = co_await bringUpToDate(invocation, collection, {});
    co_return report ? exitStatus::done : invocation.fail(report.error());
}

Task<int> rebuild(Invocation &invocation, CollectionPointer collection)
{
    if (const auto cleared = co_await collection->clear(); !cleared)
        co_return invocation.fail(cleared.error());
    const auto report = co_await bringUpToDate(invocation, collection, {});
    co_return report ? tellReport(invocation, invocation.arguments().value(1), *report)
                     : invocation.fail(report.error());
}

Task<int> check(Invocation &invocation, CollectionPointer collection)
{
    const auto report = co_await collection->check(invocation.token());
    if (!report)
        co_return invocation.fail(report.error());
    print(invocation.output(), *report);
    co_return report->isSound() ? exitStatus::done : exitStatus::failed;
}

Task<int> exportCollection(Invocation &invocation, CollectionPointer collection)
{
    const QString path = absolute({invocation.arguments().value(2)}).first();
    if (QFileInfo::exists(path))
        co_return invocation.failInput(Error(
            ErrorKind::BadInput, tr("%1 is there already; name another file.").arg(QDir::toNativeSeparators(path))));
    if (const auto done = co_await collection->exportTo(path); !done)
        co_return invocation.failInput(done.error());
    invocation.output().note(tr("Written: %1").arg(QDir::toNativeSeparators(path)));
    co_return exitStatus::done;
}

Task<int> import(Invocation &invocation, Services &services)
{
    const auto collection = co_await services.library().import(absolute({invocation.arguments().value(1)}).first());
    if (!collection)
        co_return invocation.failInput(collection.error());
    const auto info = co_await (*collection)->info();
    if (!info)
        co_return invocation.fail(info.error());
    if (invocation.output().isJson())
        invocation.output().object(resultJson(*info));
    else
        invocation.output().note(tr("The collection is here as %1.").arg(info->settings.name));
    co_return exitStatus::done;
}

/// How many arguments each verb takes, itself included.
struct Verb {
    QString name;
    int least;
    int most;
};

const QList<Verb> &verbs()
{
    constexpr int any = std::numeric_limits<int>::max();
    static const QList<Verb> all{{u"add"_s, 3, any},  {u"search"_s, 3, any}, {u"ask"_s, 3, any},   {u"list"_s, 1, 1},
                                 {u"show"_s, 2, 2},   {u"remove"_s, 2, any}, {u"rebuild"_s, 2, 2}, {u"check"_s, 2, 2},
                                 {u"export"_s, 3, 3}, {u"import"_s, 2, 2}};
    return all;
}

Task<int> run(Invocation &invocation)
{
    const QStringList &arguments = invocation.arguments();
    const QString verb = arguments.value(0, u"list"_s);
    const auto known = std::ranges::find(verbs(), verb, &Verb::name);
    if (known == verbs().end())
        co_return invocation.failUsage(
            tr("knowledge knows add, search, ask, list, show, remove, rebuild, check, export "
               "and import, not %1.")
                .arg(verb));
    const auto count = std::max<qsizetype>(1, arguments.size());
    const bool readsQueries = verb == u"search" && invocation.isSet(u"queries"_s);
    if (count > known->most || count < (readsQueries ? 2 : known->least))
        co_return invocation.failUsage(tr("knowledge %1 takes other arguments.").arg(verb));
    const auto opened = invocation.services();
    if (!opened)
        co_return invocation.fail(opened.error());
    Services &services = **opened;
    if (verb == u"add")
        co_return co_await add(invocation, services);
    if (verb == u"search")
        co_return co_await searchCollection(invocation, services);
    if (verb == u"ask")
        co_return co_await askCollection(invocation, services);
    if (verb == u"list")
        co_return co_await list(invocation, services);
    if (verb == u"import")
        co_return co_await import(invocation, services);
    const auto collection = co_await services.library().find(arguments.value(1));
    const bool mayBeBroken = verb == u"remove" && arguments.size() == 2;
    if (!collection && !(mayBeBroken && collection.error().kind != ErrorKind::BadInput))
        co_return invocation.failInput(collection.error());
    if (verb == u"remove")
        co_return co_await remove(invocation, services, collection.value_or(nullptr));
    if (verb == u"show")
        co_return co_await show(invocation, *collection);
    if (verb == u"rebuild")
        co_return co_await rebuild(invocation, *collection);
    if (verb == u"check")
        co_return co_await check(invocation, *collection);
    co_return co_await exportCollection(invocation, *collection);
}

} // namespace

Command knowledgeCommand()
{
    return {
        u"knowledge"_s,
        u"add COLLECTION PATH... | search COLLECTION QUERY | ask COLLECTION QUESTION | list | show COLLECTION | remove "
        "COLLECTION [PATH...] | rebuild COLLECTION | check COLLECTION | export COLLECTION FILE | import FILE"_s,
        tr("Questions to your own documents, answered with the page."),
        {{u"watch"_s, {}, tr("with add: stay, and follow changes of the files")},
         {u"embedding"_s, u"NAME"_s, tr("with add: builtin, or ENDPOINT/MODEL, which turns passages into vectors")},
         {u"include"_s, u"GLOB"_s, tr("with add: take only files like this; once for each")},
         {u"exclude"_s, u"GLOB"_s, tr("with add: leave out files like this; once for each")},
         {u"k"_s, u"N"_s, tr("with search and ask: this many passages (3)")},
         {u"rerank"_s, u"NAME"_s,
          tr("ENDPOINT/MODEL, which puts passages in order, or none; with add: always, else this time")},
         {u"whole"_s, {}, tr("with ask: go over all passages, for what is asked about all documents")},
         {u"mode"_s, u"MODE"_s, tr("with search: hybrid, keyword or vector")},
         {u"queries"_s, u"FILE"_s, tr("with search: a query a line, as {\"id\", \"query\"}")}},
        run};
}

} // namespace quintet::cli
