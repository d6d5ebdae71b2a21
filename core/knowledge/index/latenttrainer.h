// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "knowledge/index/latentmodel.h"

namespace quintet::knowledge {

/// Learns a latent space from passages by a randomised singular value decomposition (Halko, Martinsson and Tropp
/// 2011). The same passages in the same order give the same space. One thread, but run() uses several.
class LatentTrainer final {
public:
    /// Fewer passages teach nothing.
    static constexpr int leastPassages = 64;
    /// More are not needed; whoever has more gives a random choice of them.
    static constexpr int mostPassages = 100'000;

    void add(const TermCounts &counts);

    qsizetype passages() const { return qsizetype(m_rows.size()); }

    /// The space; of no dimensions where there were too few passages or terms, or `token` was cancelled.
    LatentModel run(CancelToken token) const;

private:
    std::vector<TermCounts> m_rows;
};

} // namespace quintet::knowledge
