// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/holding.h"

#include "base/wake.h"

#include <QTimer>

#include <qcorosignal.h>

namespace quintet::llm {

namespace {

using namespace std::chrono_literals;

constexpr auto otherProcesses = 500ms; // after which what they freed is looked for

} // namespace

/// A place in the line of a run; requests that belong to none have one to themselves.
class Holding::Place final {
public:
    Place(std::shared_ptr<Holding> holding, QString run) : m_holding(std::move(holding)), m_run(std::move(run)) { }
    ~Place()
    {
        const auto line = m_holding->m_lines.find(m_run);
        if (line == m_holding->m_lines.end())
            return;
        std::erase(*line, this);
        if (line->empty())
            m_holding->m_lines.erase(line);
        Q_EMIT m_holding->freed();
    }
    Q_DISABLE_COPY_MOVE(Place)

    /// Whether nobody stands before it.
    bool isFirst() const
    {
        const auto line = m_holding->m_lines.constFind(m_run);
        return line == m_holding->m_lines.cend() || line->front() == this;
    }

    bool stands() const { return m_stands; }
    void stand()
    {
        if (!std::exchange(m_stands, true) && !m_run.isEmpty())
            m_holding->m_lines[m_run].push_back(this);
    }

private:
    std::shared_ptr<Holding> m_holding;
    QString m_run;
    bool m_stands = false;
};

Task<Result<usage::Spending::Hold>> Holding::hold(std::shared_ptr<Holding> self, usage::Expense expense,
                                                  WaitingSink onWaiting, CancelToken token)
{
    const auto isOver = [&] { return token.stop_requested() || self->m_life.expired(); };
    if (const auto problem = self->m_settings.problem(); problem && !expense.isFree)
        co_return std::unexpected(*problem);
    if (self->m_consent && usage::needsConsent(expense, self->m_settings.budgets())) {
        const auto asked = co_await self->m_consent->ask(expense.model, expense.run, token);
        if (isOver())
            co_return std::unexpected(cancelledError());
        if (!asked)
            co_return std::unexpected(asked.error());
    }
    Place place(self, expense.run);
    for (;;) {
        const qint64 releases = self->m_releases;
        if (place.isFirst()) {
            auto hold = co_await self->m_spending.hold(expense, self->m_settings.budgets());
            if (isOver()) {
                if (hold && !self->m_life.expired())
                    self->release(hold->id);
                co_return std::unexpected(cancelledError());
            }
            if (hold || !hold.error().retryAfter)
                co_return hold;
            if (releases != self->m_releases)
                continue; // something was freed meanwhile
        }
        if (onWaiting && !place.stands())
            onWaiting({Waiting::Reason::Budget, {}});
        place.stand();
        co_await waitForRoom(self, token);
        if (isOver())
            co_return std::unexpected(cancelledError());
    }
}

Task<void> Holding::waitForRoom(std::shared_ptr<Holding> self, CancelToken token)
{
    Wake wake;
    connect(self.get(), &Holding::freed, &wake, &Wake::wakeLater);
    const OnCancel onCancel(token, &wake, [&wake] { wake.wakeLater(); });
    QTimer::singleShot(otherProcesses, &wake, &Wake::wakeLater);
    co_await qCoro(&wake, &Wake::woken);
}

void Holding::release(const QString &id)
{
    if (id.isEmpty())
        return;
    m_spending.release(id);
    ++m_releases;
    Q_EMIT freed();
}

} // namespace quintet::llm
