// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/report/usagerow.h"

#include <QByteArray>

#include <vector>

namespace quintet::usage {

/// Rows as CSV (RFC 4180), for other programs: the names of the columns are those of `quintet usage --json`, numbers
/// are plain, what is not known is empty.
QByteArray csvOf(const std::vector<UsageRow> &rows, SplitBy split);

} // namespace quintet::usage
