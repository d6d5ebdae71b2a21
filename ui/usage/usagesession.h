// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "llm/gateway/gatewaysettings.h"
#include "ui/usage/usagestate.h"
#include "usage/ledgerstore.h"
#include "usage/report/planner.h"
#include "usage/spendingstore.h"

namespace quintet::ui {

/// What the page of usage works with. The services live on the engine thread and outlive the session.
struct UsageServices {
    EngineThread &engine;
    store::Database &database;
    usage::LedgerStore &ledger;
    usage::SpendingStore &spending;
    llm::GatewaySettings &settings;
    usage::Prices &prices;
};

/// What a plan comes to: a cost for each use; nothing where the model's price is not known.
struct PlannedCosts {
    std::vector<std::optional<usage::PlannedCost>> costs;

    bool isKnown() const;
    usage::PlannedCost total() const;
};

/// What was used, and what is planned. All is read and reckoned off the GUI thread. Lives on the GUI thread.
class UsageSession final : public QObject {
    Q_OBJECT

public:
    explicit UsageSession(UsageServices services, QObject *parent = nullptr);

    const UsageState &state() const { return m_state; }
    Period period() const { return m_period; }

    void setPeriod(Period period);
    void refresh();

    /// Reckons what `uses` would cost with `model`; tells planned().
    void plan(const QString &model, const std::vector<usage::PlannedUse> &uses);

    /// Writes the rows of a split to a file, as CSV; tells exported() or failed().
    void exportCsv(usage::SplitBy split, const QString &path);

Q_SIGNALS:
    void changed();
    void planned(const quintet::ui::PlannedCosts &costs);
    void exported(const QString &path);
    void failed(const quintet::Error &error);

private:
    UsageServices m_services;
    Period m_period = Period::Days30;
    UsageState m_state;
    EngineCall<UsageState> m_reading;
    EngineCall<PlannedCosts> m_planning;
    EngineCall<QString> m_exporting;
};

} // namespace quintet::ui
