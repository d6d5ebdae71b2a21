// SPDX-License-Identifier: GPL-3.0-or-later
#include "usage/money.h"

#include <cmath>

namespace quintet::usage {

QString display(Money money)
{
    const double dollars = money.dollars();
    int digits = 2;
    for (double limit = 0.1; digits < 9 && dollars != 0 && std::abs(dollars) < limit; limit /= 10)
        ++digits;
    return QLatin1Char('$') + QString::number(dollars, 'f', digits);
}

} // namespace quintet::usage
