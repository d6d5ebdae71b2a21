// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/webpage.h"

namespace quintet::document {

Task<Result<Document>> readWebPage(net::PageFetcher &pages, Extractor &extractor, QUrl url, CancelToken token,
                                   net::PageFetcher::Origin origin)
{
    const Result<net::Page> page = co_await pages.fetch(url, origin, token);
    if (!page)
        co_return std::unexpected(page.error());
    auto document = co_await extractor.extract(
        {.bytes = page->body, .name = page->url.fileName(), .encoding = page->charset}, token);
    if (document)
        document->path = page->url.toString(QUrl::RemoveUserInfo);
    co_return document;
}

} // namespace quintet::document
