// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace quintet::document {

/// Undoes in the texts of pages what only paper needs: running headers and footers, page numbers, words torn at line
/// ends, paragraphs broken into lines. A line goes only where certain: among the first or last three of its page, and
/// the same, digits aside, on at least 40 % of the pages and on three. Pages left empty stay in their place. Linear.
void cleanPages(std::vector<QString> &pages);

} // namespace quintet::document
