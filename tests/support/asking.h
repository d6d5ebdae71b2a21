// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"

namespace quintet::test {

/// The server as an endpoint.
inline llm::Endpoint endpointAt(const ScriptedServer &server)
{
    return {QStringLiteral("scripted"),
            llm::EndpointKind::OpenAi,
            server.url(QStringLiteral("/v1")),
            QStringLiteral("scripted-small"),
            {}};
}

inline llm::Request hello(const QString &text = QStringLiteral("one two three"))
{
    llm::Request request;
    request.pattern = QStringLiteral("chat");
    request.model = QStringLiteral("scripted-small");
    request.messages = {{llm::Role::User, text}};
    return request;
}

/// Says hello() to the server through the gateway of the house.
inline Result<llm::Completion> ask(House &house, const ScriptedServer &server,
                                   std::vector<llm::Event> *events = nullptr)
{
    return resultOf(llm::collect(house.gateway.ask(endpointAt(server), hello()),
                                 [events](const llm::Event &event) {
                                     if (events)
                                         events->push_back(event);
                                 },
                                 {}));
}

} // namespace quintet::test
