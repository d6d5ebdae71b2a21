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

constexpr qint64 betweenLooks = 50; // milliseconds; every request asks

/// Nothing where there is something that is no limit.
std::optional<usage::Limit> readLimit(const QSettings &settings, const QString &name)
{
    usage::Limit limit;
    bool isNumber = true;
    if (settings.contains(name + "_usd"_L1)) {
        const double dollars = settings.value(name + "_usd"_L1).toDouble(&isNumber);
        if (!isNumber || !(dollars >= 0 && dollars < 1e9))
            return std::nullopt;
        limit.money = usage::Money::fromDollars(dollars);
    }
    if (settings.contains(name + "_tokens"_L1)) {
        limit.tokens = settings.value(name + "_tokens"_L1).toLongLong(&isNumber);
        if (!isNumber || *limit.tokens < 0)
            return std::nullopt;
    }
    return limit;
}

Error notUnderstood(const QString &file)
{
    return Error(ErrorKind::Corrupt, QCoreApplication::translate(
                                         "llm", "The settings file %1 is not understood, so that nobody knows whether "
                                                "a budget stands in it. Mend it or move it away, then try again.")
                                         .arg(QDir::toNativeSeparators(file)));
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
    if (m_isRead && !m_looked.hasExpired(betweenLooks))
        return;
    m_looked.start();
    const QDateTime time = QFileInfo(m_settingsFile).lastModified(QTimeZone::UTC);
    if (m_isRead && time == m_time)
        return;
    m_isRead = true;
    m_time = time;
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    const auto day = readLimit(settings, u"budget/day"_s);
    const auto month = readLimit(settings, u"budget/month"_s);
    m_isDamaged = !day || !month || settings.status() == QSettings::FormatError;
    m_budgets = {day.value_or(usage::Limit()), month.value_or(usage::Limit()),
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

std::optional<Error> GatewaySettings::problem() const
{
    refresh();
    return m_isDamaged ? std::optional(notUnderstood(m_settingsFile)) : std::nullopt;
}

Result<void> GatewaySettings::setBudgets(const usage::Budgets &budgets)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.allKeys()); // only now is the file read, of which the status tells
    if (settings.status() == QSettings::FormatError)
        return std::unexpected(notUnderstood(m_settingsFile));
    writeLimit(settings, u"budget/day"_s, budgets.day);
    writeLimit(settings, u"budget/month"_s, budgets.month);
    if (budgets.unpricedAllowed.isEmpty())
        settings.remove("budget/unpriced"_L1);
    else
        settings.setValue("budget/unpriced"_L1, budgets.unpricedAllowed);
    m_isRead = false;
    return finish(settings);
}

Result<void> GatewaySettings::allowUnpriced(const QString &model)
{
    usage::Budgets now = budgets();
    if (now.unpricedAllowed.contains(model))
        return {};
    now.unpricedAllowed << model;
    return setBudgets(now);
}

Result<void> GatewaySettings::setCache(const CacheSettings &cache)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.allKeys());
    if (settings.status() == QSettings::FormatError)
        return std::unexpected(notUnderstood(m_settingsFile));
    settings.setValue("cache/largest_mb"_L1, cache.largestBytes / (1024 * 1024));
    settings.setValue("cache/days"_L1, cache.longestDays);
    settings.setValue("cache/off_for"_L1, cache.patternsOff);
    m_isRead = false;
    return finish(settings);
}

} // namespace quintet::llm
