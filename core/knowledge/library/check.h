// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace quintet::knowledge {

/// What a check of a collection found.
struct CheckReport {
    QStringList problems; ///< that are still there
    QStringList repaired; ///< that were there
    QStringList leftOut;  ///< what was not looked at
    qint64 documents = 0;
    qint64 chunks = 0;
    qint64 vectors = 0;
    std::optional<double> recall; ///< recall@10 of the graph against exact search; nothing where there is no graph

    bool isSound() const { return problems.isEmpty(); }
    bool operator==(const CheckReport &) const = default;
};

} // namespace quintet::knowledge
