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
    firstToken += other.firstToken;
    total += other.total;
    return *this;
}

} // namespace quintet::usage
