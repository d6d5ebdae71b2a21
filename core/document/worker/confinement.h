// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace quintet::document {

/// What a process that reads other people's files may take.
inline constexpr qint64 mostWorkerMemory = 448LL << 20; ///< bytes of data; with code and mapped files under 512 MiB

/// Takes from this process, for good, what reading a file does not need: network, starting programs, writing or
/// changing files, other processes (libseccomp), opening files outside of the system's folders (Landlock, where
/// the kernel has it), more memory than mostWorkerMemory (but in sanitizer builds, which reserve terabytes). What
/// it has open stays open. False where the kernel would not; then nothing must be read. Call once, before any file is
/// looked at; `mayStart`: leaves it the right to become another program, which is confined as well.
bool confineThisProcess(bool mayStart = false);

} // namespace quintet::document
