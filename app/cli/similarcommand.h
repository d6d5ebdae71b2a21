// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::cli {

/// The subcommand that a mistyped word stands for: the nearest one that two letters, or one in a short word, lead to.
/// Empty where there is none.
QString similarCommand(const QString &word);

} // namespace quintet::cli
