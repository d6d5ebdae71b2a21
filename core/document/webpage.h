// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"
#include "net/pagefetcher.h"

namespace quintet::document {

/// The document at an http(s) address that the user typed, or that came from elsewhere: fetched, then read as a file
/// would be. Its path is the address it came from, without user and password. Fails as the fetcher and the extractor
/// do; lives on their thread.
Task<Result<Document>> readWebPage(net::PageFetcher &pages, Extractor &extractor, QUrl url, CancelToken token,
                                   net::PageFetcher::Origin origin = net::PageFetcher::Origin::User);

} // namespace quintet::document
