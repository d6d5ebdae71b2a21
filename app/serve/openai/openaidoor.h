// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/asking.h"
#include "app/serve/openai/chatrequest.h"
#include "app/serve/routes.h"

#include <QJsonArray>

namespace quintet::serve {

/// The doors of OpenAI's API that other programs know: /v1/models, /v1/chat/completions, /v1/embeddings. A model is one
/// of the endpoint in use, ENDPOINT/MODEL for another one, "builtin" for the engine without a model, or knowledge/NAME
/// for answers from a collection.
class OpenAiDoor final {
public:
    explicit OpenAiDoor(const Asking &asking) : m_asking(asking) { }

    void addTo(Routes &routes);

private:
    Task<QJsonArray> modelRows();
    Task<void> model(std::shared_ptr<Exchange> exchange);
    Task<void> models(std::shared_ptr<Exchange> exchange);
    Task<void> chat(std::shared_ptr<Exchange> exchange);
    Task<void> embed(std::shared_ptr<Exchange> exchange);
    Task<void> passOn(std::shared_ptr<Exchange> exchange, ChatRequest asked);
    Task<void> answerFromCollection(std::shared_ptr<Exchange> exchange, ChatRequest asked);
    Task<Result<llm::Endpoint>> endpointFor(QString model, QString pattern, CancelToken token);

    Asking m_asking;
};

} // namespace quintet::serve
