// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/preparation.h"

#include "base/onpool.h"
#include "batch/source/sourcereader.h"

#include <QCoreApplication>

namespace quintet::batch {

namespace {

constexpr int listedAtOnce = 2'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

} // namespace

Task<Result<void>> Preparation::list(Run run, CancelToken token)
{
    if (run.total > 0) {
        if (auto cleared = co_await m_items.clear(run); !cleared)
            co_return cleared;
    }
    Result<void> listed;
    if (run.spec.source.kind == SourceKind::Run) {
        const auto former = m_runs.find(run.spec.source.run);
        if (!former)
            co_return std::unexpected(former.error());
        listed = co_await m_items.addResults(run, *former);
    } else {
        listed = co_await listSource(run, token);
    }
    if (!listed)
        co_return listed;
    const auto now = m_runs.find(run.id.value);
    if (!now)
        co_return std::unexpected(now.error());
    if (now->total == 0)
        co_return failure(ErrorKind::BadInput, tr("There are no items: no file or row fits what was chosen."));
    co_return Result<void>();
}

Task<Result<void>> Preparation::listSource(Run run, CancelToken token)
{
    auto opened = openSource(run.spec.source);
    if (!opened)
        co_return std::unexpected(opened.error());
    const std::shared_ptr<SourceReader> reader = std::move(*opened);
    qint64 position = 0;
    for (;;) {
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        auto page = co_await onPool([reader] { return reader->next(listedAtOnce); });
        if (!page)
            co_return std::unexpected(page.error());
        if (page->empty())
            co_return Result<void>();
        std::erase_if(*page,
                      [this](const ItemSource &item) { return !item.path.isEmpty() && m_files.wasWritten(item.path); });
        const auto count = static_cast<qint64>(page->size());
        if (auto added = co_await m_items.add(run, position, std::move(*page)); !added)
            co_return added;
        position += count;
    }
}

} // namespace quintet::batch
