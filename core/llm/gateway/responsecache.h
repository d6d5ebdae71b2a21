// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"
#include "llm/request.h"
#include "llm/stream.h"

#include <QHash>

namespace quintet::llm {

/// Answers that were paid for and may be given again. Lives on the engine thread.
class ResponseCache {
public:
    virtual ~ResponseCache() = default;

    /// The answer kept under `key`, or nothing; a cache that cannot be read has nothing.
    virtual std::optional<Completion> find(const QByteArray &key) = 0;
    virtual void put(const QByteArray &key, const Completion &completion) = 0;

    /// The same for the vectors of any number of texts: those that are kept, by their key.
    virtual QHash<QByteArray, std::vector<float>> findVectors(const std::vector<QByteArray> &keys) = 0;
    virtual void putVectors(const std::vector<std::pair<QByteArray, std::vector<float>>> &vectors) = 0;
};

/// A hash of everything that shapes the answer: where it is asked, what, and how; not the key, nor who asks.
QByteArray cacheKey(const Endpoint &endpoint, const Request &request);

/// The same for the vector of one of the texts.
QByteArray cacheKey(const Endpoint &endpoint, const EmbeddingRequest &request, const QString &text);

} // namespace quintet::llm
