// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"

namespace quintet::document {

/// What stands behind a source, looked at but not yet read.
struct Content {
    QString name;      ///< for messages
    QString path;      ///< of a PDF that is to be read from disk; else empty
    QByteArray bytes;  ///< everything else
    QString encoding;  ///< that was named by whoever sent it
    QDateTime changed; ///< of the file, UTC
    bool isPdf = false;
};

/// Opens a source: checks that it is an ordinary file that may be read and is not too large, and that its first
/// bytes are those of a format that can be read; reads it, unless it is a PDF on disk. Never blocks on a pipe or
/// a device.
Result<Content> openContent(const Source &source, CancelToken token);

/// What `head`, the first bytes of something, belongs to if that is no text: "a PNG image", "a ZIP archive"; empty
/// for what may be text or PDF. `name` tells apart what its bytes do not.
QString binaryKind(const QByteArray &head, const QString &name);

/// A BadInput about the source that people call `name`; `sentence` has %1 for it.
std::unexpected<Error> badInput(const QString &sentence, const QString &name, const QString &detail = {});

} // namespace quintet::document
