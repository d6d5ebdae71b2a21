// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/library/gatewayembedder.h"

namespace quintet::knowledge {

Task<Result<std::vector<std::vector<float>>>> GatewayEmbedder::embed(QString model, QStringList texts, Kind kind,
                                                                     CancelToken token)
{
    const QString pattern = QStringLiteral("knowledge");
    const auto endpoint =
        m_endpoints.resolve({.endpoint = model.section(u'/', 0, 0), .model = model.section(u'/', 1)}, pattern);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    llm::EmbeddingRequest request{.pattern = pattern, .model = endpoint->model, .run = m_run, .runBudget = m_budget};
    const QString prefix = kind == Kind::Question ? endpoint->queryPrefix : endpoint->documentPrefix;
    for (const QString &text : std::as_const(texts))
        request.texts << prefix + text;
    auto embeddings = co_await m_gateway.embed(*endpoint, std::move(request), token);
    if (!embeddings)
        co_return std::unexpected(embeddings.error());
    co_return std::move(embeddings->vectors);
}

} // namespace quintet::knowledge
