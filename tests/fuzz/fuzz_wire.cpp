// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as a server might send them, through every wire format but OpenAI's chat, which has a target of its own.
#include "llm/stream.h"
#include "llm/wire/anthropic.h"
#include "llm/wire/anthropicdecoder.h"
#include "llm/wire/embeddings.h"
#include "llm/wire/thinktags.h"

using namespace quintet;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    llm::Completion completion;
    const auto fold = [&completion](const Result<std::vector<llm::Event>> &events) {
        for (const llm::Event &event : events.value_or(std::vector<llm::Event>{}))
            completion.apply(event);
    };
    fold(llm::wire::anthropicResponse(bytes));
    net::SseDecoder sse;
    llm::wire::AnthropicDecoder decoder;
    for (const net::SseEvent &event : sse.feed(bytes).value_or(std::vector<net::SseEvent>{}))
        fold(decoder.feed(event));
    static_cast<void>(llm::wire::embeddingsResponse(bytes, 3, 0));
    static_cast<void>(llm::wire::rerankResponse(bytes, 3));

    // However a text is cut, thoughts and answer are parted in the same way.
    const QString text = QString::fromUtf8(bytes);
    const auto parted = [](const QStringList &pieces) {
        llm::wire::ThinkTags tags;
        llm::Completion whole;
        for (const QString &piece : pieces) {
            for (const llm::Event &event : tags.feed(piece))
                whole.apply(event);
        }
        for (const llm::Event &event : tags.finish())
            whole.apply(event);
        return std::pair(whole.reasoning, whole.text);
    };
    const qsizetype cut = text.size() / 2;
    if (parted({text}) != parted({text.first(cut), text.sliced(cut)}))
        std::abort();
    return 0;
}
