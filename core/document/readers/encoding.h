// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace quintet::document {

/// Bytes as text, in the encoding that they say (byte order mark), keep to (UTF-8), show (UTF-16 by its zeros), or
/// else look like most (uchardet; Windows-1252 where that knows nothing). Nothing if they are no text at all: more
/// than a few controls in it. Linear; any thread.
/// `named` is the encoding that whoever sent the bytes named: it goes before what they merely look like.
std::optional<QString> decodedText(const QByteArray &bytes, const QString &named = {});

/// The name of that encoding, as QStringDecoder takes it; empty for bytes that are no text.
QByteArray detectedEncoding(const QByteArray &bytes);

} // namespace quintet::document
