// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/content.h"

namespace quintet::document {

/// Whether these bytes, under this name, are a web page.
bool looksLikeHtml(const QByteArray &head, const QString &name);

/// The readable text of a web page: its article or main part where it marks one, without navigation, forms, scripts and
/// what is hidden. Headings stand alone and open Section places; list items start with "- "; the cells of a table's row
/// are parted by " | ". Title, author, date and language from its head. Nothing is fetched.
Result<Document> readHtml(const Content &content, CancelToken token);

} // namespace quintet::document
