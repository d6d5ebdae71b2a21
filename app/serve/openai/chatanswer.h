// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/stream.h"

#include <QJsonObject>

namespace quintet::serve {

/// Answers of POST /v1/chat/completions, whole or in chunks, all with one id
/// (https://platform.openai.com/docs/api-reference/chat/object, .../streaming).
class ChatAnswer final {
public:
    /// `model`: as the client named it.
    explicit ChatAnswer(const QString &model);

    /// The chunk for an event; empty for what the format does not have.
    QJsonObject chunkFor(const llm::Event &event);

    /// The chunk that says why the answer ended, and the one with the usage.
    QJsonObject lastChunk(const llm::Completion &completion) const;
    QJsonObject usageChunk(const llm::Completion &completion) const;

    /// The whole answer.
    QJsonObject whole(const llm::Completion &completion) const;

private:
    QJsonObject chunk(const QJsonObject &delta, const QJsonValue &finishReason) const;

    QString m_id;
    qint64 m_created;
    QString m_model;
    bool m_hasRole = false;
};

} // namespace quintet::serve
