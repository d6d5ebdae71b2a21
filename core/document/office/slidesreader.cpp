// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/slidesreader.h"

#include "document/office/ooxml.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

namespace quintet::document {

namespace {

constexpr int mostSlides = 10'000;

/// One shape with text, or one row of a table.
struct Piece {
    enum Kind { Title, Text, Row };

    Kind kind = Text;
    QStringList texts; ///< paragraphs, or cells
};

/// Texts that belong to the page rather than the talk.
bool isFurniture(QStringView placeholder)
{
    return placeholder == u"sldNum" || placeholder == u"dt" || placeholder == u"ftr" || placeholder == u"hdr"
           || placeholder == u"sldImg";
}

/// The texts of a slide or its notes in the order of the file.
std::vector<Piece> piecesOf(const QByteArray &bytes)
{
    std::vector<Piece> pieces;
    Piece shape;
    QString placeholder;
    QString paragraph;
    bool isInText = false;
    bool isInCell = false;
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        const QStringView name = xml.name();
        if (token == QXmlStreamReader::StartElement) {
            if (name == u"sp" || name == u"tr") {
                shape = {name == u"tr" ? Piece::Row : Piece::Text, {}};
                placeholder.clear();
            } else if (name == u"ph") {
                placeholder = attributeOf(xml, u"type");
            } else if (name == u"tc") {
                isInCell = true;
                shape.texts << QString();
            } else if (name == u"t") {
                isInText = true;
            } else if (name == u"br") {
                paragraph += u'\n';
            } else if (name == u"Fallback") {
                xml.skipCurrentElement();
            }
        } else if (token == QXmlStreamReader::Characters && isInText) {
            paragraph += xml.text();
        } else if (token == QXmlStreamReader::EndElement) {
            if (name == u"t") {
                isInText = false;
            } else if (name == u"p") {
                if (isInCell)
                    shape.texts.last() += paragraph.simplified() + u' ';
                else if (!paragraph.trimmed().isEmpty())
                    shape.texts << paragraph;
                paragraph.clear();
            } else if (name == u"tc") {
                isInCell = false;
            } else if ((name == u"sp" || name == u"tr") && !isFurniture(placeholder)) {
                if (placeholder == u"title" || placeholder == u"ctrTitle")
                    shape.kind = Piece::Title;
                if (!shape.texts.isEmpty())
                    pieces.push_back(shape);
                shape = {};
            }
        }
    }
    return pieces;
}

void addSlide(DocumentBuilder &builder, const std::vector<Piece> &pieces)
{
    // The title comes first for readers, wherever it stands in the file.
    for (const Piece &piece : pieces) {
        if (piece.kind == Piece::Title)
            builder.addHeading(piece.texts.join(u' '), 1);
    }
    for (const Piece &piece : pieces) {
        if (piece.kind == Piece::Row) {
            builder.addRow(piece.texts);
        } else if (piece.kind == Piece::Text) {
            builder.addGap();
            for (const QString &text : piece.texts)
                builder.addLine(text);
        }
    }
}

/// Paths of the slides in the order of the show.
QStringList slidePaths(const ZipPackage &package, const QString &main)
{
    const auto relations = package.relations(main);
    QStringList paths;
    QXmlStreamReader xml(package.optionalPart(main));
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"sldId")
            continue;
        // Two attributes are called id; the one with a prefix is the relation.
        for (const QXmlStreamAttribute &attribute : xml.attributes()) {
            if (attribute.name() == u"id" && relations.contains(attribute.value().toString()))
                paths << relations.value(attribute.value().toString()).target;
        }
    }
    return paths.first(std::min<qsizetype>(paths.size(), mostSlides));
}

void addNotes(DocumentBuilder &builder, const ZipPackage &package, const QString &slide)
{
    for (const Relation &relation : package.relations(slide)) {
        if (relation.type != u"notesSlide")
            continue;
        QStringList notes;
        for (const Piece &piece : piecesOf(package.optionalPart(relation.target)))
            notes << piece.texts;
        if (!notes.isEmpty())
            builder.addParagraph(QCoreApplication::translate("document", "Notes: %1").arg(notes.join(u'\n')));
    }
}

} // namespace

Result<Document> readSlides(const Content &content, const Reading &reading)
{
    const auto package = ZipPackage::open(content, reading);
    if (!package)
        return std::unexpected(package.error());
    DocumentBuilder builder(QStringLiteral("pptx"));
    readCoreProperties(**package, builder.facts());
    int number = 0;
    for (const QString &path : slidePaths(**package, mainPart(**package, QStringLiteral("ppt/presentation.xml")))) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        ++number;
        builder.beginPlace(Place::Slide, QString::number(number), number);
        const auto bytes = (*package)->part(path);
        if (!bytes && number == 1)
            return std::unexpected(bytes.error());
        addSlide(builder, piecesOf(bytes.value_or(QByteArray())));
        addNotes(builder, **package, path);
    }
    return builder.finish(content.name);
}

} // namespace quintet::document
