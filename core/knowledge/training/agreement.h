// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/retrieval/collectionsearch.h"

namespace quintet::knowledge {

/// A question made from a passage, to see how far words and vectors agree on a collection.
struct Probe {
    qint64 chunk = 0; ///< that it was made from
    QString words;

    bool operator==(const Probe &) const = default;
};

/// Up to `count` questions of eight random words each, from random passages. The same collection gives the same ones.
Result<std::vector<Probe>> probes(store::Connection &connection, int count);

/// The share of the first ten passages that both legs found for a probe, the passage itself left out; nothing where
/// either found none. Vectors that are not at hand are not waited for.
Result<std::optional<double>> overlap(const Probe &probe, CollectionSearch &search,
                                      const std::vector<float> &questionVector, CancelToken token);

/// The weight of the vectors that such overlaps speak for, 0 to 0.5: vectors that agree with the words on the
/// collection's own text get up to half.
double weightFrom(const std::vector<double> &overlaps);

} // namespace quintet::knowledge
