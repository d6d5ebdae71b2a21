// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/textreader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/writtentext.h"
#include "text/markdown.h"

#include <QTimeZone>

#include <algorithm>

namespace quintet::document {

namespace {

std::vector<FoundHeading> markdownHeadings(QStringView text)
{
    std::vector<FoundHeading> headings;
    for (const text::Block &block : text::splitMarkdownBlocks(text)) {
        if (block.kind != text::BlockKind::Heading || block.level <= 0)
            continue;
        const QString title = text::plainInline(block.span.of(text));
        // The heading's marks belong to its section: from the start of its line.
        if (!title.isEmpty())
            headings.push_back({text.first(block.span.start).lastIndexOf(u'\n') + 1, block.level, title});
    }
    return headings;
}

void readFrontMatter(Document &document)
{
    const QStringView text = document.text;
    document.title = text::frontMatterField(text, u"title");
    const auto first = std::ranges::find(document.headings, 1, &Heading::level);
    if (document.title.isEmpty() && first != document.headings.end())
        document.title = first->title;
    document.author = text::frontMatterField(text, u"author");
    document.language = languageOf(text::frontMatterField(text, u"lang"));
    if (document.language.isEmpty())
        document.language = languageOf(text::frontMatterField(text, u"language"));
    document.date = QDateTime::fromString(text::frontMatterField(text, u"date"), Qt::ISODate);
    if (document.date.isValid())
        document.date.setTimeZone(QTimeZone::UTC);
}

} // namespace

Result<Document> readPlainText(const Content &content, const Reading &reading)
{
    return textOf(content, reading).transform([](const QString &text) {
        return writtenDocument(text, QStringLiteral("text"), {});
    });
}

Result<Document> readCode(const Content &content, const Reading &reading)
{
    return textOf(content, reading).transform([](const QString &text) {
        return writtenDocument(text, QStringLiteral("code"), {}, true);
    });
}

Result<Document> readMarkdown(const Content &content, const Reading &reading)
{
    return textOf(content, reading).transform([](const QString &text) {
        return markdownDocument(text, QStringLiteral("markdown"));
    });
}

Document markdownDocument(QString text, const QString &format)
{
    const auto headings = markdownHeadings(text);
    Document document = writtenDocument(std::move(text), format, headings);
    readFrontMatter(document);
    return document;
}

} // namespace quintet::document
