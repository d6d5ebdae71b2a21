// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace quintet::cli {

/// Whether a source that a person named is on the web.
bool isWebAddress(const QString &source);

/// The path of a source that is not: as it is written, or as a file: URL says. BadInput for an address of a kind that
/// cannot be read, unless a file has that very name.
Result<QString> pathNamed(const QString &source);

} // namespace quintet::cli
