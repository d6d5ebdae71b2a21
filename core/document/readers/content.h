// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"

#include <memory>
#include <optional>

namespace quintet::document {

/// The bytes of a document with what is known about it before it is read.
struct Content {
    QString name;      ///< for messages, and for its ending
    QByteArray bytes;  ///< of a large file on disk they are a view, alive as long as `mapping`
    QString encoding;  ///< that was named by whoever sent it
    QString password;  ///< as the user gave it
    QDateTime changed; ///< of the file, UTC
    std::shared_ptr<const void> mapping = {};
};

/// A BadInput about the source that people call `name`; `sentence` has %1 for it.
std::unexpected<Error> badInput(const QString &sentence, const QString &name, const QString &detail = {});

/// The same for an encrypted source: says that it needs a password, or that `password` is not the right one.
std::unexpected<Error> needsPassword(const QString &name, const QString &password);

/// The same for a source whose text is in pictures: of `pages` pages, or 0 for one that is itself a picture.
std::unexpected<Error> needsRecognition(const QString &sentence, const QString &name, int pages);

/// How many pages that were, if `error` is of that kind.
std::optional<int> pagesToRecognise(const Error &error);

} // namespace quintet::document
