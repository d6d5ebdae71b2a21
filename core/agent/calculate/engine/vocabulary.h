// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace quintet::agent {

/// Takes from libqalculate's calculator, for good, the functions that reach out of it: files, programs, plots, memory.
void forgetOutsideFunctions();

/// Whether each word of `expression` means something: libqalculate would split "growth" into "gross thermies". BadInput
/// with the word that does not. Needs a calculator with its definitions.
Result<void> checkWords(const QString &expression);

/// `expression` as libqalculate reads it: dates in quotes, "12 % of 250" as a product, typographic signs as ASCII.
QString readable(QString expression);

} // namespace quintet::agent
