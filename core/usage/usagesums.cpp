// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/usagesums.h"

namespace quintet::usage {

UsageSums &UsageSums::operator+=(const UsageSums &other)
{
    requests += other.requests;
    cached += other.cached;
    failed += other.failed;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    cost += other.cost;
    unpriced += other.unpriced;
    saved += other.saved;
    answerTime += other.answerTime;
    firstToken += other.firstToken;
    total += other.total;
    return *this;
}

std::optional<std::chrono::milliseconds> UsageSums::averageTime() const
{
    return total.isEmpty() ? std::nullopt : std::optional(answerTime / total.count());
}

} // namespace quintet::usage
