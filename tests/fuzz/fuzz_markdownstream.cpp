// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdownstream.h"

#include <QByteArrayView>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace quintet::text;

// However a text is cut, what was committed stays, and the end is as if all had been read at once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const qsizetype step = data[0] % 32 + 1;
    const QString markdown = QString::fromUtf8(QByteArrayView(data + 1, static_cast<qsizetype>(size) - 1));
    MarkdownStream stream;
    std::vector<LeafBlock> committed;
    for (qsizetype i = 0; i < markdown.size(); i += step) {
        stream.append(QStringView(markdown).sliced(i, std::min(step, markdown.size() - i)));
        stream.update();
        if (!std::equal(committed.begin(), committed.end(), stream.leaves().begin()))
            std::abort();
        committed.assign(stream.leaves().begin(),
                         stream.leaves().begin() + static_cast<std::ptrdiff_t>(stream.committed()));
    }
    stream.finish();
    if (stream.leaves() != readLeaves(markdown))
        std::abort();
    for (const LeafBlock &leaf : stream.leaves()) {
        qsizetype at = 0;
        for (const Run &run : leaf.runs) {
            if (run.span.start != at)
                std::abort();
            at = run.span.end;
        }
        if (at != leaf.text.size() || leaf.source.end > markdown.size() || leaf.source.start > leaf.source.end)
            std::abort();
    }
    return 0;
}
