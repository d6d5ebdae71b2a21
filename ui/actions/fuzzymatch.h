// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace quintet::ui {

/// How well `text` answers what was `typed`: nothing if a typed letter is missing or out of order, else the higher the
/// better. Beginnings of words and letters in a row count most; case and accents do not count. A pure function.
std::optional<int> fuzzyMatch(const QString &typed, const QString &text);

} // namespace quintet::ui
