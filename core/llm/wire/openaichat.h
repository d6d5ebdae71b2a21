// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/event.h"
#include "llm/request.h"
#include "net/ssedecoder.h"

#include <QHash>
#include <QJsonObject>
#include <QUrl>

#include <vector>

/// The wire format of OpenAI's Chat Completions, which most servers speak
/// (https://platform.openai.com/docs/api-reference/chat).
namespace quintet::llm::wire {

/// Where servers and models differ in what they take.
struct Dialect {
    bool completionTokens = false; ///< the limit is called max_completion_tokens; max_tokens is refused
    bool takesTemperature = true;  ///< false: any temperature but the model's own is refused

    bool operator==(const Dialect &) const = default;
};

/// OpenAI's own servers call the limit by its new name, and its reasoning models take no temperature.
Dialect dialectOf(const QUrl &baseUrl, const QString &model);

/// The body of POST chat/completions.
QJsonObject openAiChatRequest(const Request &request, bool stream, const Dialect &dialect = {});

/// The events in a response that came in one piece. Fails with Protocol where it is not such a response, and with the
/// server's own error where it carries one.
Result<std::vector<Event>> openAiChatResponse(const QByteArray &body);

/// The events in a streamed response, one server-sent event at a time. It reads the reasoning field under all its
/// names and puts tool calls together however their fragments are numbered.
class OpenAiChatDecoder final {
public:
    /// Fails with the server's error where it reports one in the stream, and with Protocol on what is not JSON.
    Result<std::vector<Event>> feed(const net::SseEvent &event);

    /// Whether the stream said that it is over ("[DONE]" or a finish reason): an end without is an interruption.
    bool isComplete() const { return m_complete; }

    /// Whether nothing more can follow ("[DONE]"); usage may still follow a finish reason.
    bool isDone() const { return m_done; }

private:
    void takeDelta(const QJsonObject &delta, std::vector<Event> &events);
    void takeToolCall(const QJsonObject &fragment, std::vector<Event> &events);
    int callFor(const QString &id, const QJsonObject &fragment);

    QHash<QString, int> m_callById;
    QHash<int, int> m_callByIndex;
    int m_calls = 0;
    bool m_complete = false;
    bool m_done = false;
    bool m_named = false;
};

} // namespace quintet::llm::wire
