// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/csv.h"

#include <algorithm>

namespace quintet::text {

using namespace Qt::StringLiterals;

namespace {

QString quoted(QString field)
{
    const bool isSpecial = std::ranges::any_of(field, [](QChar each) { return u",\"\r\n"_s.contains(each); });
    return isSpecial ? u'"' + field.replace(u'"', u"\"\""_s) + u'"' : field;
}

} // namespace

QByteArray csvLine(const QStringList &fields)
{
    QStringList all;
    for (const QString &field : fields)
        all << quoted(field);
    return all.join(u',').toUtf8() + "\r\n";
}

QString safeForSpreadsheets(const QString &text)
{
    return !text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()) ? u'\'' + text : text;
}

} // namespace quintet::text
