// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include <algorithm>
#include <ctime>

namespace quintet::bench {

namespace {

double cpuSeconds(const std::function<void()> &work)
{
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    const double start = now();
    work();
    return now() - start;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

std::pair<double, double> pairedSeconds(int runs, const std::function<void()> &work, const std::function<void()> &other)
{
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < runs; ++i) {
        first.push_back(cpuSeconds(work));
        second.push_back(cpuSeconds(other));
    }
    return {median(first), median(second)};
}

} // namespace quintet::bench
