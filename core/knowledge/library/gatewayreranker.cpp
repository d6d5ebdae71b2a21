// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/library/gatewayreranker.h"

#include <limits>

namespace quintet::knowledge {

Task<Result<std::vector<double>>> GatewayReranker::scores(QString model, QString question, QStringList texts,
                                                          CancelToken token)
{
    const QString pattern = QStringLiteral("knowledge");
    const auto endpoint =
        m_endpoints.resolve({.endpoint = model.section(u'/', 0, 0), .model = model.section(u'/', 1)}, pattern);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    const auto ranking = co_await m_gateway.rerank(*endpoint,
                                                   {.pattern = pattern,
                                                    .model = endpoint->model,
                                                    .query = question,
                                                    .texts = texts,
                                                    .run = m_run,
                                                    .runBudget = m_budget},
                                                   token);
    if (!ranking)
        co_return std::unexpected(ranking.error());
    // A server may leave out what it finds worst.
    std::vector<double> scores(size_t(texts.size()), std::numeric_limits<double>::lowest());
    for (const llm::Ranked &ranked : ranking->results) {
        if (ranked.index >= 0 && ranked.index < texts.size())
            scores[size_t(ranked.index)] = ranked.score;
    }
    co_return Result<std::vector<double>>(std::move(scores));
}

} // namespace quintet::knowledge
