// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace quintet::batch {

/// The words and short phrases that `text` is about, the weightiest first, at most `count`: those that come often, by
/// their stems and without words of grammar, phrases of two before the words in them where these seldom stand alone
/// (after C-value, Frantzi et al. 2000). Linear; any thread.
QStringList keywordsOf(const QString &text, int count);

} // namespace quintet::batch
