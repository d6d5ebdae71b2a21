// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/usagetoday.h"

namespace quintet::ui {

using namespace std::chrono_literals;

namespace {

using Today = std::pair<usage::LedgerStore::Totals, QString>;

Result<Today> readToday(const usage::LedgerStore &ledger, const usage::SpendingStore &spending,
                        const llm::GatewaySettings &settings)
{
    const auto totals = ledger.totalsSince(QDate::currentDate().startOfDay().toUTC());
    if (!totals)
        return std::unexpected(totals.error());
    const usage::Budgets budgets = settings.budgets();
    const auto spent = budgets.isSet() ? spending.spentSoFar() : Result<usage::SpentSoFar>();
    return Today(*totals, usage::warning(budgets, spent.value_or(usage::SpentSoFar())));
}

} // namespace

UsageToday::UsageToday(EngineThread &engine, const usage::LedgerStore &ledger, const usage::SpendingStore &spending,
                       const llm::GatewaySettings &settings, QObject *parent)
    : QObject(parent),
      m_engine(engine),
      m_ledger(ledger),
      m_spending(spending),
      m_settings(settings)
{
    m_timer.setInterval(30s);
    connect(&m_timer, &QTimer::timeout, this, &UsageToday::refresh);
    m_timer.start();
}

void UsageToday::refresh()
{
    m_reading = EngineCall<Today>(
        m_engine, this,
        [&ledger = m_ledger, &spending = m_spending, &settings = m_settings](CancelToken) -> Task<Result<Today>> {
            co_return readToday(ledger, spending, settings);
        },
        [this](const Result<Today> &today) {
            if (today)
                Q_EMIT changed(today->first, today->second);
        });
}

} // namespace quintet::ui
