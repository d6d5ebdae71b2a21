// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/store/rulestore.h"

#include "agent/run/specjson.h"

#include <QSqlQuery>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

/// A null string would become a NULL, which no column takes.
QString filled(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QVariantList keyOf(const StandingRule &rule)
{
    return {filled(rule.rule.tool), filled(rule.rule.pattern), filled(rule.place)};
}

} // namespace

QFuture<Result<void>> RuleStore::put(const StandingRule &rule)
{
    return m_database.writer().write([rule](store::Connection &connection) {
        return connection.execute(
            u"INSERT OR REPLACE INTO agent_rule (tool, pattern, place, verdict) VALUES (?, ?, ?, ?)"_s,
            keyOf(rule) << nameOf(rule.rule.verdict));
    });
}

QFuture<Result<void>> RuleStore::remove(const StandingRule &rule)
{
    return m_database.writer().write([rule](store::Connection &connection) {
        return connection.execute(u"DELETE FROM agent_rule WHERE tool = ? AND pattern = ? AND place = ?"_s,
                                  keyOf(rule));
    });
}

Result<std::vector<StandingRule>> RuleStore::all() const
{
    std::vector<StandingRule> rules;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT tool, pattern, place, verdict FROM agent_rule ORDER BY place, tool, pattern"_s, {},
                [&](const QSqlQuery &row) {
                    const QJsonObject json{{u"tool"_s, row.value(0).toString()},
                                           {u"pattern"_s, row.value(1).toString()},
                                           {u"verdict"_s, row.value(3).toString()}};
                    rules.push_back({ruleFrom(json), row.value(2).toString()});
                });
        })
        .transform([&] { return rules; });
}

Result<Rules> RuleStore::rulesFor(const QString &place) const
{
    return all().transform([&place](const std::vector<StandingRule> &all) {
        Rules rules;
        for (const StandingRule &each : all) {
            if (each.place.isEmpty() || each.place == place)
                rules.push_back(each.rule);
        }
        return rules;
    });
}

} // namespace quintet::agent
