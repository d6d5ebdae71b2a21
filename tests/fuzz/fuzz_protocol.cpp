// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/protocol.h"

#include <cstdlib>

using namespace quintet::document;

/// A worker that was taken over may say what it likes: no document that its parent believes points outside of its text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    static_cast<void>(errorFrom(bytes));
    const auto document = documentFrom(bytes, "The text of a document.");
    if (!document)
        return 0;
    for (const Place &place : document->places) {
        if (place.start < 0 || place.end > document->characters)
            std::abort();
    }
    return 0;
}
