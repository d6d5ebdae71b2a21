// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/agentdoor.h"
#include "app/serve/apiserver.h"
#include "app/serve/batchdoor.h"
#include "app/serve/chatdoor.h"
#include "app/serve/knowledgedoor.h"
#include "app/serve/openai/openaidoor.h"
#include "app/serve/summarizedoor.h"
#include "app/serve/usagedoor.h"

namespace quintet::serve {

/// How to serve.
struct ServeSettings {
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8765; ///< 0: any that is free
    QStringList origins; ///< of web pages that may use the server
    llm::EndpointChoice endpoint;
    QByteArray token;

    bool operator==(const ServeSettings &) const = default;
};

/// The server with all its doors. Lives on the engine thread.
class Serving final {
public:
    /// `dataFolder`: where what clients send is kept.
    Serving(Services &services, const QString &dataFolder, const ServeSettings &settings, const Limits &limits = {});

    /// BadInput where the address or port cannot be had.
    Result<void> start();

    quint16 port() const { return m_server.port(); }
    const QByteArray &token() const { return m_settings.token; }

    /// Ends streams, pauses runs so that the next server goes on with them, and is done when all is at rest.
    Task<void> stop();

private:
    ServeSettings m_settings;
    Routes m_routes;
    SummarizeDoor m_summarize;
    ChatDoor m_chat;
    BatchDoor m_batch;
    KnowledgeDoor m_knowledge;
    AgentDoor m_agent;
    UsageDoor m_usage;
    OpenAiDoor m_openAi;
    ApiServer m_server;
};

/// The token of this data folder's server: QUINTET_SERVE_TOKEN where it is set, else the one that `secrets` keep, else
/// a new one. BadInput for a variable that holds no good token.
Task<Result<QByteArray>> serveToken(store::Secrets &secrets);

/// Makes another token; who knew the old one is out after the next start. BadInput where QUINTET_SERVE_TOKEN names it,
/// Storage where the old one cannot be replaced.
Task<Result<QByteArray>> renewServeToken(store::Secrets &secrets);

} // namespace quintet::serve
