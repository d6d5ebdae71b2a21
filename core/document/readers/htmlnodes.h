// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <gumbo.h>

#include <algorithm>
#include <iterator>

namespace quintet::document {

/// The value of an element's attribute; empty where it has none.
QString attribute(const GumboNode *node, const char *name);

/// Whether an element has an attribute, with or without a value.
bool hasAttribute(const GumboNode *node, const char *name);

bool isElement(const GumboNode *node, GumboTag tag);

template<size_t N>
bool isOneOf(GumboTag tag, const GumboTag (&tags)[N])
{
    return std::ranges::find(tags, tag) != std::end(tags);
}

/// Whether an element stands apart from the text round it, as browsers show it. Elements that are not known do not.
bool isBlock(GumboTag tag);

bool isHeading(GumboTag tag);

inline const GumboVector &childrenOf(const GumboNode *node)
{
    return node->v.element.children;
}

template<typename Visit>
void forEachChild(const GumboNode *node, Visit visit)
{
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    for (unsigned i = 0; i < childrenOf(node).length; ++i)
        visit(static_cast<const GumboNode *>(childrenOf(node).data[i]));
}

/// The first element of that tag, depth first.
const GumboNode *firstOf(const GumboNode *node, GumboTag tag);

/// The classes of an element in lower case.
QStringList classesOf(const GumboNode *node);

/// The words that a name is made of, in lower case: "cookie-banner" and "cookieBanner" are "cookie", "banner".
QStringList wordsOfName(const QString &name);

/// Whether an element is a mark that leads to a footnote, such as <sup>[3]</sup>: a number in brackets that is raised,
/// or a short mark that links to a note.
bool isFootnoteMark(const GumboNode *node);

/// Whether nothing stands apart inside of an element.
bool holdsOnlyInline(const GumboNode *node);

} // namespace quintet::document
