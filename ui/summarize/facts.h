// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::ui {

/// "1,204 words · reads in 4 min 49 s".
QString wordFacts(qsizetype words);

/// "14 s", "4 min 5 s", "4 h 5 min".
QString duration(qint64 seconds);

} // namespace quintet::ui
