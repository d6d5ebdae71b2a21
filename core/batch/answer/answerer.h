// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/answer/answerschema.h"
#include "batch/answer/instruction.h"
#include "batch/item.h"
#include "llm/gateway/gateway.h"
#include "llm/server/catalog.h"

namespace quintet::batch {

/// What an item was found to be made of.
struct Material {
    document::Document document; ///< of a row: its text alone
    TemplateValues values;
    bool hasChanged = false; ///< the file is another one than it was when it was listed
};

/// Does to one item what its run wants. Lives on the engine thread, and outlives its tasks.
class Answerer final {
public:
    Answerer(llm::Gateway &gateway, llm::Catalog &catalog, TextTask &texts)
        : m_gateway(gateway),
          m_catalog(catalog),
          m_texts(texts)
    {
    }

    /// Finds out what every item of the run will need: the model, how much it reads, the schema. Fails with what the
    /// user has to mend before anything is sent.
    Task<Result<void>> prepare(Run run, CancelToken token);

    /// The result for one item. Long texts are condensed first, or worked on in parts. An answer that does not fit the
    /// schema is asked for once more, else marked. Errors as of the gateway; BadInput for an item without a text.
    Task<Result<ItemResult>> answer(Material material, CancelToken token);

    /// The request for an item that fits the model, as it will be sent; for showing and estimating.
    Result<llm::Request> request(const Material &material) const;

    /// Whether the item's text can be sent in one request.
    bool fits(const Material &material) const;

    /// The result that an answer to request() makes, which came some other way; not asked for once more if it does not
    /// fit the schema, but marked.
    Result<ItemResult> resultFrom(const llm::Completion &completion) const;

    /// How many tokens the request has, as far as can be told.
    qint64 estimatedTokens(const llm::Request &request) const
    {
        return m_gateway.estimatedTokens(m_asking.endpoint, request);
    }

    const Asking &asking() const { return m_asking; }

private:
    Task<Result<ItemResult>> answerBuiltin(Material material, CancelToken token);
    Task<Result<ItemResult>> answerInParts(Material material, CancelToken token);
    Task<Result<ItemResult>> ask(llm::Request request, CancelToken token);
    Task<Result<ItemResult>> repaired(llm::Request request, ItemResult first, CancelToken token);

    llm::Gateway &m_gateway;
    llm::Catalog &m_catalog;
    TextTask &m_texts;
    RunSpec m_spec;
    Asking m_asking;
    qint64 m_room = 0; ///< tokens of an item's text that fit
    std::unique_ptr<AnswerSchema> m_schema;
};

} // namespace quintet::batch
