// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/usagesession.h"

#include "base/onpool.h"
#include "usage/report/usagecsv.h"
#include "usage/report/usagereportstore.h"
#include "usage/usagesumstore.h"

#include <QDir>
#include <QSaveFile>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t layers = 5;
constexpr int mostDailyBars = 120;

QDateTime startOf(Period period, const QDateTime &now)
{
    switch (period) {
    case Period::Hours24: return now.addDays(-1);
    case Period::Days7: return now.date().addDays(-6).startOfDay();
    case Period::Days30: return now.date().addDays(-29).startOfDay();
    case Period::Days90: return now.date().addDays(-89).startOfDay();
    case Period::All: return QDateTime::fromSecsSinceEpoch(0);
    }
    Q_UNREACHABLE();
}

/// Names that are no expressions: those that stand for one model.
QStringList plainNames(const std::vector<usage::Price> &prices)
{
    QStringList names;
    for (const usage::Price &price : prices) {
        const QString name = QString(price.model).remove(u'\\');
        if (!name.contains(QRegularExpression(u"[()\\[\\]|*+?{}^$]"_s)))
            names << name;
    }
    return names;
}

Result<UsageState> stateOf(const store::Database &database, Period period, const QDateTime &now)
{
    const QDateTime start = startOf(period, now);
    const auto grain = period == Period::Hours24 ? usage::Grain::QuarterHour : usage::Grain::Day;
    const auto report = usage::UsageReportStore(database).read(start, grain, true);
    if (!report)
        return std::unexpected(report.error());
    UsageState state;
    state.period = period;
    state.time = now;
    const QDateTime first = std::max(start, report->firstTime(now));
    state.days = std::max(1.0, period == Period::Hours24 ? 1.0 : double(first.date().daysTo(now.date()) + 1));
    state.bars = period == Period::Hours24    ? usage::BarLength::Hour
                 : state.days > mostDailyBars ? usage::BarLength::Month
                                              : usage::BarLength::Day;
    state.sums = report->sums();
    state.total = usage::rowOf({}, state.sums);
    using enum usage::SplitBy;
    for (const usage::SplitBy split : {Pattern, Model, Endpoint, Day, Run})
        state.rows[split] = report->rows(split);
    for (const usage::SplitBy split : {Pattern, Model, Endpoint})
        state.costs[split] = report->costs(split, state.bars, layers, now);
    return state;
}

/// What the budgets need to know of this month.
Result<qint64> unpricedSince(const store::Database &database, const QDateTime &start)
{
    auto connection = database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    return usage::sums::totalSince(*connection, start.toMSecsSinceEpoch()).transform([](const usage::UsageSums &sums) {
        return sums.unpriced;
    });
}

Task<Result<UsageState>> read(UsageServices services, Period period)
{
    services.ledger.rollUp();
    const QDateTime now = QDateTime::currentDateTime();
    const usage::Budgets budgets = services.settings.budgets();
    QStringList priced = plainNames(services.prices.own()) + plainNames(services.prices.standard());
    auto state =
        co_await onPool([&database = services.database, period, now] { return stateOf(database, period, now); });
    const auto spent = co_await onPool([&spending = services.spending] { return spending.spentSoFar(); });
    const QDateTime month = QDate(now.date().year(), now.date().month(), 1).startOfDay();
    const auto unpriced =
        co_await onPool([&database = services.database, month] { return unpricedSince(database, month); });
    if (!state || !spent || !unpriced)
        co_return std::unexpected(!state ? state.error() : !spent ? spent.error() : unpriced.error());
    state->budgets = budgets;
    state->spent = *spent;
    state->unpricedThisMonth = *unpriced;
    for (const usage::UsageRow &row : state->rows[usage::SplitBy::Model]) {
        if (!row.key.isEmpty())
            state->models << row.key;
    }
    state->models << priced;
    state->models.removeDuplicates();
    co_return Result<UsageState>(std::move(*state));
}

Task<Result<PlannedCosts>> reckon(UsageServices services, QString model, std::vector<usage::PlannedUse> uses)
{
    PlannedCosts planned;
    for (const usage::PlannedUse &use : uses) {
        const auto price = services.prices.find(model, QDate::currentDate(), qint64(use.promptTokens));
        planned.costs.push_back(price ? std::optional(usage::plannedCost(use, *price)) : std::nullopt);
    }
    co_return Result<PlannedCosts>(std::move(planned));
}

Result<QString> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return path;
    return failure(
        ErrorKind::Storage,
        UsageSession::tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString()));
}

Task<Result<QString>> write(QString path, QByteArray bytes)
{
    co_return co_await onPool([path, bytes] { return writeFile(path, bytes); });
}

} // namespace

bool PlannedCosts::isKnown() const
{
    return !costs.empty() && std::ranges::all_of(costs, [](const auto &cost) { return cost.has_value(); });
}

usage::PlannedCost PlannedCosts::total() const
{
    usage::PlannedCost sum;
    for (const auto &cost : costs)
        sum += cost.value_or(usage::PlannedCost());
    return sum;
}

UsageSession::UsageSession(UsageServices services, QObject *parent) : QObject(parent), m_services(services) { }

void UsageSession::setPeriod(Period period)
{
    if (std::exchange(m_period, period) != period)
        refresh();
}

void UsageSession::refresh()
{
    m_reading = EngineCall<UsageState>(
        m_services.engine, this,
        [services = m_services, period = m_period](CancelToken) { return read(services, period); },
        [this](Result<UsageState> state) {
            if (!state) {
                Q_EMIT failed(state.error());
                return;
            }
            m_state = std::move(*state);
            Q_EMIT changed();
        });
}

void UsageSession::plan(const QString &model, const std::vector<usage::PlannedUse> &uses)
{
    m_planning = EngineCall<PlannedCosts>(
        m_services.engine, this,
        [services = m_services, model, uses](CancelToken) { return reckon(services, model, uses); },
        [this](const Result<PlannedCosts> &costs) {
            if (costs)
                Q_EMIT planned(*costs);
        });
}

void UsageSession::exportCsv(usage::SplitBy split, const QString &path)
{
    const auto rows = m_state.rows.find(split);
    const QByteArray csv =
        usage::csvOf(rows == m_state.rows.end() ? std::vector<usage::UsageRow>() : rows->second, split);
    m_exporting = EngineCall<QString>(
        m_services.engine, this, [path, csv](CancelToken) { return write(path, csv); },
        [this](const Result<QString> &written) {
            if (written)
                Q_EMIT exported(*written);
            else
                Q_EMIT failed(written.error());
        });
}

} // namespace quintet::ui
