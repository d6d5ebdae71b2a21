// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace quintet::batch {

/// What is done with an item that did not come out well.
enum class Disposition {
    Fail,  ///< set aside: it would fail again
    Again, ///< back into the queue, for another time
    Pause, ///< back into the queue, and the run waits for the user to mend something
};

/// A pure function of the error and of how often the item was tried. Errors that say nothing about the item (too fast,
/// overloaded) never set it aside; those that may have to do with it do so at the fourth time.
Disposition dispositionOf(const Error &error, int attempts);

/// Whether the error says that the server cannot be reached at all.
bool isOutage(const Error &error);

/// How long a run waits after `failures` failures in a row without an answer between them; the server's own wait is
/// obeyed.
std::chrono::milliseconds waitAfter(const Error &error, int failures);

} // namespace quintet::batch
