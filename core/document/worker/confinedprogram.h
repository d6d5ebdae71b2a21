// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QStringList>

#include <chrono>

namespace quintet::document {

/// Another program that turns a file into text, and how long it may take.
struct ConfinedProgram {
    QString launcher; ///< the `quintet` that confines itself before it becomes the program
    QStringList command;
    std::chrono::milliseconds limit{60'000};
};

/// What `program` writes to standard output when it reads the open file `input`, a descriptor that must stay open until
/// then, as standard input. It may use no network and write no files, take no more memory than a reader, and write
/// no more than 64 MiB. Fails with BadInput, naming `name`, where it fails, takes too long or writes nothing. Needs an
/// event loop.
Task<Result<QByteArray>> runConfined(ConfinedProgram program, int input, QString name, CancelToken token);

/// The child's side: confines this process and becomes the program that `arguments`, ending in a null, name. Returns only
/// where that fails.
int becomeConfined(char *const *arguments);

} // namespace quintet::document
