// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/terms/termcounts.h"
#include "store/connection.h"

namespace quintet::knowledge {

/// In how many passages each term of a collection occurs. What new passages add is noted in one row for many of them,
/// and added up later: a row for each term in each transaction would cost more than all else that is written. What
/// changes rows is for writer's jobs.
class TermStore final {
public:
    explicit TermStore(store::Connection &connection) : m_connection(connection) { }

    /// In how many passages each of `terms` occurs; those that occur in none are left out.
    Result<std::vector<std::pair<TermId, qint64>>> frequencies(const std::vector<TermId> &terms);

    /// The same of all terms, those included that occur in none any more.
    Result<std::vector<std::pair<TermId, qint64>>> all();

    /// Notes the terms of `passages` new passages: `terms` has each as often as there are passages that it occurs in.
    Result<void> note(std::vector<TermId> terms, qint64 passages);

    /// The terms of passages that go, as those of note().
    Result<void> remove(std::vector<TermId> terms);

    /// Adds up what was noted of at least `passages` passages.
    Result<void> addUp(qint64 passages);

    /// Sets one right, after addUp(0).
    Result<void> set(TermId term, qint64 passages);

private:
    Result<void> readSums(const QString &which, const std::function<void(TermId, qint64)> &take);
    Result<void> readNews(const std::function<void(const TermCount &)> &take);
    Result<void> change(TermId term, qint64 difference);

    store::Connection &m_connection;
};

} // namespace quintet::knowledge
