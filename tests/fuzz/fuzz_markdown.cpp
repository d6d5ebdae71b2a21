// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/blocks.h"
#include "text/markdown.h"

#include <cstdlib>

using namespace quintet::text;

/// Blocks lie inside the text, in order, and never overlap.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    qsizetype end = 0;
    for (const Block &block : splitMarkdownBlocks(text)) {
        if (block.span.start < end || block.span.end < block.span.start || block.span.end > text.size())
            std::abort();
        end = block.span.end;
        static_cast<void>(plainInline(block.span.of(text)));
    }
    return 0;
}
