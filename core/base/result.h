// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <expected>

namespace quintet {

/// A value, or the reason why there is none. No exception leaves a room; this does.
template<typename T>
using Result = std::expected<T, Error>;

/// `return failure(ErrorKind::BadInput, tr("..."))` from any function that returns a Result.
inline std::unexpected<Error> failure(ErrorKind kind, const QString &message, const QString &detail = {})
{
    return std::unexpected(Error(kind, message, detail));
}

} // namespace quintet
