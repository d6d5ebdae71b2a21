// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// SubRip and WebVTT: what is said, a line for each cue, who says it before it where the file tells; a Section place
/// for each half minute, named by the time ("0:01:30"). Lines that a rolling caption repeats stand once.
Result<Document> readSubtitles(const Content &content, const Reading &reading);

} // namespace quintet::document
