// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/enginework.h"

#include "base/onpool.h"
#include "batch/output/atomicfile.h"
#include "batch/output/exporter.h"
#include "batch/output/workbook.h"
#include "batch/work/cancellation.h"

namespace quintet::ui {

namespace {

constexpr int previewLength = 2'000; // characters of a result that a row of the table is made from
constexpr qsizetype shownSource = 200'000;

} // namespace

Task<Result<std::vector<batch::Run>>> readRuns(batch::BatchParts parts)
{
    co_return co_await onPool([parts] { return batch::RunStore(parts.database, parts.clock).all(); });
}

Task<Result<ItemIndex>> readIndex(batch::BatchParts parts, batch::Run run, batch::ItemQuery query)
{
    co_return co_await onPool([=]() -> Result<ItemIndex> {
        batch::ItemStore items(parts.database, parts.clock);
        auto ids = items.ids(run, query);
        if (!ids)
            return std::unexpected(ids.error());
        auto errors = batch::RunStore(parts.database, parts.clock).errorGroups(run);
        if (!errors)
            return std::unexpected(errors.error());
        return ItemIndex{std::move(*ids), std::move(*errors)};
    });
}

Task<Result<std::vector<batch::ItemRecord>>> readRecords(batch::BatchParts parts, std::vector<qint64> ids)
{
    co_return co_await onPool(
        [=] { return batch::ItemStore(parts.database, parts.clock).records(ids, previewLength); });
}

Task<Result<ItemDetail>> readDetail(batch::BatchParts parts, batch::Run run, qint64 id, std::optional<batch::Run> other,
                                    CancelToken token)
{
    auto detail = co_await onPool([=]() -> Result<ItemDetail> {
        batch::ItemStore items(parts.database, parts.clock);
        auto records = items.records({id}, std::numeric_limits<int>::max());
        if (!records || records->empty())
            return std::unexpected(records ? Error() : records.error());
        ItemDetail found{records->front(), {}, {}, {}};
        if (other) {
            // Runs over the same items number them alike.
            const qint64 twin = batch::itemId(other->number, found.record.item.position());
            const auto item = items.find(twin);
            if (item && item->name == found.record.item.name)
                found.otherResult = items.result(twin).value_or(QString());
        }
        return found;
    });
    if (!detail)
        co_return detail;
    batch::ItemStore items(parts.database, parts.clock);
    batch::ItemReader reader(parts.extractor, items);
    const auto material = co_await reader.read(detail->record.item, run.spec.source.kind, token);
    if (material)
        detail->source = material->values.text.left(shownSource);
    else
        detail->sourceProblem = material.error().message;
    co_return detail;
}

Task<Result<batch::Run>> workRun(batch::BatchParts parts, batch::Run run, std::function<void(qsizetype)> onProgress,
                                 CancelToken token)
{
    batch::Runner runner(parts, run);
    QObject::connect(&runner, &batch::Runner::progressed, &runner,
                     [&runner, onProgress] { onProgress(runner.underWay()); });
    co_return co_await runner.work(token);
}

Task<Result<batch::Run>> createRun(batch::BatchParts parts, batch::RunSpec spec)
{
    if (auto checked = batch::check(spec); !checked)
        co_return std::unexpected(checked.error());
    if (auto checked = batch::Template(spec.prompt).check(); !checked)
        co_return std::unexpected(checked.error());
    batch::RunStore runs(parts.database, parts.clock);
    co_return co_await runs.create(spec);
}

Task<Result<batch::Run>> limitRun(batch::BatchParts parts, batch::Run run, usage::Limit budget)
{
    batch::RunStore runs(parts.database, parts.clock);
    run.spec.budget = budget;
    if (auto set = co_await runs.setSpec(run, run.spec); !set)
        co_return std::unexpected(set.error());
    co_return runs.find(run.id.value);
}

Task<Result<batch::Run>> retryRun(batch::BatchParts parts, batch::Run run, QString errorKind)
{
    batch::ItemStore items(parts.database, parts.clock);
    if (auto done = co_await items.retryFailed(run, errorKind); !done)
        co_return std::unexpected(done.error());
    co_return batch::RunStore(parts.database, parts.clock).find(run.id.value);
}

Task<Result<batch::Run>> cancelRun(batch::BatchParts parts, batch::Run run)
{
    if (auto cancelled = co_await batch::cancelRun(parts, run); !cancelled)
        co_return std::unexpected(cancelled.error());
    co_return batch::RunStore(parts.database, parts.clock).find(run.id.value);
}

Task<Result<batch::Run>> removeRun(batch::BatchParts parts, batch::Run run)
{
    if (auto removed = co_await batch::removeRun(parts, run); !removed)
        co_return std::unexpected(removed.error());
    co_return run;
}

Task<Result<QString>> exportTo(batch::BatchParts parts, batch::Run run, batch::OutputFormat format, QString path,
                               CancelToken token)
{
    const auto written = co_await onPool([=]() -> Result<QByteArray> {
        batch::ItemStore items(parts.database, parts.clock);
        if (format == batch::OutputFormat::Workbook)
            return batch::writeWorkbook(run, items, path, token);
        return batch::writeAtomically(
            path, [&](QIODevice &device) { return batch::exportRun(run, items, format, device, token); });
    });
    co_return written.transform([&path](const QByteArray &) { return path; });
}

} // namespace quintet::ui
