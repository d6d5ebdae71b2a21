// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/wire/decoder.h"
#include "llm/wire/plainchunk.h"
#include "llm/wire/thinktags.h"

#include <QHash>
#include <QJsonObject>

#include <optional>

namespace quintet::llm::wire {

/// A streamed response of OpenAI's Chat Completions, as servers really send it: the reasoning field under all its
/// names, thoughts between tags in the text, refusals, usage in a chunk of its own, tool calls put together however
/// their fragments are numbered.
class OpenAiDecoder final : public Decoder {
public:
    /// `reader` may be shared with other decoders of this thread.
    explicit OpenAiDecoder(std::shared_ptr<PlainChunkReader> reader = std::make_shared<PlainChunkReader>());

    Result<std::vector<Event>> feed(const net::SseEvent &event) override;
    std::vector<Event> finish() override { return m_thinkTags.finish(); }

    /// "[DONE]" or a finish reason.
    bool isComplete() const override { return m_complete; }

    /// "[DONE]"; usage may still follow a finish reason.
    bool isDone() const override { return m_done; }

private:
    Result<std::vector<Event>> readWhole(const QByteArray &data);
    void takeModel(const QString &model, std::vector<Event> &events);
    void takeChoice(const QJsonObject &choice, std::vector<Event> &events);
    void takeDelta(const QJsonObject &delta, std::vector<Event> &events);
    void takeFinishReason(const QString &reason, std::vector<Event> &events);
    void takeText(const QString &text, std::vector<Event> &events);
    void takeToolCall(const QJsonObject &fragment, std::vector<Event> &events);
    int callFor(const QString &id, const QJsonObject &fragment);

    std::shared_ptr<PlainChunkReader> m_reader;
    ThinkTags m_thinkTags;
    QHash<QString, int> m_callById;
    QHash<int, int> m_callByIndex;
    int m_calls = 0;
    bool m_complete = false;
    bool m_done = false;
    bool m_named = false;
    bool m_refused = false;
};

} // namespace quintet::llm::wire
