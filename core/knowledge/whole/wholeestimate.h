// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/money.h"

#include <chrono>
#include <optional>

namespace quintet::knowledge {

/// What it takes to go over all of a collection.
struct WholeEstimate {
    qint64 documents = 0;
    qint64 passages = 0;
    qint64 requests = 0;
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    std::optional<usage::Money> cost; ///< nothing where the model's price is not known
    std::chrono::seconds time{0};     ///< roughly, with a few requests at once

    bool operator==(const WholeEstimate &) const = default;
};

/// Reckons an estimate from the passages as they are read. `room`: tokens of passages in a request.
class WholeReckoning final {
public:
    explicit WholeReckoning(qint64 room) : m_room(room) { }

    void addPassage(qint64 tokens);

    /// Fills in all but documents, cost and time.
    WholeEstimate estimate() const;

private:
    qint64 m_room;
    qint64 m_inRequest = 0;
    WholeEstimate m_sum;
};

/// What a passage takes up in a request beside its text: its number and where it stands.
inline constexpr qint64 tokensAroundPassage = 40;
/// What notes of a request come to, at most as a rule.
inline constexpr qint64 tokensOfNotes = 350;
/// Requests that are sent at once.
inline constexpr int requestsAtOnce = 4;

} // namespace quintet::knowledge
