// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

namespace quintet::test {

/// A model server in OpenAI's format on a ScriptedServer. It answers from what it is sent: its answer says how many
/// words the last message had and repeats them in reverse order, a word at a time, and its usage counts the words of
/// all messages. It speaks only to the key `key`, if one is set, and offers `models`.
class ScriptedModel final {
public:
    explicit ScriptedModel(ScriptedServer &server, const QByteArray &prefix = "/v1");

    QByteArray key;
    QStringList models{QStringLiteral("scripted-small"), QStringLiteral("scripted-large")};

    /// What it says to a message.
    static QString answerTo(const QString &message);

private:
    Script listModels(const Received &request) const;
    Script complete(const Received &request) const;
    bool isAllowed(const Received &request) const;
};

} // namespace quintet::test
