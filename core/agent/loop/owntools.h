// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/journal.h"
#include "agent/toolbox.h"

namespace quintet::agent {

/// Keeps the model's list of what is to be done, in the user's sight.
class TodoTool final : public Tool {
public:
    explicit TodoTool(Journal &journal) : m_journal(journal) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Journal &m_journal;
};

/// Reads on in a result that was too long to be told whole.
class ReadResultTool final : public Tool {
public:
    explicit ReadResultTool(Journal &journal) : m_journal(journal) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Journal &m_journal;
};

/// The names of these tools, which come from no toolbox.
bool isOwnTool(const QString &name);

} // namespace quintet::agent
