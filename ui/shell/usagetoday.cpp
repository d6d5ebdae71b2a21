// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/usagetoday.h"

namespace quintet::ui {

using namespace std::chrono_literals;

UsageToday::UsageToday(EngineThread &engine, const usage::LedgerStore &ledger, QObject *parent)
    : QObject(parent),
      m_engine(engine),
      m_ledger(ledger)
{
    m_timer.setInterval(30s);
    connect(&m_timer, &QTimer::timeout, this, &UsageToday::refresh);
    m_timer.start();
}

void UsageToday::refresh()
{
    using Totals = usage::LedgerStore::Totals;
    m_reading = EngineCall<Totals>(
        m_engine, this,
        [&ledger = m_ledger](CancelToken) -> Task<Result<Totals>> {
            co_return ledger.totalsSince(QDate::currentDate().startOfDay().toUTC());
        },
        [this](const Result<Totals> &totals) {
            if (totals)
                Q_EMIT changed(*totals);
        });
}

} // namespace quintet::ui
