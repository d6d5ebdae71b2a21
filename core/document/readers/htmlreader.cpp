// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/htmlreader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/encoding.h"
#include "document/readers/htmlleftout.h"
#include "document/readers/htmlnodes.h"
#include "document/readers/htmltext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>
#include <cctype>

namespace quintet::document {

namespace {

constexpr int deepestNesting = 4'000;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

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
HtmlText mainText(const GumboNode *root)
{
    constexpr qsizetype enough = 250;
    for (const GumboTag tag : {GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN}) {
        if (const GumboNode *part = firstOf(root, tag)) {
            HtmlText found = htmlText(part, LeftOut::furnitureOf(part));
            if (found.text.size() >= enough)
                return found;
        }
    }
    return htmlText(root, LeftOut::furnitureOf(root));
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
    const HtmlText found = htmlText(tree->root, LeftOut::nothingMore());
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
    const HtmlText found = mainText(tree->root);
    if (found.text.trimmed().isEmpty())
        return badInput(tr("“%1” is a web page without readable text; it may be a table of contents, or made by a "
                           "script. Open it in a browser "
                           "and save or copy its text."),
                        content.name);
    const Head head = readHead(tree->root);
    Document document = writtenDocument(found.text, QStringLiteral("html"), found.headings);
    if (found.headings.empty())
        document.places = {Place{.kind = Place::Section, .label = {}, .start = 0, .end = document.characters}};
    document.title = head.title;
    document.author = head.author;
    document.date = QDateTime::fromString(head.date, Qt::ISODate).toUTC();
    document.language = languageOf(attribute(tree->root, "lang"));
    return document;
}

} // namespace quintet::document
