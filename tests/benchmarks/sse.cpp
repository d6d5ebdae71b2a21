// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include "llm/wire/openaidecoder.h"
#include "net/linedecoder.h"

namespace quintet::bench {

namespace {

constexpr qsizetype packet = 4096; // as bytes come off a socket

QByteArray streamOf(int chunks)
{
    QByteArray stream;
    for (int i = 0; i < chunks; ++i) {
        stream +=
            R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":)"
            R"([{"index":0,"delta":{"content":" word)"
            + QByteArray::number(i)
            + R"("},"finish_reason":null}]})"
              "\n\n";
    }
    return stream + "data: [DONE]\n\n";
}

void decode(const QByteArray &stream)
{
    net::SseDecoder sse;
    llm::wire::OpenAiDecoder decoder;
    for (qsizetype i = 0; i < stream.size(); i += packet) {
        const auto events = sse.feed(QByteArrayView(stream).sliced(i, std::min(packet, stream.size() - i)));
        for (const net::SseEvent &event : *events)
            static_cast<void>(decoder.feed(event));
    }
}

void scan(const QByteArray &stream)
{
    net::LineDecoder lines;
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < stream.size(); i += packet) {
        static_cast<void>(lines.feed(QByteArrayView(stream).sliced(i, std::min(packet, stream.size() - i)),
                                     [&bytes](QByteArrayView line) { bytes += line.size(); }));
    }
}

} // namespace

std::vector<Figure> sse(const Options &options)
{
    const int chunks = options.quick ? 20'000 : 200'000;
    const QByteArray stream = streamOf(chunks);
    const auto [decoding, scanning] = pairedSeconds(5, [&] { decode(stream); }, [&] { scan(stream); });
    return {{QStringLiteral("sse"), QStringLiteral("chat completion deltas, 4 KB packets"),
             QStringLiteral("throughput"), chunks / decoding, QStringLiteral("chunks/s"), chunks / scanning,
             QStringLiteral("bare line scan")}};
}

} // namespace quintet::bench
