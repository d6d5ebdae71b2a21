// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.h"

#include <algorithm>

namespace quintet::cli {

namespace {

bool isNumber(const QString &text)
{
    return !text.isEmpty() && (text.front().isDigit() || text.front() == u'$');
}

} // namespace

void Table::add(const QJsonObject &object, const QStringList &columns)
{
    if (m_output.isJson())
        m_output.object(object);
    else
        m_rows << columns;
}

void Table::print()
{
    if (m_rows.isEmpty())
        return;
    if (!m_titles.isEmpty())
        m_rows.prepend(m_titles);
    QList<qsizetype> widths(m_rows.first().size(), 0);
    for (const QStringList &row : std::as_const(m_rows)) {
        for (qsizetype i = 0; i < std::min(row.size(), widths.size()); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    QList<bool> right(widths.size(), false);
    for (qsizetype i = 1; i < widths.size(); ++i)
        right[i] = std::ranges::any_of(m_rows, [i](const QStringList &row) { return isNumber(row.value(i)); });
    for (const QStringList &row : std::as_const(m_rows)) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const qsizetype width = widths.value(i);
            line += right.value(i) ? row[i].rightJustified(width) : row[i].leftJustified(width);
            line += QStringLiteral("  ");
        }
        while (line.endsWith(u' '))
            line.chop(1);
        m_output.line(line);
    }
    m_rows.clear();
}

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(qRound(share * 100));
}

} // namespace quintet::cli
