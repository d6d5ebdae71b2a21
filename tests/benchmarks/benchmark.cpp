// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <ctime>
#include <unistd.h>

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

double residentMegabytes(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(process == 0 ? QCoreApplication::applicationPid() : process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return static_cast<double>(file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE)) / 1e6;
}

} // namespace quintet::bench
