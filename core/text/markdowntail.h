// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::text {

/// The end of a Markdown text that is still being written, made fit to be shown: emphasis and code that stand open are
/// closed, and marks that cannot be read yet, as half a link or the first line of what may become a table, are held
/// back. What is shown is the start of `tail`, then marks alone. Linear; any thread.
QString shownTail(QStringView tail);

} // namespace quintet::text
