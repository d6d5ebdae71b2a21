// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/content.h"

namespace quintet::document {

/// What a file is, as far as it decides who reads it.
enum class Format {
    Text,
    Code,
    Markdown,
    RestructuredText,
    Org,
    AsciiDoc,
    Latex,
    Html,
    Rtf,
    Delimited,
    Json,
    JsonLines,
    Notebook,
    Xml,
    Subtitles,
    Pdf,
    Word,         ///< DOCX
    Slides,       ///< PPTX
    Workbook,     ///< XLSX
    OpenDocument, ///< ODT, ODP, ODS
    Epub,
    Message, ///< EML
    Mailbox, ///< MBOX
    Zip,
    Tar,   ///< also compressed
    Image, ///< PNG, JPEG, TIFF, WebP, GIF
};

/// What `content` is, by its bytes and its name together: bytes that tell their format go before the name, the name
/// decides between texts. Fails with BadInput and what it is, where it is something that has no text to read. Looks at
/// the head of the file only, and at the directory of a ZIP file.
Result<Format> formatOf(const Content &content);

} // namespace quintet::document
