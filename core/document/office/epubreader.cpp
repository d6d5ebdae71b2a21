// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/epubreader.h"

#include "document/office/ooxml.h"
#include "document/readers/htmlreader.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

namespace quintet::document {

namespace {

constexpr int mostChapters = 10'000;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

/// The path of the package document.
QString rootFile(const ZipPackage &package)
{
    QXmlStreamReader xml(package.optionalPart(QStringLiteral("META-INF/container.xml")));
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"rootfile")
            return attributeOf(xml, u"full-path");
    }
    return {};
}

struct Book {
    QHash<QString, QString> items; ///< paths of pages by id
    QStringList spine;             ///< ids in reading order
};

Book readPackage(const QByteArray &bytes, const QString &path, Document &document)
{
    Book book;
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QStringView name = xml.name();
        if (name == u"item") {
            // The table of contents is in the spine of some books, and nobody reads it.
            const bool isPage = attributeOf(xml, u"media-type").contains(u"html")
                                && !attributeOf(xml, u"properties").split(u' ').contains(QStringLiteral("nav"));
            if (isPage)
                book.items.insert(attributeOf(xml, u"id"), ZipPackage::resolved(path, attributeOf(xml, u"href")));
        } else if (name == u"itemref") {
            book.spine << attributeOf(xml, u"idref");
        } else if (name == u"title" && document.title.isEmpty()) {
            document.title = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        } else if (name == u"creator" && document.author.isEmpty()) {
            document.author = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        } else if (name == u"language" && document.language.isEmpty()) {
            document.language = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        } else if (name == u"date" && !document.date.isValid()) {
            document.date = QDateTime::fromString(xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed(),
                                                  Qt::ISODate)
                                .toUTC();
        }
    }
    return book;
}

/// Fonts may be scrambled in a book that anybody can read; pages may not.
bool isLocked(const ZipPackage &package)
{
    if (package.has(QStringLiteral("META-INF/rights.xml")))
        return true;
    QXmlStreamReader xml(package.optionalPart(QStringLiteral("META-INF/encryption.xml")));
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"CipherReference"
            && attributeOf(xml, u"URI").contains(u"htm"))
            return true;
    }
    return false;
}

} // namespace

Result<Document> readEpub(const Content &content, const Reading &reading)
{
    const auto opened = ZipPackage::open(content, reading);
    if (!opened)
        return std::unexpected(opened.error());
    const ZipPackage &package = **opened;
    if (isLocked(package))
        return badInput(tr("“%1” is locked by its shop (DRM), so that only its own program reads it."), content.name);
    const QString root = rootFile(package);
    const auto bytes = package.part(root);
    if (!bytes)
        return std::unexpected(bytes.error());
    DocumentBuilder builder(QStringLiteral("epub"));
    const Book book = readPackage(*bytes, root, builder.facts());
    for (const QString &id : book.spine.first(std::min<qsizetype>(book.spine.size(), mostChapters))) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        const auto page = package.part(book.items.value(id));
        if (!page && page.error().kind == ErrorKind::Cancelled)
            return std::unexpected(page.error());
        if (const auto text = page ? decodedPage(*page) : std::nullopt)
            addPage(builder, *text);
        builder.addGap();
    }
    return builder.finish(content.name);
}

} // namespace quintet::document
