// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answer.h"
#include "knowledge/retriever.h"
#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"

namespace quintet::knowledge {

/// What whoever waits for an answer may want to see of it; any may be empty. Called on the engine thread.
struct AskWatcher {
    std::function<void(const std::vector<Hit> &)> onPassages; ///< numbered as the markers will be
    std::function<void(const QString &)> onText;              ///< pieces, as they come
    std::function<void(const llm::Waiting &)> onWaiting;
};

/// Answers questions from collections: finds passages, has a model write the answer or the built-in engine quote it,
/// and checks each citation against its passage. Lives on the engine thread.
class Answerer final {
public:
    Answerer(Retriever &retriever, llm::Gateway &gateway, llm::Catalog &catalog)
        : m_retriever(retriever),
          m_gateway(gateway),
          m_catalog(catalog)
    {
    }

    /// Where the collections say nothing about it, the answer says so, and no model is asked. Errors as of a search and
    /// of any request.
    Task<Result<Answer>> ask(AskWish wish, AskWatcher watcher, CancelToken token);

private:
    Task<Result<QString>> questionOf(AskWish wish, llm::Completion *sum, CancelToken token);
    Task<Result<Answer>> answerFrom(AskWish wish, Answer answer, AskWatcher watcher, CancelToken token);

    Retriever &m_retriever;
    llm::Gateway &m_gateway;
    llm::Catalog &m_catalog;
};

/// What is said where nothing was found.
QString nothingFound();

} // namespace quintet::knowledge
