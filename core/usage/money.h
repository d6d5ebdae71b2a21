// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>

namespace quintet::usage {

/// An amount of money, exact, in billionths of a US dollar. An unknown amount is an empty optional, never zero.
struct Money {
    qint64 nanoDollars = 0;

    static Money fromDollars(double dollars) { return {qRound64(dollars * 1e9)}; }
    double dollars() const { return static_cast<double>(nanoDollars) / 1e9; }

    auto operator<=>(const Money &) const = default;
    Money &operator+=(Money other)
    {
        nanoDollars += other.nanoDollars;
        return *this;
    }
};

/// "$0.19"; small amounts keep two significant digits: "$0.00040".
QString display(Money money);

} // namespace quintet::usage
