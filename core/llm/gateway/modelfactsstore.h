// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/modelfacts.h"
#include "store/database.h"

#include <QUrl>

#include <map>

namespace quintet::llm {

/// What was learnt about models, in quintet.db. Each model is read once.
class ModelFactsStore final : public ModelFacts {
public:
    explicit ModelFactsStore(store::Database &database) : m_database(database) { }

    double tokenFactor(const Endpoint &endpoint, const QString &model) override;
    LearntContext learntContext(const Endpoint &endpoint, const QString &model) override;
    void countedPrompt(const Endpoint &endpoint, const QString &model, qint64 estimated, qint64 reported) override;
    void overflowed(const Endpoint &endpoint, const QString &model, qint64 context) override;

private:
    struct Facts {
        double tokenFactor = 1;
        qint64 answers = 0;
        LearntContext context;
    };
    Facts &factsOf(const Endpoint &endpoint, const QString &model);
    void keep(const Endpoint &endpoint, const QString &model, const Facts &facts);

    store::Database &m_database;
    std::map<std::pair<QString, QUrl>, Facts> m_facts; ///< by model and server
};

} // namespace quintet::llm
