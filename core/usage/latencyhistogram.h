// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>
#include <vector>

namespace quintet::usage {

/// How long something took, over many requests. Read off a histogram with steps of 5 %.
struct Latency {
    std::chrono::milliseconds median{0};
    std::chrono::milliseconds p95{0};

    bool operator==(const Latency &) const = default;
};

/// How often each length of time was seen, in steps of 5 %. A plain value; two add up to that of all their times.
class LatencyHistogram final {
public:
    /// How often a time in [from, to) was seen.
    struct Step {
        std::chrono::duration<double, std::milli> from;
        std::chrono::duration<double, std::milli> to;
        qint64 count = 0;
    };

    void add(std::chrono::milliseconds time);
    LatencyHistogram &operator+=(const LatencyHistogram &other);

    /// How many times were seen.
    qint64 count() const;
    bool isEmpty() const { return m_counts.empty(); }

    /// Nothing where no time was seen.
    std::optional<Latency> latency() const;

    /// The steps in which there is something, the shortest first.
    std::vector<Step> steps() const;

    /// How the database keeps it. Bytes that are none give an empty one.
    QByteArray toBytes() const;
    static LatencyHistogram fromBytes(const QByteArray &bytes);

    bool operator==(const LatencyHistogram &) const = default;

private:
    struct Count {
        int step;
        qint64 count;

        bool operator==(const Count &) const = default;
    };

    void add(const Count &more);
    std::chrono::milliseconds quantile(double share) const;

    std::vector<Count> m_counts; ///< by step
};

} // namespace quintet::usage
