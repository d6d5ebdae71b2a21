// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/chunks/chunker.h"
#include "document/readers/datareader.h"
#include "document/readers/delimitedreader.h"
#include "document/readers/latexreader.h"
#include "document/readers/markupreader.h"
#include "document/readers/rtfreader.h"
#include "document/readers/subtitlereader.h"
#include "document/readers/xmlreader.h"

#include <cstdlib>

using namespace quintet::document;

/// Whatever a file holds, its reader, QUINTET_READER, makes a document of it whose places lie inside of its text and in
/// order, or refuses it; and the document's chunks do too.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto document = QUINTET_READER({.name = QStringLiteral("fuzz"), .bytes = bytes}, {});
    if (!document)
        return 0;
    qint64 end = 0;
    for (const Place &place : document->places) {
        if (place.start < end || place.end <= place.start || place.end > document->characters)
            std::abort();
        end = place.end;
    }
    for (const Chunk &chunk : chunksOf(*document, {40, 10})) {
        if (chunk.end <= chunk.start || chunk.end > document->characters)
            std::abort();
    }
    return 0;
}
