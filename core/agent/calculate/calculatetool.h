// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/tool.h"
#include "base/wake.h"

namespace quintet::agent {

/// Where the program that calculates is: beside this one, or where it is installed.
QString calculateProgram();

/// `calculate`: each call in a child process, `program`, which is ended after `limit`, since
/// libqalculate is one per process, serves one thread, and cannot always be stopped. A few run at a time.
class CalculateTool final : public Tool {
public:
    explicit CalculateTool(QString program, std::chrono::milliseconds limit = std::chrono::seconds(10))
        : m_program(std::move(program)),
          m_limit(limit)
    {
    }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Task<Result<ToolResult>> calculate(QJsonObject arguments, CancelToken token) const;

    QString m_program;
    std::chrono::milliseconds m_limit;
    Wake m_freed;
    int m_running = 0;
};

} // namespace quintet::agent
