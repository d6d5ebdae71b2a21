// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// PPTX: a Slide place for each slide in the order of the show; its title as a heading, then its texts and tables, then
/// the speaker's notes behind "Notes:".
Result<Document> readSlides(const Content &content, const Reading &reading);

} // namespace quintet::document
