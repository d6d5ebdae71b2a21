// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "llm/event.h"
#include "llm/gateway/gatewaysettings.h"
#include "llm/gateway/unpricedconsent.h"
#include "usage/spending.h"

#include <QObject>

#include <deque>

namespace quintet::llm {

/// Sets aside what requests may take before they are sent. One that would pass a limit only together with requests
/// under way waits until these are done, which seldom take as much as they may. Lives on the engine thread.
class Holding final : public QObject {
    Q_OBJECT

public:
    /// Without a `consent`, models whose price is not known are refused where money is limited. All of them are there
    /// as long as `life` is, and are not touched afterwards.
    Holding(usage::Spending &spending, const GatewaySettings &settings, UnpricedConsent *consent,
            std::weak_ptr<void> life)
        : m_spending(spending),
          m_settings(settings),
          m_consent(consent),
          m_life(std::move(life))
    {
    }

    using WaitingSink = std::function<void(const Waiting &)>;

    /// The requests of a run are served in their order. Fails as usage::Spending::hold() does, with Corrupt where
    /// nobody can tell what the budgets are, and with Cancelled, also once the gateway is gone. `self` is this.
    static Task<Result<usage::Spending::Hold>> hold(std::shared_ptr<Holding> self, usage::Expense expense,
                                                    WaitingSink onWaiting, CancelToken token);

    /// To be called once the request stands in the ledger.
    void release(const QString &id);

Q_SIGNALS:
    void freed();

private:
    class Place;

    static Task<void> waitForRoom(std::shared_ptr<Holding> self, CancelToken token);

    usage::Spending &m_spending;
    const GatewaySettings &m_settings;
    UnpricedConsent *m_consent;
    std::weak_ptr<void> m_life;
    QHash<QString, std::deque<const Place *>> m_lines; ///< who waits, by run
    qint64 m_releases = 0;                             ///< so far
};

} // namespace quintet::llm
