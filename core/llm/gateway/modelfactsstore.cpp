// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/modelfactsstore.h"

#include <QSqlQuery>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

QString serverOf(const Endpoint &endpoint)
{
    return endpoint.baseUrl.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment
                                     | QUrl::StripTrailingSlash);
}

} // namespace

ModelFactsStore::Facts &ModelFactsStore::factsOf(const Endpoint &endpoint, const QString &model)
{
    const std::pair key(model, endpoint.baseUrl);
    const auto known = m_facts.find(key);
    if (known != m_facts.end())
        return known->second;
    Facts facts;
    if (auto connection = m_database.reader()) {
        static_cast<void>(connection->select(
            u"SELECT token_factor, answers, context FROM model_fact WHERE server = ? AND model = ?"_s,
            {serverOf(endpoint), model}, [&facts](const QSqlQuery &row) {
                facts = {row.value(0).toDouble(), row.value(1).toLongLong(), {.tokens = row.value(2).toLongLong()}};
            }));
    }
    return m_facts.emplace(key, facts).first->second;
}

void ModelFactsStore::keep(const Endpoint &endpoint, const QString &model, const Facts &facts)
{
    m_database.writer().writeSoon([server = serverOf(endpoint), model, facts](store::Connection &connection) {
        return connection.execute(u"INSERT OR REPLACE INTO model_fact (server, model, token_factor, answers, context) "
                                  "VALUES (?, ?, ?, ?, ?)"_s,
                                  {server, model, facts.tokenFactor, facts.answers, facts.context.tokens});
    });
}

double ModelFactsStore::tokenFactor(const Endpoint &endpoint, const QString &model)
{
    return factsOf(endpoint, model).tokenFactor;
}

LearntContext ModelFactsStore::learntContext(const Endpoint &endpoint, const QString &model)
{
    return factsOf(endpoint, model).context;
}

void ModelFactsStore::countedPrompt(const Endpoint &endpoint, const QString &model, qint64 estimated, qint64 reported)
{
    Facts &facts = factsOf(endpoint, model);
    const double factor = learntFactor(facts.tokenFactor, facts.answers, estimated, reported);
    if (factor == facts.tokenFactor)
        return;
    // What hardly moves any more is not worth a write at each answer.
    const bool isNews = facts.answers < 5 || std::abs(factor - facts.tokenFactor) > 0.02;
    facts.tokenFactor = factor;
    ++facts.answers;
    if (isNews)
        keep(endpoint, model, facts);
}

void ModelFactsStore::overflowed(const Endpoint &endpoint, const QString &model, qint64 context)
{
    Facts &facts = factsOf(endpoint, model);
    facts.context = {.tokens = context, .isNew = true};
    keep(endpoint, model, facts);
}

} // namespace quintet::llm
