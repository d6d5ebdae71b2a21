// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "document/document.h"

#include <QByteArray>

namespace quintet::document {

/// What a document is to be read from: a file, or bytes that came from none (standard input, a fetched page).
struct Source {
    QString path; ///< empty: `bytes` are read instead
    QByteArray bytes;
    QString name;       ///< what messages call it and whose ending hints at the format; empty: the path's last part
    QString password;   ///< for encrypted files
    QString encoding;   ///< of a text, where whoever sent it named one
    bool again = false; ///< the user asks for it: read it also if it was set aside for what it did to its reader
};

/// Turns a source into text with places.
///
/// extract() is called on a thread with an event loop, and its result comes back there; the caller's thread never
/// waits. Fails with BadInput and a sentence that says what can be done; with Cancelled within 100 ms of the
/// token. Nothing is written to the source or beside it.
class Extractor {
public:
    virtual ~Extractor() = default;

    virtual Task<Result<Document>> extract(Source source, CancelToken token) = 0;
};

/// A failure that a password, or another one, would mend: the message says so in words.
Error passwordError(const QString &message);

/// Whether `error` is one: then asking the user for a password and trying again makes sense.
bool asksForPassword(const Error &error);

} // namespace quintet::document
