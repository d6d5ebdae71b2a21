// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/journal.h"
#include "agent/loop/prompting.h"
#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"

namespace quintet::agent {

/// Makes requests that fit the model: older results are told in a line first, since they can be read again; where that
/// is not enough, the older steps are condensed by the model. Lives on the engine thread.
class Condenser final {
public:
    /// All outlive it.
    Condenser(llm::Gateway &gateway, llm::Catalog &catalog, Journal &journal)
        : m_gateway(gateway),
          m_catalog(catalog),
          m_journal(journal)
    {
    }

    /// The request for the next step. ContextTooLong where it cannot be made to fit; else as asking the model.
    Task<Result<llm::Request>> fit(std::vector<ToolFacts> tools, Telling telling, CancelToken token);

private:
    Task<Result<void>> condense(int last, qsizetype longest, CancelToken token);

    llm::Gateway &m_gateway;
    llm::Catalog &m_catalog;
    Journal &m_journal;
};

} // namespace quintet::agent
