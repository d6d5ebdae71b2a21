// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/htmltext.h"

#include "text/normalize.h"

namespace quintet::document {

namespace {

/// Puts the text of a tree together: blocks with a blank line between, white space folded but in <pre>.
class TextBuilder final {
public:
    explicit TextBuilder(const LeftOut &leftOut) : m_leftOut(leftOut) { }

    void add(const GumboNode *node)
    {
        switch (node->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE: addText(node->v.text.text); break;
        case GUMBO_NODE_ELEMENT:
            if (!m_leftOut.contains(node))
                addElement(node);
            else if (isFootnoteMark(node))
                m_markAt = m_text.size();
            break;
        case GUMBO_NODE_DOCUMENT:
        case GUMBO_NODE_COMMENT:
        case GUMBO_NODE_TEMPLATE: break;
        }
    }

    /// All that was added, without white space at its end.
    HtmlText finish()
    {
        while (!m_text.isEmpty() && m_text.back().isSpace())
            m_text.chop(1);
        std::erase_if(m_headings, [this](const FoundHeading &heading) { return heading.start >= m_text.size(); });
        return {std::move(m_text), std::move(m_headings)};
    }

private:
    /// Goes as deep as the page does: what needs room on the stack is done elsewhere.
    void addElement(const GumboNode *node)
    {
        const GumboTag tag = node->v.element.tag;
        const qsizetype start = open(tag);
        addChildren(node);
        close(tag, start);
    }

    void addChildren(const GumboNode *node)
    {
        for (unsigned i = 0; i < childrenOf(node).length; ++i) {
            if (isRunIn(node, i))
                addRunIn(childAt(node, i));
            else
                add(childAt(node, i));
        }
    }

    void addRunIn(const GumboNode *node)
    {
        addText(" ");
        addChildren(node);
        addText(" ");
    }

    static const GumboNode *childAt(const GumboNode *node, unsigned index)
    {
        return static_cast<const GumboNode *>(childrenOf(node).data[index]);
    }

    /// Whether that child is a block which a sentence goes on behind.
    bool isRunIn(const GumboNode *parent, unsigned index) const
    {
        const GumboNode *child = childAt(parent, index);
        if (!isElement(child, GUMBO_TAG_DIV) || m_preformatted > 0 || !isInLine() || m_leftOut.contains(child))
            return false;
        QChar next;
        for (unsigned i = index + 1; next.isNull() && i < childrenOf(parent).length; ++i) {
            if (!findNext(childAt(parent, i), next))
                return false;
        }
        if (next.isNull() || !holdsOnlyInline(child))
            return false;
        return next.isLower() || QStringView(u",.;:)，。；：）、").contains(next)
               || (next.isLetter() && !next.isUpper() && !endsSentence());
    }

    /// The first character shown of `node`; false where a block comes before it.
    bool findNext(const GumboNode *node, QChar &next) const
    {
        if (node->type == GUMBO_NODE_TEXT)
            next = QString::fromUtf8(node->v.text.text).trimmed().left(1).append(QChar()).front();
        if (node->type != GUMBO_NODE_ELEMENT || m_leftOut.contains(node))
            return true;
        if (isBlock(node->v.element.tag))
            return false;
        for (unsigned i = 0; next.isNull() && i < childrenOf(node).length; ++i) {
            if (!findNext(childAt(node, i), next))
                return false;
        }
        return true;
    }

    /// Whether text stands on the line that is being written.
    bool isInLine() const { return !m_text.isEmpty() && m_text.back() != u'\n' && m_text.size() != m_itemStart; }

    bool endsSentence() const
    {
        const qsizetype last = m_text.endsWith(u' ') ? m_text.size() - 2 : m_text.size() - 1;
        return last >= 0 && QStringView(u".!?。！？").contains(m_text[last]);
    }

    static bool isList(GumboTag tag) { return tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL; }
    static bool isCell(GumboTag tag) { return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH; }

    /// How many line ends part an element from what is round it.
    int gapOf(GumboTag tag, bool isInList) const
    {
        static constexpr GumboTag tight[] = {GUMBO_TAG_LI, GUMBO_TAG_TR,    GUMBO_TAG_DT,    GUMBO_TAG_DD,
                                             GUMBO_TAG_BR, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT};
        return isOneOf(tag, tight) || (isList(tag) && isInList) ? 1 : 2;
    }

    /// Returns where the element's own text begins.
    qsizetype open(GumboTag tag)
    {
        if (isCell(tag)) {
            addCellMark();
        } else if (tag == GUMBO_TAG_Q) {
            m_text += u'“';
        } else if (isBlock(tag)) {
            endLine(gapOf(tag, !m_lists.empty()));
            if (isList(tag))
                m_lists.push_back({tag == GUMBO_TAG_OL, 0});
            if (tag == GUMBO_TAG_LI)
                addItemMark();
            m_preformatted += tag == GUMBO_TAG_PRE;
        }
        return m_text.size();
    }

    void close(GumboTag tag, qsizetype start)
    {
        if (tag == GUMBO_TAG_Q)
            m_text += u'”';
        if (!isBlock(tag) || isCell(tag) || tag == GUMBO_TAG_BR)
            return;
        m_preformatted -= tag == GUMBO_TAG_PRE;
        if (isHeading(tag) && m_text.size() > start)
            m_headings.push_back({start, int(tag - GUMBO_TAG_H1) + 1, m_text.mid(start).simplified()});
        if (isList(tag))
            m_lists.pop_back();
        endLine(gapOf(tag, !m_lists.empty()));
    }

    void addCellMark()
    {
        while (m_text.endsWith(u' '))
            m_text.chop(1);
        if (!m_text.isEmpty() && !m_text.endsWith(u'\n'))
            m_text += QStringLiteral(" | ");
    }

    void addItemMark()
    {
        const bool isNumbered = !m_lists.empty() && m_lists.back().isNumbered;
        m_text += QString(m_lists.empty() ? 0 : 2 * qsizetype(std::min<size_t>(m_lists.size() - 1, 8)), u' ');
        m_text += isNumbered ? QStringLiteral("%1. ").arg(++m_lists.back().items) : QStringLiteral("- ");
        m_itemStart = m_text.size();
    }

    void addText(const char *raw)
    {
        const QString piece = text::normalized(QString::fromUtf8(raw));
        dropSpaceOfMark(piece);
        if (m_preformatted > 0) {
            m_text += piece;
            return;
        }
        for (const QChar c : piece) {
            const bool isSpace = c.isSpace() && c != QChar::Nbsp;
            if (!isSpace)
                m_text += c;
            else if (!m_text.isEmpty() && !m_text.back().isSpace())
                m_text += u' ';
        }
    }

    /// What stands round a mark that is left out: "as noted [3]." is "as noted."
    void dropSpaceOfMark(const QString &next)
    {
        if (m_markAt == m_text.size() && isInLine() && !next.isEmpty() && QStringView(u".,;:!?").contains(next.front())
            && m_text.endsWith(u' '))
            m_text.chop(1);
        m_markAt = -1;
    }

    /// Makes the text end in that many line ends, unless it is empty.
    void endLine(int count)
    {
        while (m_text.endsWith(u' '))
            m_text.chop(1);
        // A list item that turned out to hold blocks keeps its first one on its own line.
        if (m_text.size() == m_itemStart - 1) {
            m_text += u' ';
            return;
        }
        if (m_text.isEmpty())
            return;
        int ends = 0;
        while (ends < m_text.size() && m_text[m_text.size() - 1 - ends] == u'\n')
            ++ends;
        for (; ends < count; ++ends)
            m_text += u'\n';
    }

    struct List {
        bool isNumbered = false;
        int items = 0;
    };

    const LeftOut &m_leftOut;
    QString m_text;
    std::vector<FoundHeading> m_headings;
    std::vector<List> m_lists;
    qsizetype m_itemStart = -1; ///< where the text of the last item begins
    qsizetype m_markAt = -1;    ///< where a footnote mark was just left out
    int m_preformatted = 0;
};

} // namespace

HtmlText htmlText(const GumboNode *root, const LeftOut &leftOut)
{
    TextBuilder builder(leftOut);
    builder.add(root);
    return builder.finish();
}

} // namespace quintet::document
