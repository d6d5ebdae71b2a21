// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/fileextractor.h"

#include "base/log.h"
#include "document/content.h"
#include "document/htmlreader.h"
#include "document/pdfreader.h"
#include "document/textreader.h"
#include "text/language.h"

#include <QCoreApplication>
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
class Reading final {
public:
    Reading() { m_promise.start(); }

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

bool isMarkdownName(const QString &name)
{
    static const QStringList endings = {QStringLiteral("md"),  QStringLiteral("markdown"), QStringLiteral("mdown"),
                                        QStringLiteral("mkd"), QStringLiteral("rmd"),      QStringLiteral("qmd")};
    return endings.contains(QFileInfo(name).suffix().toLower());
}

Result<Document> read(const Source &source, CancelToken token)
{
    auto content = openContent(source, token);
    if (!content)
        return std::unexpected(content.error());
    const auto &name = content->name;
    Result<Document> document = content->isPdf                        ? readPdf(*content, source.password, token)
                                : looksLikeHtml(content->bytes, name) ? readHtml(*content, token)
                                : isMarkdownName(name)                ? readMarkdown(*content, token)
                                                                      : readPlainText(*content, token);
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    if (!document)
        return document;
    if (!source.path.isEmpty())
        document->path = QFileInfo(source.path).absoluteFilePath();
    if (!document->date.isValid())
        document->date = content->changed;
    if (document->language.isEmpty())
        document->language = text::guessLanguage(document->text);
    return document;
}

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
    const auto reading = std::make_shared<Reading>();
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
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    try {
        return read(source, token);
    } catch (const std::exception &exception) {
        // Memory, or a library that throws: nothing is known of the file but that it could not be read.
        const QString name = source.name.isEmpty() ? QFileInfo(source.path).fileName() : source.name;
        return failure(
            ErrorKind::BadInput,
            QCoreApplication::translate(
                "document",
                "“%1” could not be read: it needs more memory than there is, or is damaged. Try a smaller part of it.")
                .arg(name),
            QString::fromUtf8(exception.what()));
    }
}

} // namespace quintet::document
