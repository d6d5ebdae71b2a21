// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/place/toolgroups.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("ToolGroups", text);
}

/// The groups that Quintet has itself; others are servers of the user's.
bool isOwn(const QString &group)
{
    static const QSet<QString> own{u"calculate"_s,   u"database"_s, u"files.read"_s,
                                   u"files.write"_s, u"search"_s,   u"web"_s};
    return own.contains(group);
}

QString titleOf(const QString &group, const agent::ToolFacts &first)
{
    if (group == u"database")
        return tr("Query database");
    if (group == u"files.read")
        return tr("Read files");
    if (group == u"files.write")
        return tr("Write files");
    if (group == u"search")
        return tr("Search knowledge");
    if (group == u"web")
        return tr("Web");
    return isOwn(group) && !first.title.isEmpty() ? first.title : group;
}

} // namespace

std::vector<ToolGroup> toolGroupsOf(const std::vector<agent::ToolFacts> &tools)
{
    std::vector<ToolGroup> groups;
    for (const agent::ToolFacts &facts : tools) {
        const bool isMcp = !isOwn(facts.group);
        const bool asks = facts.effect != agent::Effect::Reads;
        const QString &name = facts.group;
        auto found = std::ranges::find(groups, name, &ToolGroup::name);
        if (found == groups.end()) {
            groups.push_back({name, titleOf(facts.group, facts), {}, false, isMcp});
            found = groups.end() - 1;
        }
        found->tools << facts.name;
        found->asks = found->asks || (asks && !isMcp);
    }
    return groups;
}

} // namespace quintet::ui
