// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/event.h"
#include "llm/gateway/concurrency.h"
#include "llm/gateway/ratebook.h"

#include <QHash>

#include <functional>
#include <memory>

namespace quintet::llm {

/// Lets through to each account as many requests as its server bears: at a time by Concurrency, per minute by the rate
/// book. Those who wait are served in turns, a tab each, so that ten thousand of one never hold up another's by more
/// than one slot. Lives on the engine thread.
class Limiter final {
public:
    Limiter(RateBook &rates, Clock &clock);
    ~Limiter();
    Q_DISABLE_COPY_MOVE(Limiter)

    /// Who wants to send what.
    struct Claim {
        QString account; ///< empty: not limited
        QString pattern;
        RateLimits rates;
        bool isLocal = false; ///< a server on this computer is given few at a time, unless `rates` says more
        qint64 tokens = 0;    ///< of the request, for limits per minute
    };

    /// A slot, held until it is destroyed.
    class Permit final {
    public:
        ~Permit();
        Q_DISABLE_COPY_MOVE(Permit)

        /// The server answered.
        void succeeded();

        /// The server said that it is too much; with how long to leave it alone, if it said so.
        void overloaded(std::optional<std::chrono::milliseconds> pause);

    private:
        friend class Limiter;
        struct State;
        explicit Permit(std::unique_ptr<State> state);
        std::unique_ptr<State> m_state;
    };

    /// Waits for a slot; Cancelled if `token` is cancelled first, RateLimited if the server wants nothing for more than
    /// two minutes. `onWaiting` hears why it has to wait.
    Task<Result<std::unique_ptr<Permit>>> acquire(Claim claim, std::function<void(const Waiting &)> onWaiting,
                                                  CancelToken token);

    /// Requests under way and waiting at `account`.
    struct Load {
        int running = 0;
        int waiting = 0;
        int atOnce = 0;
    };
    Load load(const QString &account) const;

private:
    struct Lane;
    struct Waiter;

    std::shared_ptr<Lane> laneFor(const Claim &claim);
    static Task<void> pump(std::shared_ptr<Lane> lane);
    static Task<std::optional<std::chrono::milliseconds>> serveOne(std::shared_ptr<Lane> lane);

    RateBook &m_rates;
    Clock &m_clock;
    QHash<QString, std::shared_ptr<Lane>> m_lanes;
};

} // namespace quintet::llm
