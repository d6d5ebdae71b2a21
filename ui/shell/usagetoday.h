// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "llm/gateway/gatewaysettings.h"
#include "usage/ledgerstore.h"
#include "usage/spendingstore.h"

#include <QTimer>

namespace quintet::ui {

/// What today's requests came to, read anew off the GUI thread whenever asked, and every half minute. Lives on the GUI
/// thread; what it reads outlives it.
class UsageToday final : public QObject {
    Q_OBJECT

public:
    UsageToday(EngineThread &engine, const usage::LedgerStore &ledger, const usage::SpendingStore &spending,
               const llm::GatewaySettings &settings, QObject *parent = nullptr);

    void refresh();

Q_SIGNALS:
    /// `warning` says how far the budgets are used up, from half of one on; else it is empty.
    void changed(const quintet::usage::LedgerStore::Totals &totals, const QString &warning);

private:
    EngineThread &m_engine;
    const usage::LedgerStore &m_ledger;
    const usage::SpendingStore &m_spending;
    const llm::GatewaySettings &m_settings;
    QTimer m_timer;
    EngineCall<std::pair<usage::LedgerStore::Totals, QString>> m_reading;
};

} // namespace quintet::ui
