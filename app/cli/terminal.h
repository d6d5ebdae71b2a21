// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

namespace quintet::cli {

/// Whether somebody sits there who can be asked.
bool isAtTerminal();

/// The next line that is typed; empty at the end of the input. Cancelled stops the waiting.
Task<Result<QString>> readTerminalLine(CancelToken token);

/// Whether the next line that is typed is a yes.
Task<bool> readYes(CancelToken token);

/// `text` without the characters that move the cursor, which would show one thing as another. Ends of line stay.
QString printable(QString text);

} // namespace quintet::cli
