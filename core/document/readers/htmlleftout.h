// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/htmlnodes.h"

#include <QSet>

namespace quintet::document {

/// Which elements of a page are not part of its text. Scripts, forms, navigation, tables of contents and what is hidden
/// never are.
class LeftOut final {
public:
    /// Only what never is part of the text: for pages that are a part of something else.
    static LeftOut nothingMore() { return {}; }

    /// Also what stands round the text of a page on the web: banners, consent dialogs, lists of links. Where less than
    /// a fifth of the text would be left, those are what the page is about, and stay.
    static LeftOut furnitureOf(const GumboNode *root);

    bool contains(const GumboNode *node) const;

private:
    QSet<const GumboNode *> m_furniture;
};

} // namespace quintet::document
