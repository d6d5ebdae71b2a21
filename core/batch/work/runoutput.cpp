// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/runoutput.h"

#include "base/onpool.h"
#include "batch/output/atomicfile.h"
#include "batch/output/exporter.h"
#include "batch/output/runreport.h"
#include "batch/output/workbook.h"

#include <QCryptographicHash>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr int pageSize = 64;
constexpr int mostNames = 20; ///< that are tried for one file

/// What writeAtomically() made of all results in one file.
Result<QByteArray> writeAll(store::Database &database, const Clock &clock, const Run &run, const QString &path,
                            const CancelToken &token)
{
    ItemStore items(database, clock); // with a connection of this thread
    const OutputFormat format = run.spec.output.format;
    if (format == OutputFormat::Workbook)
        return writeWorkbook(run, items, path, token);
    return writeAtomically(path, [&](QIODevice &device) { return exportRun(run, items, format, device, token); });
}

} // namespace

RunOutput::RunOutput(store::Database &database, const Clock &clock, ItemStore &items, const Run &run)
    : m_database(database),
      m_clock(clock),
      m_items(items),
      m_files(database),
      m_runs(database, clock),
      m_run(run),
      m_names(m_files, run)
{
}

Task<Result<void>> RunOutput::check()
{
    if (!isWanted())
        co_return Result<void>();
    co_return co_await onPool([folder = m_run.spec.output.folder] { return checkWritable(folder); });
}

Task<Result<void>> RunOutput::record(Item item, ItemResult result)
{
    for (int tries = 1;; ++tries) {
        const std::optional<QString> path = isWanted() ? m_names.claim(item) : std::nullopt;
        std::optional<ItemFile> file;
        QByteArray content;
        if (path) {
            content = fileContent(m_run.spec, item, result);
            file = ItemFile{*path, QCryptographicHash::hash(content, QCryptographicHash::Sha256)};
        }
        const auto recorded = co_await m_items.finish(item.id, result, file);
        if (path)
            m_names.release(*path);
        // Another run into the same folder may have been faster by a moment; its name is known now.
        if (path && !recorded && recorded.error().kind == ErrorKind::Unavailable && tries < mostNames)
            continue;
        if (!recorded || !path)
            co_return recorded;
        co_return co_await write(item.id, *path, std::move(content));
    }
}

Task<Result<void>> RunOutput::write(qint64 item, QString path, QByteArray content)
{
    const auto written = co_await onPool([path, content] { return writeAtomically(path, content); });
    if (!written)
        co_return std::unexpected(written.error());
    co_return co_await m_items.markWritten(item);
}

Task<Result<void>> RunOutput::catchUp(CancelToken token)
{
    for (qint64 after = 0;;) {
        const auto page = m_items.inState(m_run, ItemState::Answered, after, pageSize);
        if (!page)
            co_return std::unexpected(page.error());
        for (const Item &item : *page) {
            if (token.stop_requested())
                co_return std::unexpected(cancelledError());
            after = item.id;
            const auto text = m_items.result(item.id);
            if (!text)
                co_return std::unexpected(text.error());
            const QByteArray content = fileContent(m_run.spec, item, {.text = *text});
            if (auto written = co_await write(item.id, item.output, content); !written)
                co_return written;
        }
        if (page->empty())
            co_return Result<void>();
    }
}

/// The file about the run as a whole, whose name is the run's before anything is written to it.
Task<Result<void>> RunOutput::writeForRun(QString stem, QString ending,
                                          std::function<Result<QByteArray>(QString)> write)
{
    for (;;) {
        const QString path = m_names.claimForRun(stem, ending);
        Result<bool> isOurs = m_files.ownerOf(path) == wholeRun(m_run.number);
        if (!*isOurs)
            isOurs = co_await m_files.remember(m_run, path, QByteArray(""));
        m_names.release(path);
        if (!isOurs)
            co_return std::unexpected(isOurs.error());
        if (!*isOurs)
            continue; // another run was faster by a moment
        const auto digest = co_await onPool([write, path] { return write(path); });
        if (!digest)
            co_return std::unexpected(digest.error());
        co_return (co_await m_files.remember(m_run, path, *digest)).transform([](bool) { });
    }
}

Task<Result<void>> RunOutput::writeWhole(CancelToken token)
{
    if (!isWanted() || !m_run.spec.output.isOneFile())
        co_return Result<void>();
    co_return co_await writeForRun(u"results"_s, nameOf(m_run.spec.output.format), [this, token](const QString &path) {
        return writeAll(m_database, m_clock, m_run, path, token);
    });
}

Task<Result<void>> RunOutput::writeReport()
{
    if (!isWanted())
        co_return Result<void>();
    const auto run = m_runs.find(m_run.id.value);
    if (!run)
        co_return std::unexpected(run.error());
    const auto written = co_await onPool([run = *run] { return batch::writeReport(run); });
    if (!written)
        co_return std::unexpected(written.error());
    co_return (co_await m_files.remember(m_run, written->path, written->digest)).transform([](bool) { });
}

} // namespace quintet::batch
