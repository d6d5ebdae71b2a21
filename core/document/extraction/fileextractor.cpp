// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"

#include "document/extraction/input.h"
#include "document/extraction/readdocument.h"
#include "document/extraction/runonpool.h"

#include <QFileInfo>

namespace quintet::document {

namespace {

constexpr int readers = 2;
constexpr uint stackSize = 8u << 20; // a PDF may nest deeply

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
    const auto work = [source = std::move(source)](CancelToken inner) { return extractNow(source, inner); };
    co_return co_await runOnPool<Document>(m_pool, work, token, m_closing.get_token());
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
