// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/workbookreader.h"

#include "document/office/numberformat.h"
#include "document/office/ooxml.h"
#include "document/office/sheetwriter.h"

#include <QXmlStreamReader>

namespace quintet::document {

namespace {

constexpr int mostColumns = 16'384;

/// What cells refer to.
struct Workbook {
    QStringList strings;
    std::vector<NumberFormat> formats; ///< by the number of a cell's style
    bool from1904 = false;
};

struct Sheet {
    QString name;
    QString path;
};

QStringList sharedStrings(const QByteArray &bytes)
{
    QStringList strings;
    QXmlStreamReader xml(bytes);
    QString text;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            if (xml.name() == u"si")
                text.clear();
            else if (xml.name() == u"t")
                text += xml.readElementText(QXmlStreamReader::IncludeChildElements);
            else if (xml.name() == u"rPh")
                xml.skipCurrentElement(); // how it is pronounced
        } else if (token == QXmlStreamReader::EndElement && xml.name() == u"si") {
            strings << text;
        }
    }
    return strings;
}

std::vector<NumberFormat> cellFormats(const QByteArray &bytes)
{
    std::vector<NumberFormat> formats;
    QHash<int, QString> codes;
    QXmlStreamReader xml(bytes);
    bool isInCells = false;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (xml.name() == u"cellXfs")
            isInCells = token == QXmlStreamReader::StartElement;
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"numFmt") {
            codes.insert(attributeOf(xml, u"numFmtId").toInt(), attributeOf(xml, u"formatCode"));
        } else if (xml.name() == u"xf" && isInCells) {
            const int id = attributeOf(xml, u"numFmtId").toInt();
            formats.push_back(codes.contains(id) ? NumberFormat(codes.value(id)) : NumberFormat::builtin(id));
        }
    }
    return formats;
}

/// Column number, from 0 on, of a reference like "AB12"; -1 if it is none.
int columnOf(QStringView reference)
{
    int column = 0;
    for (const QChar c : reference) {
        if (c < u'A' || c > u'Z')
            break;
        column = column * 26 + (c.unicode() - u'A' + 1);
        if (column > mostColumns)
            return -1;
    }
    return column - 1;
}

QString cellText(const Workbook &book, const QString &type, int style, const QString &value)
{
    if (type == u"s") {
        bool ok = false;
        const int index = value.toInt(&ok);
        return ok ? book.strings.value(index) : QString();
    }
    if (type == u"b")
        return value == u"1" ? QStringLiteral("TRUE") : QStringLiteral("FALSE");
    if (type == u"d")
        return value.endsWith(u"T00:00:00") ? value.first(value.size() - 9) : value;
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (type == u"str" || type == u"inlineStr" || type == u"e" || !isNumber)
        return value;
    const bool isKnown = style >= 0 && size_t(style) < book.formats.size();
    return (isKnown ? book.formats[size_t(style)] : NumberFormat()).shown(number, book.from1904);
}

/// False if it was stopped.
bool readSheet(const QByteArray &bytes, const Workbook &book, SheetWriter &writer, const Reading &reading)
{
    QXmlStreamReader xml(bytes);
    QStringList cells;
    QString type;
    QString value;
    int style = 0;
    int row = 0;
    int column = 0;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        const QStringView name = xml.name();
        if (token == QXmlStreamReader::StartElement) {
            if (name == u"row") {
                const int number = attributeOf(xml, u"r").toInt();
                row = number > 0 ? number : row + 1;
                cells.clear();
                if (row % 1024 == 0 && reading.stops())
                    return false;
            } else if (name == u"c") {
                column = columnOf(attributeOf(xml, u"r"));
                if (column < 0)
                    column = int(std::min<qsizetype>(cells.size(), mostColumns - 1));
                type = attributeOf(xml, u"t");
                style = attributeOf(xml, u"s").toInt();
                value.clear();
            } else if (name == u"v" || name == u"t") {
                value += xml.readElementText(QXmlStreamReader::IncludeChildElements);
            } else if (name == u"rPh") {
                xml.skipCurrentElement();
            }
        } else if (token == QXmlStreamReader::EndElement) {
            if (name == u"c" && !value.isEmpty()) {
                while (cells.size() <= column)
                    cells << QString();
                cells[column] = cellText(book, type, style, value);
            } else if (name == u"row") {
                writer.addRow(row, cells);
            }
        }
    }
    return true;
}

} // namespace

Result<Document> readWorkbook(const Content &content, const Reading &reading)
{
    const auto package = ZipPackage::open(content, reading);
    if (!package)
        return std::unexpected(package.error());
    const ZipPackage &zip = **package;
    const QString main = mainPart(zip, QStringLiteral("xl/workbook.xml"));
    const auto bytes = zip.part(main);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto relations = zip.relations(main);
    Workbook book;
    for (const Relation &relation : relations) {
        if (relation.type == u"sharedStrings")
            book.strings = sharedStrings(zip.optionalPart(relation.target));
        else if (relation.type == u"styles")
            book.formats = cellFormats(zip.optionalPart(relation.target));
    }
    std::vector<Sheet> sheets;
    QXmlStreamReader xml(*bytes);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"workbookPr")
            book.from1904 = switchOf(xml, u"date1904", false);
        else if (xml.name() == u"sheet" && !attributeOf(xml, u"state").contains(u"idden"))
            sheets.push_back({attributeOf(xml, u"name"), relations.value(attributeOf(xml, u"id")).target});
    }
    DocumentBuilder builder(QStringLiteral("xlsx"));
    readCoreProperties(zip, builder.facts());
    for (const Sheet &sheet : sheets) {
        SheetWriter writer(builder, sheet.name);
        if (!readSheet(zip.optionalPart(sheet.path), book, writer, reading))
            return std::unexpected(cancelledError());
        writer.finish();
    }
    return builder.finish(content.name);
}

} // namespace quintet::document
