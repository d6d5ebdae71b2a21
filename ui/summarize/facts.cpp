// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/facts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace quintet::ui {

namespace {

constexpr int wordsPerMinute = 250;

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("quintet::ui", text, comment, n);
}

} // namespace

QString duration(qint64 seconds)
{
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 600 && seconds % 60)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 3600)
        return tr("%1 min").arg((seconds + 30) / 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString wordFacts(qsizetype words)
{
    const QString count = tr("%Ln word(s)", nullptr, static_cast<int>(words));
    return words == 0 ? count
                      : tr("%1 · reads in %2").arg(count, duration(std::max<qint64>(1, words * 60 / wordsPerMinute)));
}

} // namespace quintet::ui
