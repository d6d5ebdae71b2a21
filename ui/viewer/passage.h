// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace quintet::ui {

/// A stretch of a page's text, in its characters.
struct PageStretch {
    int page = 0; ///< from 0
    int start = 0;
    int size = 0;

    bool operator==(const PageStretch &) const = default;
};

/// Where a passage stands in a document.
struct PassagePlace {
    std::vector<PageStretch> stretches; ///< in order; empty: only the page is known
    bool isExact = true;                ///< all of it was found

    bool operator==(const PassagePlace &) const = default;
};

/// Finds `passage`, as our own reader gave it, in the pages of another reader, from `page` on. The two agree neither
/// on white space nor on hyphens at line ends, ligatures and the order of columns, so all that is left out, and what
/// isn't found as a whole is looked for line by line, then in pieces. `textOf` gives a page's text, empty past the
/// end. Looks at `page` and at its neighbours.
PassagePlace findPassage(const QString &passage, int page, const std::function<QString(int)> &textOf);

} // namespace quintet::ui
