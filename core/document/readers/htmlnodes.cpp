// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/htmlnodes.h"

#include <QRegularExpression>

#include <optional>

namespace quintet::document {

namespace {

bool addShortText(const GumboNode *node, QString &text, int &nodesLeft)
{
    constexpr qsizetype longest = 24;
    if (--nodesLeft < 0)
        return false;
    if (node->type == GUMBO_NODE_TEXT)
        text += QString::fromUtf8(node->v.text.text, qstrnlen(node->v.text.text, longest + 1));
    bool isShort = text.size() <= longest;
    forEachChild(node, [&](const GumboNode *child) { isShort = isShort && addShortText(child, text, nodesLeft); });
    return isShort;
}

/// The text of an element that holds a few characters and elements, else nothing.
std::optional<QString> shortTextOf(const GumboNode *node)
{
    QString text;
    int nodesLeft = 16;
    return addShortText(node, text, nodesLeft) ? std::optional(text.trimmed()) : std::nullopt;
}

/// An anchor in this page, or one that lost its address.
bool mayLeadToNote(const GumboNode *link)
{
    return !hasAttribute(link, "href") || attribute(link, "href").contains(u'#');
}

const GumboNode *firstChildElement(const GumboNode *node)
{
    const GumboNode *found = nullptr;
    forEachChild(node, [&found](const GumboNode *child) {
        if (!found && child->type == GUMBO_NODE_ELEMENT)
            found = child;
    });
    return found;
}

bool isNamedNote(const GumboNode *link)
{
    if (attribute(link, "role") == u"doc-noteref" || attribute(link, "epub:type") == u"noteref")
        return true;
    const QStringList words = wordsOfName(attribute(link, "class"));
    return std::ranges::any_of(words, [](const QString &word) {
        return word == u"footnote" || word == u"footnotes" || word == u"noteref" || word == u"fnref"
               || word == u"backref";
    });
}

} // namespace

QString attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? QString::fromUtf8(found->value) : QString();
}

bool hasAttribute(const GumboNode *node, const char *name)
{
    return gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

bool isElement(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

bool isBlock(GumboTag tag)
{
    static constexpr GumboTag tags[] = {
        GUMBO_TAG_ADDRESS,   GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,    GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,
        GUMBO_TAG_BR,        GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER,   GUMBO_TAG_COL,        GUMBO_TAG_COLGROUP,
        GUMBO_TAG_DD,        GUMBO_TAG_DETAILS, GUMBO_TAG_DIALOG,   GUMBO_TAG_DIR,        GUMBO_TAG_DIV,
        GUMBO_TAG_DL,        GUMBO_TAG_DT,      GUMBO_TAG_FIELDSET, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_FIGURE,
        GUMBO_TAG_FOOTER,    GUMBO_TAG_FORM,    GUMBO_TAG_FRAME,    GUMBO_TAG_FRAMESET,   GUMBO_TAG_H1,
        GUMBO_TAG_H2,        GUMBO_TAG_H3,      GUMBO_TAG_H4,       GUMBO_TAG_H5,         GUMBO_TAG_H6,
        GUMBO_TAG_HEAD,      GUMBO_TAG_HEADER,  GUMBO_TAG_HGROUP,   GUMBO_TAG_HR,         GUMBO_TAG_HTML,
        GUMBO_TAG_LEGEND,    GUMBO_TAG_LI,      GUMBO_TAG_LISTING,  GUMBO_TAG_MAIN,       GUMBO_TAG_MENU,
        GUMBO_TAG_NAV,       GUMBO_TAG_OL,      GUMBO_TAG_OPTGROUP, GUMBO_TAG_OPTION,     GUMBO_TAG_P,
        GUMBO_TAG_PLAINTEXT, GUMBO_TAG_PRE,     GUMBO_TAG_SECTION,  GUMBO_TAG_SUMMARY,    GUMBO_TAG_TABLE,
        GUMBO_TAG_TBODY,     GUMBO_TAG_TD,      GUMBO_TAG_TFOOT,    GUMBO_TAG_TH,         GUMBO_TAG_THEAD,
        GUMBO_TAG_TR,        GUMBO_TAG_UL,      GUMBO_TAG_XMP};
    return isOneOf(tag, tags);
}

bool isHeading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

const GumboNode *firstOf(const GumboNode *node, GumboTag tag)
{
    if (isElement(node, tag))
        return node;
    const GumboNode *found = nullptr;
    forEachChild(node, [&](const GumboNode *child) {
        if (!found)
            found = firstOf(child, tag);
    });
    return found;
}

QStringList classesOf(const GumboNode *node)
{
    return attribute(node, "class").toLower().simplified().split(u' ', Qt::SkipEmptyParts);
}

QStringList wordsOfName(const QString &name)
{
    QStringList words;
    QString word;
    const auto end = [&words, &word] {
        if (!word.isEmpty())
            words << word.toLower();
        word.clear();
    };
    for (const QChar c : name) {
        if (!c.isLetterOrNumber() || (c.isUpper() && !word.isEmpty() && word.back().isLower()))
            end();
        if (c.isLetterOrNumber())
            word += c;
    }
    end();
    return words;
}

bool isFootnoteMark(const GumboNode *node)
{
    const bool isRaised = isElement(node, GUMBO_TAG_SUP);
    if (!isRaised && !isElement(node, GUMBO_TAG_A))
        return false;
    const std::optional<QString> text = shortTextOf(node);
    if (!text)
        return false;
    static const QRegularExpression bracketed(QStringLiteral("^\\[\\d{1,3}\\]$"));
    static const QRegularExpression mark(
        QStringLiteral("^[\\[(]?(?:\\w+\\s)?(?:\\d{1,3}|[a-z]|\\*{1,3}|[†‡§↩])\\x{FE0E}?[\\])]?$"));
    const bool isBracketed = bracketed.matchView(*text).hasMatch();
    if (isRaised && isBracketed)
        return true;
    if (!mark.matchView(*text).hasMatch())
        return false;
    const GumboNode *inner = firstChildElement(node);
    if (isRaised)
        return inner && isElement(inner, GUMBO_TAG_A) && mayLeadToNote(inner);
    return isNamedNote(node)
           || (attribute(node, "href").contains(u'#') && (isBracketed || (inner && isElement(inner, GUMBO_TAG_SUP))));
}

bool holdsOnlyInline(const GumboNode *node)
{
    bool onlyInline = true;
    forEachChild(node, [&onlyInline](const GumboNode *child) {
        if (onlyInline && child->type == GUMBO_NODE_ELEMENT)
            onlyInline = !isBlock(child->v.element.tag) && holdsOnlyInline(child);
    });
    return onlyInline;
}

} // namespace quintet::document
