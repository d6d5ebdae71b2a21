// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extractor.h"

namespace quintet::document {

namespace {

constexpr QStringView mark = u"encrypted";

} // namespace

Error passwordError(const QString &message)
{
    return Error(ErrorKind::BadInput, message, mark.toString());
}

bool asksForPassword(const Error &error)
{
    return error.kind == ErrorKind::BadInput && error.detail == mark;
}

} // namespace quintet::document
