// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ssedecoder.h"

#include <cstdlib>

using namespace quintet::net;

namespace {

std::vector<SseEvent> decode(QByteArrayView first, QByteArrayView second)
{
    SseDecoder decoder;
    std::vector<SseEvent> all;
    for (const QByteArrayView piece : {first, second}) {
        const auto events = decoder.feed(piece);
        if (events)
            all.insert(all.end(), events->begin(), events->end());
    }
    const auto last = decoder.finish();
    all.insert(all.end(), last.begin(), last.end());
    return all;
}

} // namespace

/// Events must be the same wherever the bytes are cut; the first byte says where.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    const qsizetype cut = bytes.isEmpty() ? 0 : data[0] % (bytes.size() + 1);
    if (decode(bytes, {}) != decode(bytes.first(cut), bytes.sliced(cut)))
        std::abort();
    return 0;
}
