// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/message.h"
#include "ui/transcript/rows/row.h"

namespace quintet::ui {

/// The rows of a part but for those of its Markdown: `part` is its number in the message. Of text none.
std::vector<Row> cardsOf(const Part &part, size_t number, bool isUnfolded);

/// The Markdown that stands below its cards: of text and unfolded reasoning; null if there is none.
const QString *markdownOf(const Part &part, bool isUnfolded);
QString *markdownOf(Part &part);

/// Whether a part can be folded.
bool isFoldable(const Part &part);

/// Leaves as rows of a part. Code that goes on from `before` is chained to it.
std::vector<Row> rowsOf(const std::vector<text::LeafBlock> &leaves, size_t first, size_t count, size_t part,
                        bool isInset, const Row *before);

} // namespace quintet::ui
