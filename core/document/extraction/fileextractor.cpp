// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"

#include "document/extraction/input.h"
#include "document/extraction/readdocument.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QPromise>

#include <qcorosignal.h>

#include <mutex>

namespace quintet::document {

namespace {

constexpr int readers = 2;
constexpr uint stackSize = 8u << 20; // a PDF may nest deeply

/// The result of one extraction, given once: by the reader, or by whoever cancels it first. A page that is being
/// read cannot be interrupted, so its task does not wait for it.
class Promised final {
public:
    Promised() { m_promise.start(); }

    QFuture<Result<Document>> future() { return m_promise.future(); }

    void finish(Result<Document> result)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_finished)
            return;
        m_finished = true;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    std::mutex m_mutex;
    QPromise<Result<Document>> m_promise;
    bool m_finished = false;
};

} // namespace

FileExtractor::FileExtractor()
{
    m_pool.setMaxThreadCount(readers);
    m_pool.setStackSize(stackSize);
    m_pool.setObjectName(QStringLiteral("extractor"));
}

FileExtractor::~FileExtractor()
{
    m_closing.request_stop();
    m_pool.clear();
    m_pool.waitForDone();
}

Task<Result<Document>> FileExtractor::extract(Source source, CancelToken token)
{
    const auto reading = std::make_shared<Promised>();
    const auto stop = std::make_shared<CancelSource>();
    const auto giveUp = [reading, stop] {
        stop->request_stop();
        reading->finish(std::unexpected(cancelledError()));
    };
    const std::stop_callback cancelled(token, giveUp);
    const std::stop_callback closing(m_closing.get_token(), giveUp);
    QFutureWatcher<Result<Document>> watcher;
    watcher.setFuture(reading->future());
    m_pool.start([reading, source = std::move(source), token = stop->get_token()] {
        reading->finish(extractNow(source, token));
    });
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QFutureWatcherBase::finished);
    co_return watcher.result();
}

Result<Document> FileExtractor::extractNow(const Source &source, CancelToken token)
{
    const auto input = openInput(source);
    if (!input)
        return std::unexpected(input.error());
    const auto content = contentOf(*input, token);
    if (!content)
        return std::unexpected(content.error());
    auto document = readDocument(*content, {.token = token});
    if (document && !source.path.isEmpty())
        document->path = QFileInfo(source.path).absoluteFilePath();
    return document;
}

} // namespace quintet::document
