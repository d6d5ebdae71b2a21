// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/gatewaysettings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QTimeZone>

#include <algorithm>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

usage::Limit readLimit(const QSettings &settings, const QString &name)
{
    usage::Limit limit;
    bool isNumber = false;
    if (const double dollars = settings.value(name + "_usd"_L1).toDouble(&isNumber); isNumber && dollars >= 0)
        limit.money = usage::Money::fromDollars(dollars);
    if (const qint64 tokens = settings.value(name + "_tokens"_L1).toLongLong(&isNumber); isNumber && tokens >= 0)
        limit.tokens = tokens;
    return limit;
}

void writeLimit(QSettings &settings, const QString &name, const usage::Limit &limit)
{
    settings.remove(name + "_usd"_L1);
    settings.remove(name + "_tokens"_L1);
    if (limit.money)
        settings.setValue(name + "_usd"_L1, limit.money->dollars());
    if (limit.tokens)
        settings.setValue(name + "_tokens"_L1, *limit.tokens);
}

Result<void> finish(QSettings &settings)
{
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    return failure(ErrorKind::Storage,
                   QCoreApplication::translate("llm", "The settings file %1 cannot be written. Check its rights and "
                                                      "the free space.")
                       .arg(QDir::toNativeSeparators(settings.fileName())));
}

} // namespace

void GatewaySettings::refresh() const
{
    const QDateTime time = QFileInfo(m_settingsFile).lastModified(QTimeZone::UTC);
    if (m_isRead && time == m_time)
        return;
    m_isRead = true;
    m_time = time;
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    m_budgets = {readLimit(settings, u"budget/day"_s), readLimit(settings, u"budget/month"_s),
                 settings.value("budget/unpriced"_L1).toStringList()};
    const CacheSettings standard;
    m_cache.largestBytes = std::max<qint64>(
        0, settings.value("cache/largest_mb"_L1, standard.largestBytes / (1024 * 1024)).toLongLong() * 1024 * 1024);
    m_cache.longestDays = std::max(0, settings.value("cache/days"_L1, standard.longestDays).toInt());
    m_cache.patternsOff = settings.value("cache/off_for"_L1, standard.patternsOff).toStringList();
}

usage::Budgets GatewaySettings::budgets() const
{
    refresh();
    return m_budgets;
}

CacheSettings GatewaySettings::cache() const
{
    refresh();
    return m_cache;
}

Result<void> GatewaySettings::setBudgets(const usage::Budgets &budgets)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    writeLimit(settings, u"budget/day"_s, budgets.day);
    writeLimit(settings, u"budget/month"_s, budgets.month);
    if (budgets.unpricedAllowed.isEmpty())
        settings.remove("budget/unpriced"_L1);
    else
        settings.setValue("budget/unpriced"_L1, budgets.unpricedAllowed);
    m_isRead = false;
    return finish(settings);
}

Result<void> GatewaySettings::setCache(const CacheSettings &cache)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.setValue("cache/largest_mb"_L1, cache.largestBytes / (1024 * 1024));
    settings.setValue("cache/days"_L1, cache.longestDays);
    settings.setValue("cache/off_for"_L1, cache.patternsOff);
    m_isRead = false;
    return finish(settings);
}

} // namespace quintet::llm
