// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "usage/ledgerstore.h"

#include <QTimer>

namespace quintet::ui {

/// What today's requests came to, read anew off the GUI thread whenever asked, and every half minute. Lives on the GUI
/// thread; the ledger outlives it.
class UsageToday final : public QObject {
    Q_OBJECT

public:
    UsageToday(EngineThread &engine, const usage::LedgerStore &ledger, QObject *parent = nullptr);

    void refresh();

Q_SIGNALS:
    void changed(const quintet::usage::LedgerStore::Totals &totals);

private:
    EngineThread &m_engine;
    const usage::LedgerStore &m_ledger;
    QTimer m_timer;
    EngineCall<usage::LedgerStore::Totals> m_reading;
};

} // namespace quintet::ui
