// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/content.h"

namespace quintet::document {

/// A page of a PDF, counted from 0, as a grey picture (PGM) of a size that text recognition likes: 300 dots an inch, fewer
/// for pages beyond any paper. Fails with BadInput where there is no such page.
Result<QByteArray> pictureOfPage(const Content &content, int page);

} // namespace quintet::document
