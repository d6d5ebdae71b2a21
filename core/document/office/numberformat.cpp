// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/numberformat.h"

#include <QDateTime>
#include <QTimeZone>

#include <cmath>

namespace quintet::document {

namespace {

/// The first part of a code, without what is quoted, escaped or in brackets (but for elapsed time: [h]).
QString essence(const QString &code)
{
    QString out;
    for (qsizetype i = 0; i < code.size() && code[i] != u';'; ++i) {
        if (code[i] == u'"') {
            const qsizetype end = code.indexOf(u'"', i + 1);
            i = end < 0 ? code.size() : end;
        } else if (code[i] == u'\\' || code[i] == u'_' || code[i] == u'*') {
            ++i;
        } else if (code[i] == u'[') {
            const qsizetype end = code.indexOf(u']', i);
            const QString inside = end < 0 ? QString() : code.sliced(i + 1, end - i - 1).toLower();
            if (inside == u"h" || inside == u"hh" || inside == u"mm" || inside == u"ss")
                out += inside;
            i = end < 0 ? code.size() : end;
        } else {
            out += code[i].toLower();
        }
    }
    return out;
}

} // namespace

NumberFormat::NumberFormat(const QString &code)
{
    const QString plain = essence(code);
    if (plain.contains(u"general"))
        return;
    m_hasTime = plain.contains(u'h') || plain.contains(u's');
    m_hasDate = plain.contains(u'y') || plain.contains(u'd') || (plain.contains(u'm') && !m_hasTime);
    m_isPercent = plain.contains(u'%');
    const bool hasDigits = plain.contains(u'0') || plain.contains(u'#');
    if (isDate() || !hasDigits || plain.contains(u'/') || plain.contains(u'e'))
        return;
    const qsizetype point = plain.indexOf(u'.');
    m_decimals = 0;
    for (qsizetype i = point + 1; point >= 0 && i < plain.size() && (plain[i] == u'0' || plain[i] == u'#'); ++i)
        ++m_decimals;
}

NumberFormat NumberFormat::builtin(int id)
{
    switch (id) {
    case 1:
    case 3: return NumberFormat(QStringLiteral("0"));
    case 2:
    case 4: return NumberFormat(QStringLiteral("0.00"));
    case 9: return NumberFormat(QStringLiteral("0%"));
    case 10: return NumberFormat(QStringLiteral("0.00%"));
    case 14:
    case 15:
    case 16:
    case 17: return NumberFormat(QStringLiteral("yyyy-mm-dd"));
    case 18:
    case 19:
    case 20:
    case 21:
    case 45:
    case 46:
    case 47: return NumberFormat(QStringLiteral("hh:mm:ss"));
    case 22: return NumberFormat(QStringLiteral("yyyy-mm-dd hh:mm"));
    default: return NumberFormat();
    }
}

QString NumberFormat::shownDate(double value, bool from1904) const
{
    // Day 60 of the 1900 system is a 29 February that never was; days before it are one off.
    const double days = from1904 ? value : value < 60 && value >= 1 && m_hasDate ? value + 1 : value;
    const QDateTime start(from1904 ? QDate(1904, 1, 1) : QDate(1899, 12, 30), QTime(0, 0), QTimeZone::UTC);
    const QDateTime moment = start.addSecs(std::llround(days * 86'400));
    const bool showsSeconds = moment.time().second() != 0;
    const QString time = moment.time().toString(showsSeconds ? QStringLiteral("hh:mm:ss") : QStringLiteral("hh:mm"));
    if (!m_hasDate && value >= 0 && value < 1)
        return time;
    const QString date = moment.date().toString(Qt::ISODate);
    return m_hasTime ? date + u' ' + time : date;
}

QString NumberFormat::shown(double value, bool from1904) const
{
    constexpr double lastDay = 2'958'466; // of the year 9999
    constexpr double firstDay = -693'000; // of the year 1, which one program or another writes
    if (isDate() && value > firstDay && value < lastDay)
        return shownDate(value, from1904);
    if (m_isPercent)
        return QString::number(value * 100, 'f', std::clamp(m_decimals, 0, 10)) + u'%';
    if (m_decimals >= 0 && m_decimals <= 10 && std::abs(value) < 1e15)
        return QString::number(value, 'f', m_decimals);
    return QString::number(value, 'g', 15);
}

} // namespace quintet::document
