// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/run.h"

namespace quintet::batch {

/// What run.json says: how exactly the results were made, and what it came to. No key is in it.
QByteArray runReport(const Run &run);

} // namespace quintet::batch
