// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/usageperiods.h"

#include <QDateTime>

namespace quintet::usage {

qint64 quarterOf(qint64 time)
{
    const qint64 rest = time % quarterOfAnHour;
    return time - rest - (rest < 0 ? quarterOfAnHour : 0);
}

QDate dayOf(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).date();
}

qint64 beginOf(QDate day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace quintet::usage
