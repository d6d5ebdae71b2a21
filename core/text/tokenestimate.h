// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace quintet::text {

/// About how many tokens a language model makes of `text`: four characters a token for English, fewer for scripts
/// that its vocabulary knows less well, about one a Han character. Meant for budgets and progress, right to about
/// a fifth for prose, never below the count of words by much. Linear, no allocation; any thread.
qint64 estimateTokens(QStringView text);

} // namespace quintet::text
