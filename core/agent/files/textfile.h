// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/files/folder.h"

#include <optional>

namespace quintet::agent {

inline constexpr qint64 largestText = 8 << 20; ///< bytes of a text that is searched, shown as a change, or written

/// `bytes` as text, where they are UTF-8 without a zero byte: what can be changed without changing anything else.
std::optional<QString> plainText(const QByteArray &bytes);

/// The bytes of `text` in a file that was `former`: a byte order mark stays.
QByteArray bytesOf(const QString &text, const QByteArray &former);

/// Whether a name's ending says that the file, though it is text, is better read by a reader: HTML, RTF, mail and such.
bool isMarkup(const QString &name);

} // namespace quintet::agent
