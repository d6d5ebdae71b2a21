// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "llm/endpoint.h"
#include "pattern/advisor.h"
#include "ui/drop/given.h"
#include "usage/ledgerstore.h"
#include "usage/prices.h"

namespace quintet::ui {

/// What advice is given from. The services live on the engine thread and outlive the session.
struct AdviceServices {
    EngineThread &engine;
    const usage::Prices &prices;
    const usage::LedgerStore &ledger;
};

/// Knows which tab fits what is typed or dropped, and what it will take with the model in use: its price, and its speed
/// as the ledger has it. Files are counted off the GUI thread. Lives on the GUI thread.
class AdviceSession final : public QObject {
    Q_OBJECT

public:
    explicit AdviceSession(AdviceServices services, QObject *parent = nullptr);

    /// The model that is reckoned with.
    void setEndpoint(const llm::Endpoint &endpoint);
    const pattern::ModelFacts &facts() const { return m_facts; }

    /// What advice is wanted for; advised() comes at once, and again when its files were counted.
    void consider(const Given &given);
    const Given &given() const { return m_given; }

    /// Nothing while there is nothing to advise on.
    const std::optional<pattern::Recommendation> &advice() const { return m_advice; }

    /// "about $0.004 · about 12 s", as far as it is known; empty where nothing is.
    QString expectation() const;

    /// All patterns, the recommended first, each with why it or why not it.
    std::vector<std::pair<pattern::Traits, QString>> choices() const;

Q_SIGNALS:
    void advised();

private:
    /// Files and characters under some paths.
    struct Sizes {
        int files = 0;
        int folderFiles = 0;
        int pictures = 0;
        qint64 characters = 0;
    };
    static Sizes sizesOf(const QStringList &paths, const CancelToken &token);
    void advise();

    AdviceServices m_services;
    llm::Endpoint m_endpoint;
    pattern::ModelFacts m_facts;
    Given m_given;
    std::optional<Sizes> m_sizes;
    std::optional<pattern::Recommendation> m_advice;
    EngineCall<pattern::ModelFacts> m_readingFacts;
    EngineCall<Sizes> m_counting;
};

/// What is expected in words, empty where nothing is known.
QString expectationWords(const std::optional<double> &costUsd, const std::optional<double> &seconds);

} // namespace quintet::ui
