// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/files/folder.h"
#include "base/cancel.h"

#include <functional>

namespace quintet::agent {

/// Calls `visit` with the name, within `folder`, of everything below the folder `name`, folders before what is in them,
/// until it returns false. Links are not followed; what can't be listed is passed over, but for `name` itself.
/// Cancelled ends it.
Result<void> walk(const Folder &folder, const QString &name, bool below, CancelToken token,
                  const std::function<bool(const QString &, const Folder::Entry &)> &visit);

} // namespace quintet::agent
