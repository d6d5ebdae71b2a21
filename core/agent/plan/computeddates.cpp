// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/computeddates.h"

#include <QLocale>
#include <QStringList>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int monthsBack = 24;

struct Span {
    QDate start;
    QDate after;
    QString written;
    QString name;
};

std::optional<int> shiftFrom(const QString &which)
{
    if (which == u"current")
        return 0;
    if (which == u"previous")
        return -1;
    if (which == u"next")
        return 1;
    bool isNumber = false;
    const int shift = which.toInt(&isNumber);
    return isNumber && std::abs(shift) <= 10'000 ? std::optional(shift) : std::nullopt;
}

QDate monthStart(const QDate &day, int shift)
{
    return QDate(day.year(), day.month(), 1).addMonths(shift);
}

std::optional<Span> spanOf(const QString &unit, int shift, const QDate &today)
{
    const QLocale english = QLocale::c();
    if (unit == u"day") {
        const QDate day = today.addDays(shift);
        return Span{day, day.addDays(1), day.toString(Qt::ISODate), english.toString(day, u"d MMMM yyyy"_s)};
    }
    if (unit == u"week") {
        const QDate start = today.addDays(1 - today.dayOfWeek() + 7 * shift);
        int year = 0;
        const int week = start.weekNumber(&year);
        return Span{start, start.addDays(7), u"%1-W%2"_s.arg(year).arg(week, 2, 10, QLatin1Char('0')),
                    u"week %1 of %2"_s.arg(week).arg(year)};
    }
    if (unit == u"month") {
        const QDate start = monthStart(today, shift);
        return Span{start, start.addMonths(1), start.toString(u"yyyy-MM"_s), english.toString(start, u"MMMM yyyy"_s)};
    }
    if (unit == u"quarter") {
        const int number = (today.month() - 1) / 3;
        const QDate start = QDate(today.year(), 3 * number + 1, 1).addMonths(3 * shift);
        const QString quarter = u"Q%1"_s.arg((start.month() - 1) / 3 + 1);
        return Span{start, start.addMonths(3), u"%1-%2"_s.arg(start.year()).arg(quarter),
                    u"%1 %2"_s.arg(quarter).arg(start.year())};
    }
    if (unit == u"year") {
        const QDate start(today.year() + shift, 1, 1);
        return Span{start, start.addYears(1), start.toString(u"yyyy"_s), start.toString(u"yyyy"_s)};
    }
    return std::nullopt;
}

} // namespace

std::optional<QString> computedDate(const QString &name, const QDate &today)
{
    if (name == u"today")
        return today.toString(Qt::ISODate);
    if (name == u"yesterday")
        return today.addDays(-1).toString(Qt::ISODate);
    if (name == u"tomorrow")
        return today.addDays(1).toString(Qt::ISODate);
    const QStringList parts = name.split(u'.');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    const auto shift = shiftFrom(parts[1]);
    const auto span = shift ? spanOf(parts[0], *shift, today) : std::nullopt;
    if (!span)
        return std::nullopt;
    const QString part = parts.value(2);
    if (part.isEmpty())
        return span->written;
    if (part == u"name")
        return span->name;
    if (part == u"start")
        return span->start.toString(Qt::ISODate);
    if (part == u"end")
        return span->after.addDays(-1).toString(Qt::ISODate);
    if (part == u"after")
        return span->after.toString(Qt::ISODate);
    return std::nullopt;
}

QHash<QString, QString> namesOfDates(const QDate &today)
{
    QHash<QString, QString> names;
    const auto add = [&](const QString &name) {
        const QString date = computedDate(name, today).value_or(QString());
        if (!names.contains(date))
            names.insert(date, name);
    };
    for (int back = 0; back <= monthsBack; ++back) {
        const QString which = back == 0 ? u"current"_s : back == 1 ? u"previous"_s : QString::number(-back);
        for (const QString &part : {u""_s, u".start"_s, u".end"_s, u".name"_s})
            add(u"month."_s + which + part);
    }
    add(u"month.next.start"_s);
    add(u"today"_s);
    add(u"yesterday"_s);
    return names;
}

} // namespace quintet::agent
