// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/backend.h"
#include "llm/wire/decoder.h"
#include "net/httpclient.h"

namespace quintet::llm {

/// One answer of a server: a stream of server-sent events, or one JSON body where the server does not stream.
class HttpStream final : public Stream {
    Q_OBJECT

public:
    /// How the answer is to be read.
    struct Format {
        std::unique_ptr<wire::Decoder> decoder;
        Result<std::vector<Event>> (*response)(const QByteArray &body) = nullptr;
    };

    /// Sends `request`. `secrets` appear in no error.
    HttpStream(net::HttpClient &client, const Clock &clock, const net::HttpRequest &request, const QStringList &secrets,
               Format format, HeadSink onHead);

    void cancel() override { m_exchange->cancel(); }
    bool wasSent() const override { return m_exchange->wasSent(); }

private:
    void takeHead();
    void takeBytes(const QByteArray &bytes);
    void take(const std::vector<net::SseEvent> &events);
    void receiveAll(const std::vector<Event> &events);
    void giveUp(const Error &error);
    void exchangeFinished();
    Result<void> outcome();
    Result<void> takeWhole();

    const Clock &m_clock;
    QUrl m_url;
    QStringList m_secrets;
    Format m_format;
    HeadSink m_onHead;
    std::unique_ptr<net::HttpExchange> m_exchange;
    net::SseDecoder m_sse;
    QByteArray m_body;
    qint64 m_received = 0;
    std::optional<Error> m_error;
    bool m_isEventStream = false;
    bool m_isEnding = false;
};

} // namespace quintet::llm
