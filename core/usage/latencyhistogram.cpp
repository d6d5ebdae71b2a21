// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/latencyhistogram.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quintet::usage {

namespace {

constexpr double growth = 1.05;
constexpr qsizetype pairSize = sizeof(quint16) + sizeof(quint32);
using Milliseconds = std::chrono::duration<double, std::milli>;

Milliseconds beginOf(double step)
{
    return Milliseconds(std::pow(growth, step) - 1);
}

} // namespace

void LatencyHistogram::add(std::chrono::milliseconds time)
{
    const double length = 1.0 + static_cast<double>(std::max<qint64>(0, time.count()));
    add({static_cast<int>(std::log(length) / std::log(growth)), 1});
}

void LatencyHistogram::add(const Count &more)
{
    const auto at = std::ranges::lower_bound(m_counts, more.step, {}, &Count::step);
    if (at != m_counts.end() && at->step == more.step)
        at->count += more.count;
    else
        m_counts.insert(at, more);
}

LatencyHistogram &LatencyHistogram::operator+=(const LatencyHistogram &other)
{
    if (other.m_counts.size() == 1) { // as of a single request
        add(other.m_counts.front());
        return *this;
    }
    std::vector<Count> sum;
    sum.reserve(m_counts.size() + other.m_counts.size());
    std::ranges::merge(m_counts, other.m_counts, std::back_inserter(sum), {}, &Count::step, &Count::step);
    m_counts.clear();
    for (const Count &each : sum) {
        if (!m_counts.empty() && m_counts.back().step == each.step)
            m_counts.back().count += each.count;
        else
            m_counts.push_back(each);
    }
    return *this;
}

qint64 LatencyHistogram::count() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), qint64(0),
                           [](qint64 sum, const Count &each) { return sum + each.count; });
}

std::optional<Latency> LatencyHistogram::latency() const
{
    return isEmpty() ? std::nullopt : std::optional(Latency{quantile(0.5), quantile(0.95)});
}

std::vector<LatencyHistogram::Step> LatencyHistogram::steps() const
{
    std::vector<Step> all;
    for (const Count &each : m_counts)
        all.push_back({beginOf(each.step), beginOf(each.step + 1), each.count});
    return all;
}

/// The middle of the step in which that share of all times is reached.
std::chrono::milliseconds LatencyHistogram::quantile(double share) const
{
    const double rank = share * static_cast<double>(count());
    qint64 seen = 0;
    for (const Count &each : m_counts) {
        seen += each.count;
        if (static_cast<double>(seen) >= rank)
            return std::chrono::milliseconds(std::llround(beginOf(each.step + 0.5).count()));
    }
    return {};
}

QByteArray LatencyHistogram::toBytes() const
{
    QByteArray bytes(std::ssize(m_counts) * pairSize, Qt::Uninitialized);
    char *to = bytes.data();
    for (const Count &each : m_counts) {
        qToLittleEndian(static_cast<quint16>(each.step), to);
        qToLittleEndian(static_cast<quint32>(each.count), to + sizeof(quint16));
        to += pairSize;
    }
    return bytes;
}

LatencyHistogram LatencyHistogram::fromBytes(const QByteArray &bytes)
{
    LatencyHistogram histogram;
    histogram.m_counts.reserve(static_cast<size_t>(bytes.size() / pairSize));
    for (qsizetype at = 0; at + pairSize <= bytes.size(); at += pairSize) {
        const char *from = bytes.constData() + at;
        histogram.m_counts.push_back(
            {qFromLittleEndian<quint16>(from), qFromLittleEndian<quint32>(from + sizeof(quint16))});
    }
    if (!std::ranges::is_sorted(histogram.m_counts, {}, &Count::step))
        return {};
    return histogram;
}

} // namespace quintet::usage
