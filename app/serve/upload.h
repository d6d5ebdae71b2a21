// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/exchange.h"

#include <QList>

namespace quintet::serve {

/// A file that a client sent.
struct UploadedFile {
    QString name; ///< without folders; tells the format where the content does not
    QByteArray content;

    bool operator==(const UploadedFile &) const = default;
};

/// Whether the request carries files rather than JSON.
bool hasFiles(const Exchange &exchange);

/// The files of a request: those of a form (multipart/form-data, RFC 7578), or its whole body, named by `?name=` or
/// after its Content-Type. BadInput where there are none.
Result<QList<UploadedFile>> filesIn(const Exchange &exchange);

} // namespace quintet::serve
