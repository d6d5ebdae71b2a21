// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QStringList>

#include <vector>

namespace quintet::agent {

/// A passage out of the user's documents.
struct FoundPassage {
    QString collection; ///< its name
    QString document;   ///< absolute path
    QString title;
    QString place; ///< as a citation names it: "p. 3"
    QString text;
    double score = 0; ///< 0 to 1

    bool operator==(const FoundPassage &) const = default;
};

/// Finds passages in collections, as whoever makes the tools can.
class PassageFinder {
public:
    virtual ~PassageFinder() = default;

    /// Called on the engine thread; best first. Fails with BadInput where a collection does not exist.
    virtual Task<Result<std::vector<FoundPassage>>> find(QString question, QStringList collections, int count,
                                                         CancelToken token) = 0;
};

} // namespace quintet::agent
