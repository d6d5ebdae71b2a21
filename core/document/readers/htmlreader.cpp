// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/htmlreader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/encoding.h"
#include "text/normalize.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringDecoder>

#include <gumbo.h>

#include <algorithm>
#include <cctype>

namespace quintet::document {

namespace {

constexpr int deepestNesting = 4'000;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

QString attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? QString::fromUtf8(found->value) : QString();
}

bool isElement(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

template<size_t N>
bool isOneOf(GumboTag tag, const GumboTag (&tags)[N])
{
    return std::ranges::find(tags, tag) != std::end(tags);
}

bool isLeftOut(const GumboNode *node)
{
    static constexpr GumboTag tags[] = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                                        GUMBO_TAG_NAV,    GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,    GUMBO_TAG_FORM,
                                        GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_SVG,
                                        GUMBO_TAG_MATH,   GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,   GUMBO_TAG_HEAD,
                                        GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,  GUMBO_TAG_CANVAS,   GUMBO_TAG_DIALOG};
    if (node->type != GUMBO_NODE_ELEMENT)
        return false;
    return isOneOf(node->v.element.tag, tags) || gumbo_get_attribute(&node->v.element.attributes, "hidden")
           || attribute(node, "aria-hidden") == u"true"
           || attribute(node, "style").remove(u' ').contains(u"display:none");
}

bool isInline(GumboTag tag)
{
    static constexpr GumboTag tags[] = {
        GUMBO_TAG_A,    GUMBO_TAG_ABBR, GUMBO_TAG_B,     GUMBO_TAG_BDI,  GUMBO_TAG_BDO,    GUMBO_TAG_CITE,
        GUMBO_TAG_CODE, GUMBO_TAG_DATA, GUMBO_TAG_DEL,   GUMBO_TAG_DFN,  GUMBO_TAG_EM,     GUMBO_TAG_FONT,
        GUMBO_TAG_I,    GUMBO_TAG_IMG,  GUMBO_TAG_INS,   GUMBO_TAG_KBD,  GUMBO_TAG_MARK,   GUMBO_TAG_Q,
        GUMBO_TAG_S,    GUMBO_TAG_SAMP, GUMBO_TAG_SMALL, GUMBO_TAG_SPAN, GUMBO_TAG_STRONG, GUMBO_TAG_SUB,
        GUMBO_TAG_SUP,  GUMBO_TAG_TIME, GUMBO_TAG_TT,    GUMBO_TAG_U,    GUMBO_TAG_VAR,    GUMBO_TAG_WBR};
    return isOneOf(tag, tags);
}

bool isHeading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

const GumboVector &childrenOf(const GumboNode *node)
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

/// Puts the text of a tree together: blocks with a blank line between, white space folded but in <pre>.
class TextBuilder final {
public:
    void add(const GumboNode *node)
    {
        switch (node->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE: addText(node->v.text.text); break;
        case GUMBO_NODE_ELEMENT:
            if (!isLeftOut(node))
                addElement(node);
            break;
        case GUMBO_NODE_DOCUMENT:
        case GUMBO_NODE_COMMENT:
        case GUMBO_NODE_TEMPLATE: break;
        }
    }

    QString text;
    std::vector<FoundHeading> headings;

private:
    /// Goes as deep as the page does: what needs room on the stack is done elsewhere.
    void addElement(const GumboNode *node)
    {
        const GumboTag tag = node->v.element.tag;
        const qsizetype start = open(tag);
        for (unsigned i = 0; i < childrenOf(node).length; ++i)
            add(static_cast<const GumboNode *>(childrenOf(node).data[i]));
        close(tag, start);
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
        } else if (!isInline(tag)) {
            endLine(gapOf(tag, !m_lists.empty()));
            if (isList(tag))
                m_lists.push_back({tag == GUMBO_TAG_OL, 0});
            if (tag == GUMBO_TAG_LI)
                addItemMark();
            m_preformatted += tag == GUMBO_TAG_PRE;
        }
        return text.size();
    }

    void close(GumboTag tag, qsizetype start)
    {
        if (isInline(tag) || isCell(tag) || tag == GUMBO_TAG_BR)
            return;
        m_preformatted -= tag == GUMBO_TAG_PRE;
        if (isHeading(tag) && text.size() > start)
            headings.push_back({start, int(tag - GUMBO_TAG_H1) + 1, text.mid(start).simplified()});
        if (isList(tag))
            m_lists.pop_back();
        endLine(gapOf(tag, !m_lists.empty()));
    }

    void addCellMark()
    {
        while (text.endsWith(u' '))
            text.chop(1);
        if (!text.isEmpty() && !text.endsWith(u'\n'))
            text += QStringLiteral(" | ");
    }

    void addItemMark()
    {
        const bool isNumbered = !m_lists.empty() && m_lists.back().isNumbered;
        text += QString(m_lists.empty() ? 0 : 2 * qsizetype(std::min<size_t>(m_lists.size() - 1, 8)), u' ');
        text += isNumbered ? QStringLiteral("%1. ").arg(++m_lists.back().items) : QStringLiteral("- ");
        m_itemStart = text.size();
    }

    void addText(const char *raw)
    {
        const QString piece = text::normalized(QString::fromUtf8(raw));
        if (m_preformatted > 0) {
            text += piece;
            return;
        }
        for (const QChar c : piece) {
            const bool isSpace = c.isSpace() && c != QChar::Nbsp;
            if (!isSpace)
                text += c;
            else if (!text.isEmpty() && !text.back().isSpace())
                text += u' ';
        }
    }

    /// Makes the text end in that many line ends, unless it is empty.
    void endLine(int count)
    {
        while (text.endsWith(u' '))
            text.chop(1);
        // A list item that turned out to hold blocks keeps its first one on its own line.
        if (text.size() == m_itemStart - 1) {
            text += u' ';
            return;
        }
        if (text.isEmpty())
            return;
        int ends = 0;
        while (ends < text.size() && text[text.size() - 1 - ends] == u'\n')
            ++ends;
        for (; ends < count; ++ends)
            text += u'\n';
    }

    struct List {
        bool isNumbered = false;
        int items = 0;
    };

    std::vector<List> m_lists;
    qsizetype m_itemStart = -1; ///< where the text of the last item begins
    int m_preformatted = 0;
};

struct Head {
    QString title, author, date;
};

Head readHead(const GumboNode *root)
{
    Head head;
    const GumboNode *node = firstOf(root, GUMBO_TAG_HEAD);
    if (!node)
        return head;
    forEachChild(node, [&head](const GumboNode *child) {
        if (isElement(child, GUMBO_TAG_TITLE) && childrenOf(child).length > 0) {
            const auto *inner = static_cast<const GumboNode *>(childrenOf(child).data[0]);
            if (inner->type == GUMBO_NODE_TEXT)
                head.title = QString::fromUtf8(inner->v.text.text).simplified();
        } else if (isElement(child, GUMBO_TAG_META)) {
            const QString name = attribute(child, "name") + attribute(child, "property");
            const QString value = attribute(child, "content").simplified();
            if (name == u"author")
                head.author = value;
            else if (name == u"article:published_time" || name == u"date" || name == u"dcterms.date")
                head.date = value;
        }
    });
    return head;
}

/// An upper bound of how deep the tree of `page` will be. Elements whose end may be left out are not counted.
int nestingOf(QByteArrayView page)
{
    static constexpr QByteArrayView uncounted[] = {"p",    "li",   "td",   "tr",    "th",     "dt",   "dd",
                                                   "br",   "hr",   "img",  "input", "meta",   "link", "option",
                                                   "body", "html", "head", "col",   "source", "wbr"};
    int depth = 0;
    int deepest = 0;
    for (qsizetype i = page.indexOf('<'); i >= 0 && i + 1 < page.size(); i = page.indexOf('<', i + 1)) {
        const bool closes = page[i + 1] == '/';
        const qsizetype start = i + (closes ? 2 : 1);
        qsizetype end = start;
        while (end < page.size() && std::isalnum(static_cast<unsigned char>(page[end])))
            ++end;
        const QByteArray name = page.sliced(start, end - start).toByteArray().toLower();
        if (name.isEmpty() || std::ranges::find(uncounted, QByteArrayView(name)) != std::end(uncounted))
            continue;
        depth = closes ? std::max(0, depth - 1) : depth + 1;
        deepest = std::max(deepest, depth);
    }
    return deepest;
}

/// As the server, or else the page, says that it is encoded, unless its bytes show otherwise.
std::optional<QString> decoded(const QByteArray &bytes, const QString &named)
{
    if (detectedEncoding(bytes).startsWith("UTF") || !named.isEmpty())
        return decodedText(bytes, named);
    QStringDecoder decoder = QStringDecoder::decoderForHtml(bytes);
    return decoder.isValid() ? std::optional<QString>(decoder.decode(bytes)) : decodedText(bytes);
}

/// The part that the page marks as what it is about, if that holds enough, else all of it.
TextBuilder mainText(const GumboNode *root)
{
    constexpr qsizetype enough = 250;
    for (const GumboTag tag : {GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN}) {
        if (const GumboNode *part = firstOf(root, tag)) {
            TextBuilder builder;
            builder.add(part);
            if (builder.text.size() >= enough)
                return builder;
        }
    }
    TextBuilder builder;
    builder.add(root);
    return builder;
}

using Tree = std::unique_ptr<GumboOutput, void (*)(GumboOutput *)>;

/// Null where it is nested deeper than any real page: the parser takes time in the square of that, and we as much
/// stack.
Tree parsed(const QByteArray &page)
{
    const auto destroy = [](GumboOutput *output) { gumbo_destroy_output(&kGumboDefaultOptions, output); };
    if (nestingOf(page) > deepestNesting)
        return {nullptr, destroy};
    return {gumbo_parse_with_options(&kGumboDefaultOptions, page.constData(), static_cast<size_t>(page.size())),
            destroy};
}

void trim(TextBuilder &builder)
{
    while (!builder.text.isEmpty() && builder.text.back().isSpace())
        builder.text.chop(1);
    std::erase_if(builder.headings,
                  [&builder](const FoundHeading &heading) { return heading.start >= builder.text.size(); });
}

} // namespace

bool looksLikeHtml(const QByteArray &head, const QString &name)
{
    const QString ending = QFileInfo(name).suffix().toLower();
    if (ending == u"md" || ending == u"markdown")
        return false;
    const QByteArray start = head.first(std::min<qsizetype>(head.size(), 1024)).trimmed().toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html") || start.contains("<html")
           || ((ending == u"html" || ending == u"htm" || ending == u"xhtml") && start.contains('<'));
}

std::optional<QString> decodedPage(const QByteArray &bytes, const QString &named)
{
    return decoded(bytes, named);
}

bool addPage(DocumentBuilder &builder, const QString &page)
{
    const QByteArray bytes = page.toUtf8();
    const Tree tree = parsed(bytes);
    if (!tree)
        return false;
    TextBuilder found;
    found.add(tree->root);
    trim(found);
    const QString &text = found.text;
    qsizetype done = 0;
    for (size_t i = 0; i < found.headings.size(); ++i) {
        builder.addVerbatim(text.sliced(done, found.headings[i].start - done));
        done = found.headings[i].start;
        builder.markHeading(found.headings[i].title, found.headings[i].level);
    }
    builder.addVerbatim(text.sliced(done));
    return true;
}

Result<Document> readHtml(const Content &content, const Reading &reading)
{
    const std::optional<QString> raw = decoded(content.bytes, content.encoding);
    if (!raw)
        return badInput(tr("“%1” is not a readable web page. Save it again, or give another file."), content.name);
    const QByteArray page = raw->toUtf8();
    if (reading.stops())
        return std::unexpected(cancelledError());
    const Tree tree = parsed(page);
    if (!tree)
        return badInput(tr("“%1” is nested deeper than any real page; it was not read."), content.name);
    TextBuilder builder = mainText(tree->root);
    trim(builder);
    if (builder.text.trimmed().isEmpty())
        return badInput(tr("“%1” is a web page without readable text; it may be made by a script. Open it in a browser "
                           "and save or copy its text."),
                        content.name);
    const Head head = readHead(tree->root);
    Document document = writtenDocument(builder.text, QStringLiteral("html"), builder.headings);
    if (builder.headings.empty())
        document.places = {Place{.kind = Place::Section, .label = {}, .start = 0, .end = document.characters}};
    document.title = head.title;
    document.author = head.author;
    document.date = QDateTime::fromString(head.date, Qt::ISODate).toUTC();
    document.language = languageOf(attribute(tree->root, "lang"));
    return document;
}

} // namespace quintet::document
