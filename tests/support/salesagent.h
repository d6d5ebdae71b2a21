// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedagent.h"

#include <QRegularExpression>

namespace quintet::test {

/// Finds the total sales of last month and their growth in any shop with a table of dates and amounts: each call is
/// made of what the former ones gave, so that a wrong name or number leads to a wrong call or answer.
inline ScriptedTurn findSalesAndGrowth(const AgentRequest &request)
{
    using namespace Qt::StringLiterals;
    const QStringList results = request.results();
    // The columns of the row whose cells hold `word`.
    const auto cellBefore = [](const QString &table, const QString &word) {
        for (const QString &line : table.split(u'\n')) {
            if (line.contains(word))
                return line.section(u'|', 1, 1).trimmed();
        }
        return QString();
    };
    switch (results.size()) {
    case 0: return {u"I look at the tables."_s, {{u"list_tables"_s, u"{}"_s}}};
    case 1: {
        const QString table = cellBefore(results[0], u"amount"_s);
        return {u"I describe the one with amounts."_s, {{u"describe_table"_s, u"{\"table\":\"%1\"}"_s.arg(table)}}};
    }
    case 2: {
        const QString table = cellBefore(results[0], u"amount"_s);
        const QString date = cellBefore(results[1], u"| sold"_s);
        const QString amount = cellBefore(results[1], u"REAL"_s);
        const QString today =
            QRegularExpression(u"Today is \\w+, (\\d{4}-\\d{2})"_s).match(request.system()).captured(1);
        return {u"I add up the months before this one."_s,
                {{u"query_database"_s, u"{\"sql\":\"SELECT strftime('%Y-%m', %1) AS month, round(sum(%2), 2) AS total "
                                       u"FROM %3 WHERE %1 < '%4-01' "
                                       "GROUP BY month ORDER BY month DESC LIMIT 2\"}"_s.replace(u"%1"_s, date)
                                           .replace(u"%2"_s, amount)
                                           .replace(u"%3"_s, table)
                                           .replace(u"%4"_s, today)}}};
    }
    case 3: {
        const QStringList rows = results[2].split(u'\n');
        return {u"I calculate the growth."_s,
                {{u"calculate"_s, u"{\"expression\":\"round((%1 - %2) / %2 * 100, 2)\"}"_s
                                      .replace(u"%1"_s, rows[2].section(u'|', 2, 2).trimmed())
                                      .replace(u"%2"_s, rows[3].section(u'|', 2, 2).trimmed())}}};
    }
    default: {
        const QStringList row = results[2].split(u'\n')[2].split(u'|');
        return {u"Sales in %1 were %2, growth %3 %."_s.arg(row[1].trimmed(), row[2].trimmed(),
                                                           results[3].section(u'\n', 0, 0))};
    }
    }
}

} // namespace quintet::test
