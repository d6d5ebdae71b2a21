// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/terms/termcounts.h"
#include "store/connection.h"

namespace quintet::knowledge {

/// A term whose sum is not what its passages say.
struct WrongSum {
    TermId id = 0;
    qint64 chunks = 0; ///< what it should be
};

/// What a look through a collection found wrong. What can be mended is apart.
struct CheckFindings {
    QStringList damages;            ///< that SQLite reports: only a rebuild helps
    std::vector<qint64> incomplete; ///< contents that lack passages, or parts of these
    qint64 strayVectors = 0;        ///< of passages that are gone
    qint64 strayPassages = 0;       ///< in the keyword index alone
    std::vector<WrongSum> wrongSums;
    std::optional<qint64> chunks; ///< what the sum should be, where it is wrong
    std::optional<qint64> tokens;

    bool isClean() const
    {
        return damages.isEmpty() && incomplete.empty() && strayVectors == 0 && strayPassages == 0 && wrongSums.empty()
               && !chunks && !tokens;
    }
};

/// Looks for what should not be, and mends it.
class CheckStore final {
public:
    explicit CheckStore(store::Connection &connection) : m_connection(connection) { }

    /// Reads all of the collection as it is at one moment, whatever is written meanwhile.
    Result<CheckFindings> inspect();

    /// Whether the keyword index is sound within itself. For a writer's job, though it changes nothing.
    Result<bool> isIndexSound();

    /// Mends what can be: documents of incomplete contents are to be read again, sums are set right. Gives what it
    /// found, which what inspect() found earlier may no longer be. For a writer's job, where the file is sound.
    Result<CheckFindings> repair();

    /// How many vectors serve.
    Result<qint64> vectors();

private:
    Result<qint64> count(const QString &sql);
    Result<CheckFindings> inspectAll();
    Result<CheckFindings> inspectRows();
    Result<void> inspectSums(CheckFindings &findings);
    Result<void> mend(const CheckFindings &findings);

    store::Connection &m_connection;
};

} // namespace quintet::knowledge
