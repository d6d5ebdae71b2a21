// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/tool.h"

#include <memory>

namespace quintet::agent {

/// The tools that are at hand, by name. Lives on the engine thread; copies share the tools.
class Toolbox final {
public:
    /// A tool whose name is taken already is given a number behind it.
    void add(std::shared_ptr<Tool> tool);

    /// What a model and a user are told of each, in the order in which they were added.
    const std::vector<ToolFacts> &facts() const { return m_facts; }

    /// The facts of the tool of that name, or nothing.
    const ToolFacts *factsOf(const QString &name) const;

    /// Arguments as a model wrote them, checked against the tool's schema. BadInput, in words that help a model to do
    /// better, where there is no such tool, they are no JSON object, or they do not fit.
    Result<QJsonObject> argumentsFor(const QString &name, const QString &json) const;

    /// As Tool's, of the tool of that name; BadInput also where argumentsFor() gives it.
    Task<Result<std::optional<FileChange>>> preview(QString name, QJsonObject arguments, CancelToken token) const;
    Task<Result<ToolResult>> call(QString name, QJsonObject arguments, CancelToken token) const;

private:
    Result<void> check(const QString &name, const QJsonObject &arguments) const;
    std::shared_ptr<Tool> toolNamed(const QString &name) const;

    std::vector<ToolFacts> m_facts;
    std::vector<std::shared_ptr<Tool>> m_tools; ///< beside m_facts
};

} // namespace quintet::agent
