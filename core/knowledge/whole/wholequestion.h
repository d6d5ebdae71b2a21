// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace quintet::knowledge {

/// What is wanted of a whole collection.
enum class WholeKind {
    Summary, ///< "summarize all documents"
    Listing, ///< "list every deadline"
};

/// Whether a question sounds as if the best passages were not enough, since it is about all of them: told from words of
/// English and German. Nothing for others; it is a hint for an offer, no more. Any thread.
std::optional<WholeKind> wholeKindOf(const QString &question);

} // namespace quintet::knowledge
