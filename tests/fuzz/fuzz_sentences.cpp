// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/blocks.h"
#include "text/sentences.h"

#include <cstdlib>

using namespace quintet::text;

/// Sentences lie inside their blocks, in order, and never overlap.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const std::vector<Block> blocks = splitBlocks(text);
    qsizetype end = 0;
    for (const Sentence &sentence : splitSentences(text, blocks)) {
        const bool isInside = sentence.block >= 0 && static_cast<size_t>(sentence.block) < blocks.size()
                              && sentence.span.start >= end && sentence.span.end <= text.size()
                              && !sentence.span.isEmpty();
        if (!isInside)
            std::abort();
        end = sentence.span.end;
    }
    return 0;
}
