// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonObject>

namespace quintet::test {

/// A call that a scripted model makes.
struct ScriptedCall {
    QString name;
    QString arguments; ///< JSON, or not
    QString id = {};
};

/// What a scripted model says in one turn.
struct ScriptedTurn {
    QString text = {};
    std::vector<ScriptedCall> calls = {};
};

/// A request as the scripted model sees it.
class AgentRequest final {
public:
    explicit AgentRequest(const QByteArray &body);

    const QJsonObject &body() const { return m_body; }
    bool hasTools() const { return m_body.contains(u"tools"); }
    QString system() const;
    QString lastText() const; ///< of the last message

    /// What the tools gave, in order, without the marks around it.
    QStringList results() const;

    /// Every message's text in one.
    QString whole() const;

private:
    QJsonObject m_body;
};

/// A model that calls tools, in OpenAI's format, on a ScriptedServer: each turn is made by `think` from the request, so
/// that a wrong result leads to a wrong answer.
class ScriptedAgent final {
public:
    using Think = std::function<ScriptedTurn(const AgentRequest &)>;

    ScriptedAgent(ScriptedServer &server, Think think);

    Think think;
    int turns = 0;

    /// A turn as a stream of events.
    static Script streamOf(const ScriptedTurn &turn);
};

} // namespace quintet::test
