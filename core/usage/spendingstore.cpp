// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/spendingstore.h"

#include "base/id.h"
#include "base/valueof.h"
#include "store/process.h"
#include "usage/usageperiods.h"
#include "usage/usagesumstore.h"

#include <QSqlQuery>

namespace quintet::usage {

namespace {

using namespace Qt::StringLiterals;

constexpr auto longestUnknown = std::chrono::minutes(15);

Spent spentIn(const UsageSums &sums)
{
    return {sums.cost, sums.promptTokens + sums.completionTokens};
}

Result<void> drop(store::Connection &connection, const QString &id)
{
    return connection.execute(u"DELETE FROM budget_hold WHERE id = ?"_s, {id.isNull() ? u""_s : id});
}

/// Forgets what processes that are gone had set aside. Of those on another computer, or from before this one was
/// started anew, nobody knows: hardly a request takes longer than theirs are kept.
Result<void> dropStale(store::Connection &connection, const QDateTime &now)
{
    QStringList stale;
    const QString here = store::thisProcess().host;
    const auto look = [&](const QSqlQuery &row) {
        const store::ProcessIdentity owner{row.value(1).toString(), row.value(2).toLongLong(),
                                           row.value(3).toLongLong()};
        const auto age = now - QDateTime::fromMSecsSinceEpoch(row.value(4).toLongLong());
        const bool isForeign = !owner.host.isEmpty() && owner.host != here;
        if (store::isGone(owner) || (isForeign && std::chrono::abs(age) > longestUnknown))
            stale << row.value(0).toString();
    };
    Result<void> result = connection.select(u"SELECT id, host, pid, start, time FROM budget_hold"_s, {}, look);
    for (const QString &id : std::as_const(stale)) {
        if (result)
            result = drop(connection, id);
    }
    return result;
}

Result<SpentSoFar> soFar(store::Connection &connection, QDate today, const QString &run)
{
    const auto day = sums::totalSince(connection, beginOf(today)).transform(spentIn);
    const auto month = sums::totalSince(connection, beginOf(QDate(today.year(), today.month(), 1))).transform(spentIn);
    const auto ofRun = run.isEmpty() ? Result<Spent>() : sums::totalOf(connection, run).transform(spentIn);
    for (const auto *result : {&day, &month, &ofRun}) {
        if (!*result)
            return std::unexpected(result->error());
    }
    return SpentSoFar{*day, *month, *ofRun};
}

enum class HeldBy { Work, Requests }; ///< work at a server that outlasts the process, or what is done in a moment

Result<void> addHeld(store::Connection &connection, SpentSoFar &spent, const QString &run, HeldBy by)
{
    const QString sql = by == HeldBy::Work ? u"SELECT cost, tokens, run FROM budget_hold WHERE host = ''"_s
                                           : u"SELECT cost, tokens, run FROM budget_hold WHERE host <> ''"_s;
    return connection.select(sql, {}, [&](const QSqlQuery &row) {
        const Spent held{{row.value(0).toLongLong()}, row.value(1).toLongLong()};
        for (Spent *each : {&spent.day, &spent.month, &spent.run}) {
            if (each == &spent.run && (run.isEmpty() || row.value(2).toString() != run))
                continue;
            each->money += held.money;
            each->tokens += held.tokens;
        }
    });
}

Result<void> setAside(store::Connection &connection, const QString &id, const QDateTime &now, const Expense &expense,
                      const Allowance &allowance)
{
    // Nobody knows of a process without a host that it is gone.
    const store::ProcessIdentity self = expense.lastingHold.isEmpty() ? store::thisProcess() : store::ProcessIdentity();
    return connection.execute(u"INSERT INTO budget_hold (id, host, pid, start, time, run, cost, tokens) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                              {id, self.host.isNull() ? u""_s : self.host, self.pid, self.start,
                               now.toMSecsSinceEpoch(), expense.run.isEmpty() ? QVariant() : QVariant(expense.run),
                               allowance.held.money.nanoDollars, allowance.held.tokens});
}

} // namespace

Task<Result<Spending::Hold>> SpendingStore::hold(Expense expense, Budgets budgets)
{
    const bool isLasting = !expense.lastingHold.isEmpty();
    if (!budgets.isSet() && !expense.hasLimit() && !isLasting)
        co_return Hold{{}, {.answerTokens = expense.answerTokens, .held = {}}};
    const auto hold = std::make_shared<Result<Hold>>(Hold{isLasting ? expense.lastingHold : makeId(), {}});
    const auto job = [hold, expense, budgets, now = m_clock.now()](store::Connection &connection) -> Result<void> {
        if (auto dropped = dropStale(connection, now); !dropped)
            return dropped;
        if (auto dropped = drop(connection, expense.lastingHold); !dropped) // as it was before
            return dropped;
        auto spent = soFar(connection, now.toLocalTime().date(), expense.run);
        if (!spent)
            return std::unexpected(spent.error());
        if (auto added = addHeld(connection, *spent, expense.run, HeldBy::Work); !added)
            return added;
        SpentSoFar withRequests = *spent;
        if (auto added = addHeld(connection, withRequests, expense.run, HeldBy::Requests); !added)
            return added;
        const auto allowed = allowanceBeside(expense, budgets, *spent, withRequests);
        if (!allowed) {
            *hold = std::unexpected(allowed.error());
            return {}; // which is no failure of the database
        }
        (*hold)->allowance = *allowed;
        return setAside(connection, (*hold)->id, now, expense, *allowed);
    };
    const Result<void> result = co_await valueOf(m_database.writer().write(job));
    if (!result)
        co_return std::unexpected(result.error());
    co_return *hold;
}

void SpendingStore::release(const QString &id)
{
    if (id.isEmpty())
        return;
    m_database.writer().writeSoon([id](store::Connection &connection) { return drop(connection, id); });
}

Result<SpentSoFar> SpendingStore::spentSoFar() const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    return soFar(*connection, m_clock.now().toLocalTime().date(), {});
}

} // namespace quintet::usage
