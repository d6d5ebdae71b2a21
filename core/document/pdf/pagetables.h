// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace quintet::document {

/// A word of a page and how far down it stands.
struct PlacedWord {
    QString text;
    double y = 0; ///< points from the top to its middle
};

/// `page` with tables row by row, cells parted by " | ". The text of a PDF has them column by column: blocks with as
/// many short lines each, one after the other. Only those whose lines stand side by side on paper are turned; `words`
/// is called, once at most, where there may be one. Linear in the page.
QString withTableRows(const QString &page, const std::function<std::vector<PlacedWord>()> &words);

} // namespace quintet::document
