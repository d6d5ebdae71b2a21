// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/wire/decoder.h"

#include <QHash>

namespace quintet::llm::wire {

/// A streamed response of Anthropic's Messages. The tokens that the server read from its cache, or kept in it, count as
/// part of the prompt, as with other servers.
class AnthropicDecoder final : public Decoder {
public:
    Result<std::vector<Event>> feed(const net::SseEvent &event) override;

    /// A reason to stop was named.
    bool isComplete() const override { return m_complete; }

    /// "message_stop".
    bool isDone() const override { return m_done; }

private:
    void takeStart(const QJsonObject &message, std::vector<Event> &events);
    void openBlock(int index, const QJsonObject &block, std::vector<Event> &events);
    void takeDelta(int index, const QJsonObject &delta, std::vector<Event> &events);
    void closeBlock(int index, std::vector<Event> &events);
    void takeUsage(const QJsonObject &usage, std::vector<Event> &events);
    void takeStop(const QString &reason, std::vector<Event> &events);

    QHash<int, int> m_callOfBlock;
    QHash<int, Thinking> m_thoughtOfBlock;
    usage::TokenUsage m_usage;
    int m_calls = 0;
    bool m_complete = false;
    bool m_done = false;
};

} // namespace quintet::llm::wire
