// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/documentbuilder.h"
#include "document/readers/writtentext.h"

namespace quintet::document {

/// Whether these bytes, under this name, are a web page.
bool looksLikeHtml(const QByteArray &head, const QString &name);

/// The readable text of a web page: its article or main part where it marks one, without navigation, tables of
/// contents, lists of links, consent banners, footnote marks, forms, scripts and what is hidden. Headings stand alone
/// and open Section places; list items start with "- "; the cells of a table's row are parted by " | ". Title, author,
/// date and language from its head. Nothing is fetched.
Result<Document> readHtml(const Content &content, const Reading &reading);

/// A page's bytes as text: as whoever sent them, or else the page says that it is encoded, unless they show otherwise.
std::optional<QString> decodedPage(const QByteArray &bytes, const QString &named = {});

/// The whole text of a page that is part of something else: a chapter, a message. False where it is nested too deeply
/// to be read; then nothing was added.
bool addPage(DocumentBuilder &builder, const QString &page);

} // namespace quintet::document
