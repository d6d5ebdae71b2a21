// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/metrics.h"

namespace quintet::ui {

namespace {

Metrics inUse;

} // namespace

const Metrics &metrics()
{
    return inUse;
}

void useMetrics(const Metrics &metrics)
{
    inUse = metrics;
}

} // namespace quintet::ui
