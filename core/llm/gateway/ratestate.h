// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"

#include <QDateTime>

#include <optional>

namespace quintet::llm {

/// What a server said it still takes: so much, until a time at which it starts anew.
struct RateLeft {
    qint64 left = 0;
    QDateTime reset;

    bool operator==(const RateLeft &) const = default;
};

/// What is known about the rates of one account. A plain value; time is always given.
struct RateState {
    std::optional<RateLeft> requests;
    std::optional<RateLeft> tokens;
    QDateTime pausedUntil; ///< nothing is sent before

    /// Whether anything is known that can hold a request back.
    bool isKnown() const { return requests || tokens || pausedUntil.isValid(); }

    /// How long a request of `size` tokens has to wait; zero where it may go.
    std::chrono::milliseconds wait(qint64 size, const QDateTime &now) const;

    /// Reckons with a request that goes out now.
    void take(qint64 size, const QDateTime &now);

    bool operator==(const RateState &) const = default;
};

/// What the headers of a response say about rates (`x-ratelimit-*` with Go durations or seconds,
/// `anthropic-ratelimit-*` with times); what they do not say, and negative figures, which mean nothing, are left out.
RateState ratesFrom(const QList<net::Header> &headers, const QDateTime &now);

/// A duration as Go writes it, "1m30.5s", "12ms", or plain seconds, "6". Nothing for another text.
std::optional<std::chrono::milliseconds> goDuration(const QString &text);

} // namespace quintet::llm
