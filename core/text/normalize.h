// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::text {

/// `raw` as Quintet keeps every text: Unicode normalisation form KC; each line end (CR, CRLF, NEL, form feed, line
/// and paragraph separator) one \n; without soft hyphens, zero-width spaces, byte order marks, NULs and other
/// control characters but tab and \n; halves of surrogate pairs replaced by U+FFFD. Linear; text that needs no
/// change is only looked at. Idempotent. Any thread.
QString normalized(const QString &raw);

} // namespace quintet::text
