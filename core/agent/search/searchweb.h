// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/search/webservicestore.h"
#include "agent/tool.h"
#include "net/httpclient.h"

namespace quintet::agent {

/// `search_web`: by the service that the user set.
class SearchWeb final : public Tool {
public:
    SearchWeb(net::HttpClient &client, const WebServiceStore &services) : m_client(client), m_services(services) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    net::HttpClient &m_client;
    WebServiceStore m_services;
};

} // namespace quintet::agent
