// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes.h"

namespace quintet::test {

Task<bool> FakeClock::sleep(std::chrono::milliseconds duration, CancelToken token)
{
    sleeps.push_back(duration);
    turn(duration);
    co_return !token.stop_requested();
}

Task<Result<usage::Spending::Hold>> FakeSpending::hold(usage::Expense expense, usage::Budgets budgets)
{
    usage::SpentSoFar withWork = spent;
    usage::SpentSoFar withAll = spent;
    for (const auto &[id, allowance] : holds.asKeyValueRange()) {
        for (usage::Spent *each : {&withWork.day, &withWork.run, &withAll.day, &withAll.run}) {
            const bool isOfWork = each == &withWork.day || each == &withWork.run;
            if (isOfWork && !lasting.contains(id))
                continue;
            each->money += allowance.held.money;
            each->tokens += allowance.held.tokens;
        }
    }
    const auto allowed = usage::allowanceBeside(expense, budgets, withWork, withAll);
    if (!allowed)
        co_return std::unexpected(allowed.error());
    const QString id = expense.lastingHold.isEmpty() ? QString::number(holds.size() + 1) : expense.lastingHold;
    holds.insert(id, *allowed);
    if (!expense.lastingHold.isEmpty())
        lasting.insert(id);
    co_return Hold{id, *allowed};
}

Task<std::chrono::milliseconds> FakeRateBook::reserve(QString, llm::RateLimits, qint64 size)
{
    if (room && size > *room)
        co_return std::chrono::minutes(1);
    if (waits.empty())
        co_return std::chrono::milliseconds(0);
    const auto wait = waits.front();
    waits.erase(waits.begin());
    co_return wait;
}

void FakeClock::turn(std::chrono::milliseconds duration)
{
    m_now = m_now.addMSecs(duration.count());
    m_monotonic += duration;
}

} // namespace quintet::test
