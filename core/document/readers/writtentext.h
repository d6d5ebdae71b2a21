// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// A heading as it was found in a text, in UTF-16 units for now.
struct FoundHeading {
    qsizetype start = 0; ///< of the line that its section begins with
    int level = 1;
    QString title;
};

/// The bytes as normalised text. Fails with BadInput where they are none, or only white space.
Result<QString> textOf(const Content &content, const Reading &reading);

/// A document whose text stays as it is written: a Section place from each heading to the next, or, without headings, a
/// Line place for each stretch between blank lines, of at most 40 lines. `isCode`: only a blank line before one
/// that is not indented parts them.
Document writtenDocument(QString text, const QString &format, const std::vector<FoundHeading> &headings,
                         bool isCode = false);

} // namespace quintet::document
