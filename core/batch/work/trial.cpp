// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/trial.h"

#include "base/onpool.h"
#include "batch/source/sourcereader.h"

#include <QCoreApplication>

namespace quintet::batch {

namespace {

/// The first `count` items of a source, leaving out what Quintet wrote.
Task<Result<std::vector<ItemSource>>> firstItems(BatchParts parts, SourceSpec source, int count)
{
    std::vector<ItemSource> items;
    if (source.kind == SourceKind::Run) {
        RunStore runs(parts.database, parts.clock);
        ItemStore store(parts.database, parts.clock);
        const auto former = runs.find(source.run);
        if (!former)
            co_return std::unexpected(former.error());
        const auto done = store.inState(*former, ItemState::Done, 0, count);
        if (!done)
            co_return std::unexpected(done.error());
        for (const Item &item : *done) {
            const QString text = store.result(item.id).value_or(QString());
            items.push_back({.name = item.name, .path = {}, .size = text.size(), .content = text});
        }
        co_return items;
    }
    auto opened = openSource(source);
    if (!opened)
        co_return std::unexpected(opened.error());
    const std::shared_ptr<SourceReader> reader = std::move(*opened);
    FileStore files(parts.database);
    while (static_cast<int>(items.size()) < count) {
        auto page = co_await onPool([reader, count] { return reader->next(count); });
        if (!page)
            co_return std::unexpected(page.error());
        if (page->empty())
            break;
        for (ItemSource &item : *page) {
            const bool isOurs = !item.path.isEmpty() && files.wasWritten(item.path);
            if (!isOurs && static_cast<int>(items.size()) < count)
                items.push_back(std::move(item));
        }
    }
    co_return items;
}

Task<TriedItem> tryOne(Answerer &answerer, ItemReader &reader, ItemSource item, SourceKind kind, qint64 index,
                       CancelToken token)
{
    auto material = co_await reader.read(item, kind, index, token);
    if (!material)
        co_return TriedItem{item.name, {}, std::unexpected(material.error())};
    const QString text = material->values.text;
    co_return TriedItem{item.name, text, co_await answerer.answer(std::move(*material), token)};
}

} // namespace

Task<Result<std::vector<TriedItem>>> tryItems(BatchParts parts, RunSpec spec, int count, CancelToken token)
{
    const auto endpoint = parts.endpoint(spec.endpoint);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    Run run;
    run.spec = spec;
    run.spec.endpoint = *endpoint;
    Answerer answerer(parts.gateway, parts.catalog, parts.texts);
    if (auto prepared = co_await answerer.prepare(run, token); !prepared)
        co_return std::unexpected(prepared.error());
    const auto items = co_await firstItems(parts, spec.source, count);
    if (!items)
        co_return std::unexpected(items.error());
    if (items->empty())
        co_return failure(ErrorKind::BadInput, QCoreApplication::translate("batch", "There are no items to try."));
    ItemStore store(parts.database, parts.clock);
    ItemReader reader(parts.extractor, store);
    std::vector<Task<TriedItem>> begun;
    for (size_t i = 0; i < items->size(); ++i)
        begun.push_back(tryOne(answerer, reader, (*items)[i], spec.source.kind, static_cast<qint64>(i) + 1, token));
    std::vector<TriedItem> tried;
    for (Task<TriedItem> &each : begun)
        tried.push_back(co_await each);
    co_return tried;
}

} // namespace quintet::batch
