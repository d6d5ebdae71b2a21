// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toolset.h"

#include "agent/calculate/calculatetool.h"
#include "agent/database/databasetools.h"

#include <QCoreApplication>

namespace quintet {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

using Tools = std::vector<std::shared_ptr<agent::Tool>>;

Result<void> addDatabase(Tools &tools, const QString &url)
{
    if (url.isEmpty())
        return {};
    const auto source = agent::dataSourceFor(url);
    if (!source)
        return std::unexpected(source.error());
    tools.push_back(std::make_shared<agent::ListTables>(*source));
    tools.push_back(std::make_shared<agent::DescribeTable>(*source));
    tools.push_back(std::make_shared<agent::QueryDatabase>(*source));
    return {};
}

Result<agent::Toolbox> chosen(const Tools &tools, const QStringList &names)
{
    agent::Toolbox box;
    QStringList left = names;
    for (const auto &tool : tools) {
        const agent::ToolFacts facts = tool->facts();
        const bool isNamed = left.removeAll(facts.name) + qsizetype(names.contains(facts.name)) > 0;
        const bool isOfGroup = left.contains(facts.group) || names.contains(facts.group);
        if (names.isEmpty() || isNamed || isOfGroup)
            box.add(tool);
        if (isOfGroup)
            left.removeAll(facts.group);
    }
    if (!left.isEmpty())
        return failure(ErrorKind::BadInput, tr("There is no tool %1 for what was given. A database, a folder or a "
                                               "collection may have to be named.")
                                                .arg(left.join(u", "_s)));
    return box;
}

} // namespace

Task<Result<agent::Toolbox>> makeTools(Services &, ToolWish wish, CancelToken)
{
    Tools tools{std::make_shared<agent::CalculateTool>(document::extractWorkerProgram())};
    if (const auto added = addDatabase(tools, wish.database); !added)
        co_return std::unexpected(added.error());
    co_return chosen(tools, wish.names);
}

agent::WorkParts agentWorkParts(Services &services)
{
    return {services.agentParts(), [&services](agent::Workplace workplace, CancelToken token) {
                return makeTools(services,
                                 {.database = workplace.database,
                                  .folder = workplace.folder,
                                  .collections = workplace.collections,
                                  .mcpFile = workplace.mcpFile,
                                  .names = workplace.tools},
                                 token);
            }};
}

} // namespace quintet
