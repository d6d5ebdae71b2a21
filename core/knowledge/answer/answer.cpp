// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/answer/answer.h"

#include <algorithm>

namespace quintet::knowledge {

int Answer::supported() const
{
    return int(std::ranges::count(claims, true, &Claim::isSupported));
}

} // namespace quintet::knowledge
