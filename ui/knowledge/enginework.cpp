// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/enginework.h"

#include "knowledge/ingest/folderwatch.h"

namespace quintet::ui {

namespace {

Result<bool> done(const Result<void> &result)
{
    return result.transform([] { return true; });
}

} // namespace

Task<Result<bool>> keepUpToDate(knowledge::Library &library, QString id, QStringList urgent,
                                std::function<void(KeepingProgress)> tell, CancelToken token)
{
    const auto found = co_await library.find(id);
    if (!found)
        co_return std::unexpected(found.error());
    const std::shared_ptr<knowledge::Collection> collection = *found;
    knowledge::FolderWatch watch;
    for (;;) {
        knowledge::IngestWish wish{.urgent = std::exchange(urgent, {})};
        wish.onProgress = [tell](const knowledge::IngestProgress &progress) { tell(progress); };
        const auto report = co_await collection->ingest(std::move(wish), token);
        if (!report)
            co_return std::unexpected(report.error());
        const auto kept = co_await collection->keepVectors(
            [tell](const knowledge::VectorProgress &progress) { tell(progress); }, token);
        if (!kept)
            co_return std::unexpected(kept.error());
        tell(*report);
        const auto info = co_await collection->info();
        if (!info)
            co_return std::unexpected(info.error());
        if (!info->settings.watched)
            co_return true;
        QStringList sources;
        for (const knowledge::SourceRow &source : info->sources)
            sources << source.path;
        if (!co_await watch.change(sources, info->settings, token))
            co_return std::unexpected(cancelledError());
    }
}

Task<Result<QString>> makeCollection(knowledge::Library &library, QString name, QStringList paths)
{
    const auto made = co_await library.create(name);
    if (!made)
        co_return std::unexpected(made.error());
    const std::shared_ptr<knowledge::Collection> collection = *made;
    if (const auto added = co_await collection->addSources(paths); !added)
        co_return std::unexpected(added.error());
    co_return collection->id();
}

Task<Result<bool>> addPaths(knowledge::Library &library, QString id, QStringList paths)
{
    const auto collection = co_await library.find(id);
    if (!collection)
        co_return std::unexpected(collection.error());
    co_return done(co_await (*collection)->addSources(paths));
}

Task<Result<bool>> changeSettings(knowledge::Library &library, QString id,
                                  std::function<void(knowledge::CollectionSettings &)> change)
{
    const auto collection = co_await library.find(id);
    if (!collection)
        co_return std::unexpected(collection.error());
    auto info = co_await (*collection)->info();
    if (!info)
        co_return std::unexpected(info.error());
    change(info->settings);
    co_return done(co_await (*collection)->save(info->settings));
}

Task<Result<bool>> retryFailed(knowledge::Library &library, QString id)
{
    const auto collection = co_await library.find(id);
    if (!collection)
        co_return std::unexpected(collection.error());
    co_return done(co_await (*collection)->retry(false));
}

Task<Result<bool>> switchPassage(knowledge::Library &library, QString id, qint64 chunk, bool isOn)
{
    const auto collection = co_await library.find(id);
    if (!collection)
        co_return std::unexpected(collection.error());
    co_return done(co_await (*collection)->setEnabled(chunk, isOn));
}

Task<Result<Inspection>> inspect(knowledge::Library &library, knowledge::Query query, bool withOff, QString missed,
                                 CancelToken token)
{
    Inspection inspection;
    query.notes = std::make_shared<QStringList>();
    auto hits = co_await library.search(query, token);
    if (!hits)
        co_return std::unexpected(hits.error());
    inspection.hits = std::move(*hits);
    inspection.notes = *query.notes;
    if (!withOff)
        co_return Result<Inspection>(std::move(inspection));
    // What goes wrong from here on is said beside the hits.
    const auto collection = co_await library.find(query.collections.value(0));
    auto off = collection ? co_await (*collection)->switchedOff()
                          : Result<std::vector<knowledge::PassageRow>>(std::unexpected(collection.error()));
    if (off)
        inspection.off = std::move(*off);
    else
        inspection.notes << off.error().message;
    if (collection && !missed.isEmpty()) {
        auto sentences = co_await (*collection)->whyNot(query, missed, token);
        inspection.whyNot = sentences ? std::move(*sentences) : QStringList{sentences.error().message};
    }
    co_return Result<Inspection>(std::move(inspection));
}

Task<Result<bool>> exportCollection(knowledge::Library &library, QString id, QString path)
{
    const auto collection = co_await library.find(id);
    if (!collection)
        co_return std::unexpected(collection.error());
    co_return done(co_await (*collection)->exportTo(path));
}

Task<Result<QString>> importCollection(knowledge::Library &library, QString path)
{
    const auto imported = co_await library.import(path);
    co_return imported.transform([](const auto &collection) { return collection->id(); });
}

Task<Result<bool>> removeCollection(knowledge::Library &library, QString id)
{
    co_return done(co_await library.remove(id));
}

Task<Result<std::vector<knowledge::DocumentRow>>> failedDocuments(knowledge::Library &library, QString id)
{
    const auto collection = co_await library.find(id);
    if (!collection)
        co_return std::unexpected(collection.error());
    auto rows = co_await (*collection)->documents();
    if (rows)
        std::erase_if(*rows,
                      [](const knowledge::DocumentRow &row) { return row.state != knowledge::DocumentState::Failed; });
    co_return rows;
}

} // namespace quintet::ui
