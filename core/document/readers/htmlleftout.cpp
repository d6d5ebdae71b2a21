// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/htmlleftout.h"

#include <utility>

namespace quintet::document {

namespace {

bool isTableOfContents(const GumboNode *node)
{
    static constexpr GumboTag tags[] = {GUMBO_TAG_DIV, GUMBO_TAG_DL,      GUMBO_TAG_UL,
                                        GUMBO_TAG_OL,  GUMBO_TAG_SECTION, GUMBO_TAG_TABLE};
    if (!isOneOf(node->v.element.tag, tags))
        return false;
    const auto isOne = [](const QString &name) {
        return name == u"toc" || name == u"toctree-wrapper" || name == u"table-of-contents";
    };
    return isOne(attribute(node, "id").toLower()) || attribute(node, "role") == u"doc-toc"
           || std::ranges::any_of(classesOf(node), isOne);
}

Q_NEVER_INLINE bool isNeverText(const GumboNode *node)
{
    static constexpr GumboTag tags[] = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                                        GUMBO_TAG_NAV,    GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,    GUMBO_TAG_FORM,
                                        GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_SVG,
                                        GUMBO_TAG_MATH,   GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,   GUMBO_TAG_HEAD,
                                        GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,  GUMBO_TAG_CANVAS,   GUMBO_TAG_DIALOG,
                                        GUMBO_TAG_RT,     GUMBO_TAG_RP};
    return isOneOf(node->v.element.tag, tags) || hasAttribute(node, "hidden")
           || attribute(node, "style").remove(u' ').contains(u"display:none") || isTableOfContents(node)
           || isFootnoteMark(node);
}

bool holdsOne(const QStringList &words, std::initializer_list<QStringView> of)
{
    return std::ranges::any_of(
        words, [of](const QString &word) { return std::ranges::find(of, QStringView(word)) != of.end(); });
}

/// The words of an element's names, of those elements that pages are laid out with. The name of a section or a term is
/// what it is about.
QStringList layoutWords(const GumboNode *node)
{
    static constexpr GumboTag tags[] = {GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_P,    GUMBO_TAG_HEADER,
                                        GUMBO_TAG_UL,  GUMBO_TAG_OL,      GUMBO_TAG_TABLE};
    const GumboTag tag = node->v.element.tag;
    if (!isOneOf(tag, tags))
        return {};
    const bool isAboutIt = tag == GUMBO_TAG_SECTION || classesOf(node).contains(QStringLiteral("section"));
    return wordsOfName(attribute(node, "class")) + (isAboutIt ? QStringList() : wordsOfName(attribute(node, "id")));
}

bool isEnd(QChar c)
{
    return QStringView(u".!?。！？؟।").contains(c);
}

/// What an element holds, in characters that are no white space.
struct Share {
    qsizetype text = 0;
    qsizetype linked = 0;
    qsizetype kept = 0; ///< without the furniture found in it
    int links = 0;
    bool hasSentence = false; ///< outside of links
    bool isAnnounced = false; ///< by a sentence before it that ends in a colon
    bool hasArticle = false;
    bool hasTitle = false;

    void add(const Share &other)
    {
        text += other.text;
        linked += other.linked;
        kept += other.kept;
        links += other.links;
        hasSentence = hasSentence || other.hasSentence;
        hasArticle = hasArticle || other.hasArticle;
        hasTitle = hasTitle || other.hasTitle;
    }
};

bool isFurniture(const GumboNode *node, const Share &share)
{
    static constexpr GumboTag never[] = {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE};
    const GumboTag tag = node->v.element.tag;
    if (isOneOf(tag, never) || share.hasArticle)
        return false;
    const QStringList roles{attribute(node, "role").toLower()};
    const QStringList words = layoutWords(node);
    if (attribute(node, "aria-hidden") == u"true"
        || holdsOne(roles, {u"dialog", u"alertdialog", u"navigation", u"contentinfo", u"complementary", u"search"})
        || holdsOne(words, {u"cookie", u"cookies", u"cookiebanner", u"cookiebot", u"cookieconsent", u"consent", u"gdpr",
                            u"newsletter", u"subscribe", u"docnav", u"navheader", u"navfooter", u"navbar",
                            u"breadcrumb", u"breadcrumbs", u"pagination"}))
        return true;
    if (!share.hasTitle && (holdsOne(roles, {u"banner"}) || holdsOne(words, {u"banner"})))
        return true;
    const bool isList = tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || holdsOne(words, {u"related", u"recommended"});
    return isList && share.links > 1 && share.linked * 5 > share.text * 4 && !share.hasSentence && !share.isAnnounced;
}

/// One walk over a page that finds its furniture from the inside to the outside.
class Survey final {
public:
    Share of(const GumboNode *node)
    {
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
            return ofText(node->v.text.text);
        if (node->type != GUMBO_NODE_ELEMENT || isNeverText(node))
            return {};
        const GumboTag tag = node->v.element.tag;
        if (isBlock(tag))
            m_letters = 0;
        m_links += tag == GUMBO_TAG_A;
        Share share;
        share.isAnnounced = m_announces;
        for (unsigned i = 0; i < childrenOf(node).length; ++i)
            share.add(of(static_cast<const GumboNode *>(childrenOf(node).data[i])));
        m_links -= tag == GUMBO_TAG_A;
        if (isBlock(tag))
            m_letters = 0;
        if (isHeading(tag))
            m_announces = false;
        judge(node, share);
        return share;
    }

    QSet<const GumboNode *> furniture;

private:
    /// Not part of of(), which goes as deep as the page does: this takes room on the stack.
    Q_NEVER_INLINE void judge(const GumboNode *node, Share &share)
    {
        const GumboTag tag = node->v.element.tag;
        share.links += tag == GUMBO_TAG_A;
        if (isFurniture(node, share)) {
            furniture.insert(node);
            share.kept = 0;
        }
        share.hasArticle = share.hasArticle || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN;
        share.hasTitle = share.hasTitle || tag == GUMBO_TAG_H1;
    }

    Q_NEVER_INLINE Share ofText(const char *raw)
    {
        constexpr int lettersOfSentence = 10;
        Share share;
        for (const QChar c : QString::fromUtf8(raw)) {
            share.text += !c.isSpace();
            if (!c.isSpace())
                m_announces = (c == u':' || c == u'：') && m_letters >= lettersOfSentence && m_links == 0;
            if (m_links > 0)
                continue;
            m_letters += c.isLetter();
            share.hasSentence = share.hasSentence || (isEnd(c) && m_letters >= lettersOfSentence);
        }
        share.kept = share.text;
        share.linked = m_links > 0 ? share.text : 0;
        return share;
    }

    int m_links = 0;          ///< that are open
    int m_letters = 0;        ///< outside of links, since the last block began
    bool m_announces = false; ///< what was read last announces what comes
};

} // namespace

LeftOut LeftOut::furnitureOf(const GumboNode *root)
{
    Survey survey;
    const Share whole = survey.of(root);
    LeftOut found;
    if (whole.kept * 5 >= whole.text)
        found.m_furniture = std::move(survey.furniture);
    return found;
}

bool LeftOut::contains(const GumboNode *node) const
{
    return node->type == GUMBO_NODE_ELEMENT && (m_furniture.contains(node) || isNeverText(node));
}

} // namespace quintet::document
