// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/stream.h"
#include "llm/wire/openaichat.h"
#include "llm/wire/openaidecoder.h"

using namespace quintet;

/// Whatever a server sends is folded into an answer or refused, and never crashes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    llm::Completion completion;
    const auto fold = [&completion](const Result<std::vector<llm::Event>> &events) {
        for (const llm::Event &event : events.value_or(std::vector<llm::Event>{}))
            completion.apply(event);
    };
    fold(llm::wire::openAiChatResponse(bytes));
    net::SseDecoder sse;
    llm::wire::OpenAiDecoder decoder;
    for (const net::SseEvent &event : sse.feed(bytes).value_or(std::vector<net::SseEvent>{}))
        fold(decoder.feed(event));
    return 0;
}
