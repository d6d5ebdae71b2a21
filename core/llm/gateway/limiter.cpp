// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/limiter.h"

#include "base/wake.h"

#include <QCoreApplication>
#include <qcorosignal.h>

#include <algorithm>
#include <deque>

namespace quintet::llm {

namespace {

constexpr int localStart = 4; // a server on this computer usually works at one to four at a time
constexpr int start = 8;
constexpr int most = 64;

constexpr auto patience = std::chrono::minutes(2); // a server that wants nothing for longer is not waited for

Error shutFor(std::chrono::milliseconds time)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(time).count();
    Error error(ErrorKind::RateLimited,
                QCoreApplication::translate("llm",
                                            "The server takes no more requests for %1 minutes. Wait, or use another "
                                            "endpoint or model. Nothing was sent.")
                    .arg(minutes));
    error.retryAfter = time;
    return error;
}

Concurrency concurrencyFor(const Limiter::Claim &claim)
{
    if (claim.rates.atOnce > 0)
        return Concurrency(claim.rates.atOnce, claim.rates.atOnce);
    return claim.isLocal ? Concurrency(localStart, localStart) : Concurrency(start, most);
}

} // namespace

/// A request in line: it is woken when its turn has come, or when it is cancelled.
struct Limiter::Waiter {
    Claim claim;
    std::function<void(const Waiting &)> onWaiting;
    Wake turn;
    bool isWaiting = false; ///< for its turn
    bool isGranted = false;
    bool isGone = false;
    std::chrono::milliseconds refused{0}; ///< there is nothing to be had for so long
};

/// The requests to one account. Outlives its limiter as long as permits or waits refer to it.
struct Limiter::Lane {
    RateBook *rates = nullptr; ///< null once the limiter is gone
    Clock *clock = nullptr;
    QString account;
    int atOnceSet = 0; ///< the user's own limit that `concurrency` was made for
    Concurrency concurrency{start, most};
    int running = 0;
    bool isPumping = false;
    CancelSource closed;
    /// Who waits, a line for each pattern; the pattern that was served longest ago stands first.
    std::deque<std::pair<QString, std::deque<std::shared_ptr<Waiter>>>> lines;

    void add(const std::shared_ptr<Waiter> &waiter)
    {
        const auto line = std::ranges::find(lines, waiter->claim.pattern, [](const auto &each) { return each.first; });
        if (line != lines.end())
            line->second.push_back(waiter);
        else
            lines.push_front({waiter->claim.pattern, {waiter}});
    }

    /// The first in each line, in the order in which they are to be served.
    std::vector<std::shared_ptr<Waiter>> heads()
    {
        std::vector<std::shared_ptr<Waiter>> all;
        for (auto &[pattern, line] : lines) {
            while (!line.empty() && line.front()->isGone)
                line.pop_front();
            if (!line.empty())
                all.push_back(line.front());
        }
        return all;
    }

    /// Takes `waiter` out of its line, which goes to the end; false if it is not there any more.
    bool take(const std::shared_ptr<Waiter> &waiter)
    {
        const auto line = std::ranges::find(lines, waiter->claim.pattern, [](const auto &each) { return each.first; });
        if (waiter->isGone || line == lines.end() || line->second.empty() || line->second.front() != waiter)
            return false;
        line->second.pop_front();
        std::rotate(line, line + 1, lines.end());
        return true;
    }

    void tellAll(const Waiting &why) const
    {
        for (const auto &[pattern, line] : lines) {
            for (const auto &waiter : line) {
                if (!waiter->isGone && waiter->onWaiting)
                    waiter->onWaiting(why);
            }
        }
    }
};

struct Limiter::Permit::State {
    std::shared_ptr<Lane> lane;
    std::chrono::nanoseconds sent{0};
    bool wasFull = false;
};

Limiter::Limiter(RateBook &rates, Clock &clock) : m_rates(rates), m_clock(clock) { }

Limiter::~Limiter()
{
    for (const auto &lane : std::as_const(m_lanes)) {
        lane->rates = nullptr;
        lane->closed.request_stop();
    }
}

Limiter::Permit::Permit(std::unique_ptr<State> state) : m_state(std::move(state)) { }

Limiter::Permit::~Permit()
{
    if (!m_state->lane)
        return;
    --m_state->lane->running;
    pump(m_state->lane);
}

void Limiter::Permit::succeeded()
{
    if (m_state->lane)
        m_state->lane->concurrency.succeeded(m_state->wasFull);
}

void Limiter::Permit::overloaded(std::optional<std::chrono::milliseconds> pause)
{
    Lane *lane = m_state->lane.get();
    if (!lane || !lane->rates)
        return;
    lane->concurrency.overloaded(m_state->sent, lane->clock->monotonic());
    if (pause && pause->count() > 0)
        lane->rates->pause(lane->account, *pause);
}

std::shared_ptr<Limiter::Lane> Limiter::laneFor(const Claim &claim)
{
    std::shared_ptr<Lane> &lane = m_lanes[claim.account];
    if (!lane) {
        lane = std::make_shared<Lane>();
        lane->rates = &m_rates;
        lane->clock = &m_clock;
        lane->account = claim.account;
        lane->atOnceSet = -1;
    }
    if (lane->atOnceSet != claim.rates.atOnce) {
        lane->atOnceSet = claim.rates.atOnce;
        lane->concurrency = concurrencyFor(claim);
    }
    return lane;
}

Limiter::Load Limiter::load(const QString &account) const
{
    const auto lane = m_lanes.value(account);
    if (!lane)
        return {};
    int waiting = 0;
    for (const auto &[pattern, line] : lane->lines)
        waiting += static_cast<int>(std::ranges::count(line, false, [](const auto &each) { return each->isGone; }));
    return {lane->running, waiting, lane->concurrency.size()};
}

Task<Result<std::unique_ptr<Limiter::Permit>>> Limiter::acquire(Claim claim,
                                                                std::function<void(const Waiting &)> onWaiting,
                                                                CancelToken token)
{
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    auto state = std::make_unique<Permit::State>();
    if (claim.account.isEmpty())
        co_return std::unique_ptr<Permit>(new Permit(std::move(state)));
    const std::shared_ptr<Lane> lane = laneFor(claim);
    const auto waiter = std::make_shared<Waiter>();
    waiter->claim = claim;
    waiter->onWaiting = std::move(onWaiting);
    lane->add(waiter);
    pump(lane);
    if (!waiter->isGranted && waiter->refused.count() == 0) {
        waiter->isWaiting = true;
        if (waiter->onWaiting)
            waiter->onWaiting({Waiting::Reason::InLine, {}});
        const OnCancel onCancel(token, &waiter->turn, [&waiter] { waiter->turn.wakeLater(); });
        co_await qCoro(&waiter->turn, &Wake::woken);
        waiter->isGone = true;
    }
    if (waiter->isGranted && lane->rates) {
        state->lane = lane;
        state->sent = lane->clock->monotonic();
        state->wasFull = lane->running >= lane->concurrency.size();
    }
    auto permit = std::unique_ptr<Permit>(new Permit(std::move(state)));
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (waiter->refused.count() > 0)
        co_return std::unexpected(shutFor(waiter->refused));
    co_return permit;
}

/// Tries the first of each line in turn, so that a large request that has to wait holds up no small one of another tab.
/// Zero if one was served or turned away; else how long none can be; nothing if nobody waits.
Task<std::optional<std::chrono::milliseconds>> Limiter::serveOne(std::shared_ptr<Lane> lane)
{
    std::optional<std::chrono::milliseconds> shortest;
    for (const std::shared_ptr<Waiter> &waiter : lane->heads()) {
        const auto wait = co_await lane->rates->reserve(lane->account, waiter->claim.rates, waiter->claim.tokens);
        if (!lane->rates)
            co_return std::nullopt;
        if (wait.count() > 0 && wait <= patience) {
            shortest = std::min(shortest.value_or(wait), wait);
            continue;
        }
        if (lane->take(waiter)) {
            waiter->refused = wait;
            waiter->isGranted = wait.count() == 0;
            lane->running += waiter->isGranted ? 1 : 0;
            if (waiter->isWaiting)
                waiter->turn.wakeLater();
        }
        co_return std::chrono::milliseconds(0);
    }
    co_return shortest;
}

/// Serves those in line as long as there is room. One at a time works at a lane.
Task<void> Limiter::pump(std::shared_ptr<Lane> lane)
{
    if (lane->isPumping)
        co_return;
    lane->isPumping = true;
    while (lane->rates && lane->running < lane->concurrency.size()) {
        const auto wait = co_await serveOne(lane);
        if (!wait || !lane->rates)
            break;
        if (wait->count() == 0)
            continue;
        lane->tellAll({Waiting::Reason::Rate, *wait});
        // Another process may take what becomes free, and a small request join the line: look again now and then.
        const auto nap = std::min<std::chrono::milliseconds>(*wait, std::chrono::seconds(1));
        if (!co_await lane->clock->sleep(nap, lane->closed.get_token()))
            break;
    }
    lane->isPumping = false;
}

} // namespace quintet::llm
