// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/opendocumentreader.h"

#include "document/office/ooxml.h"
#include "document/office/sheetwriter.h"

#include <QCoreApplication>
#include <QSet>
#include <QXmlStreamReader>

namespace quintet::document {

namespace {

constexpr int mostRepeatedCells = 1'024;
constexpr int mostRepeatedRows = 1'000; ///< of rows with something in them
constexpr int mostSpaces = 1'000;

void readMeta(const ZipPackage &package, Document &document)
{
    QXmlStreamReader xml(package.optionalPart(QStringLiteral("meta.xml")));
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"title" && document.title.isEmpty())
            document.title = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        else if (xml.name() == u"initial-creator" || (xml.name() == u"creator" && document.author.isEmpty()))
            document.author = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        else if (xml.name() == u"language")
            document.language = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        else if (xml.name() == u"date")
            document.date = QDateTime::fromString(
                xml.readElementText(QXmlStreamReader::IncludeChildElements).left(19) + u'Z', Qt::ISODate);
    }
}

/// The list styles that number their first level.
QSet<QString> numberedLists(const QByteArray &bytes)
{
    QSet<QString> numbered;
    QXmlStreamReader xml(bytes);
    QString style;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"list-style")
            style = attributeOf(xml, u"name");
        else if (xml.name() == u"list-level-style-number" && attributeOf(xml, u"level") == u"1"
                 && !attributeOf(xml, u"num-format").isEmpty())
            numbered.insert(style);
        else if (xml.name() == u"body")
            break;
    }
    return numbered;
}

/// Follows the events of content.xml.
class OpenDocumentText final {
public:
    OpenDocumentText(DocumentBuilder &builder, QSet<QString> numberedLists)
        : m_builder(builder),
          m_numbered(std::move(numberedLists))
    {
    }

    /// False if it was stopped.
    bool read(const QByteArray &bytes, const Reading &reading)
    {
        QXmlStreamReader xml(bytes);
        for (qint64 tokens = 0; !xml.atEnd() && !m_builder.isFull(); ++tokens) {
            if (tokens % 4096 == 0 && reading.stops())
                return false;
            const auto token = xml.readNext();
            if (token == QXmlStreamReader::StartElement)
                start(xml);
            else if (token == QXmlStreamReader::Characters && m_skipped == 0)
                text(xml.text().toString());
            else if (token == QXmlStreamReader::EndElement)
                end(xml);
        }
        while (!m_paragraphs.empty())
            endParagraph();
        if (m_sheet)
            m_sheet->finish();
        return true;
    }

private:
    struct Paragraph {
        QString text;
        int heading = 0;
    };

    struct Cell {
        QString text;
        QString value; ///< of a date, as the file keeps it
        int repeated = 1;
    };

    struct List {
        bool isNumbered = false;
        int items = 0;
    };

    struct Table {
        std::vector<Cell> cells; ///< of the row that is being read
        int rowsRepeated = 1;
        int row = 0;
    };

    static bool isLeftOut(QStringView name)
    {
        return name == u"tracked-changes" || name == u"annotation" || name == u"sequence-decls" || name == u"forms"
               || name == u"note-citation" || name == u"scripts" || name == u"settings" || name == u"styles"
               || name == u"automatic-styles" || name == u"master-styles" || name == u"meta";
    }

    void start(const QXmlStreamReader &xml)
    {
        const QStringView name = xml.name();
        if (m_skipped > 0 || isLeftOut(name)) {
            ++m_skipped;
            return;
        }
        if (name == u"spreadsheet")
            m_isSpreadsheet = true;
        else if (name == u"page" && xml.prefix() == u"draw")
            startSlide();
        else if (name == u"notes" && xml.prefix() == u"presentation")
            m_isInNotes = true;
        else if (name == u"frame")
            m_frameClass = attributeOf(xml, u"class");
        else if (name == u"h" || name == u"p")
            startParagraph(xml);
        else if (name == u"list")
            startList(xml);
        else if (name == u"list-item")
            m_isItemStart = true;
        else if (name == u"table" && xml.prefix() == u"table")
            startTable(xml);
        else if (name == u"table-row" && !m_tables.empty())
            startRow(xml);
        else if ((name == u"table-cell" || name == u"covered-table-cell") && !m_tables.empty())
            startCell(xml);
        else if (name == u"note-body")
            m_noteDepth = int(m_paragraphs.size());
        else
            startInline(xml);
    }

    void startInline(const QXmlStreamReader &xml)
    {
        if (xml.name() == u"tab")
            text(QStringLiteral("\t"));
        else if (xml.name() == u"line-break")
            text(QStringLiteral("\n"));
        else if (xml.name() == u"s")
            text(QString(std::clamp(std::max(1, attributeOf(xml, u"c").toInt()), 1, mostSpaces), u' '));
    }

    void startList(const QXmlStreamReader &xml)
    {
        const QString style = attributeOf(xml, u"style-name");
        const bool isNumbered =
            style.isEmpty() ? !m_lists.empty() && m_lists.back().isNumbered : m_numbered.contains(style);
        m_lists.push_back({isNumbered, 0});
    }

    void startSlide()
    {
        ++m_slide;
        m_builder.beginPlace(Place::Slide, QString::number(m_slide), m_slide);
        m_builder.addGap();
    }

    void startParagraph(const QXmlStreamReader &xml)
    {
        Paragraph paragraph;
        if (xml.name() == u"h")
            paragraph.heading = std::max(1, attributeOf(xml, u"outline-level").toInt());
        else if (m_frameClass == u"title")
            paragraph.heading = 1;
        else if (attributeOf(xml, u"style-name") == u"Title")
            paragraph.heading = 1;
        m_paragraphs.push_back(paragraph);
    }

    void startTable(const QXmlStreamReader &xml)
    {
        m_tables.push_back({});
        if (m_isSpreadsheet && m_tables.size() == 1)
            m_sheet.emplace(m_builder, attributeOf(xml, u"name"));
        else if (m_tables.size() == 1)
            m_builder.addGap();
    }

    void startRow(const QXmlStreamReader &xml)
    {
        m_tables.back().cells.clear();
        m_tables.back().rowsRepeated = std::max(1, attributeOf(xml, u"number-rows-repeated").toInt());
    }

    void startCell(const QXmlStreamReader &xml)
    {
        Cell cell;
        cell.repeated = std::max(1, attributeOf(xml, u"number-columns-repeated").toInt());
        if (attributeOf(xml, u"value-type") == u"date")
            cell.value = attributeOf(xml, u"date-value").replace(u'T', u' ');
        m_tables.back().cells.push_back(cell);
    }

    void end(const QXmlStreamReader &xml)
    {
        const QStringView name = xml.name();
        if (m_skipped > 0) {
            --m_skipped;
            return;
        }
        if (name == u"p" || name == u"h")
            endParagraph();
        else if (name == u"list" && !m_lists.empty())
            m_lists.pop_back();
        else if (name == u"notes")
            m_isInNotes = false;
        else if (name == u"frame")
            m_frameClass.clear();
        else if (name == u"note-body")
            m_noteDepth = -1;
        else if (name == u"table-row" && !m_tables.empty())
            endRow();
        else if (name == u"table" && !m_tables.empty())
            endTable();
    }

    void text(const QString &text)
    {
        if (!m_paragraphs.empty())
            m_paragraphs.back().text += text;
    }

    void endParagraph()
    {
        if (m_paragraphs.empty())
            return;
        const Paragraph paragraph = std::move(m_paragraphs.back());
        m_paragraphs.pop_back();
        const QString words = paragraph.text.trimmed();
        if (words.isEmpty())
            return;
        if (m_noteDepth > 0 && !m_paragraphs.empty()) {
            // A footnote stands in the middle of the paragraph that it is to.
            m_paragraphs.back().text += QStringLiteral(" (") + words + u')';
        } else if (!m_tables.empty() && !m_tables.back().cells.empty()) {
            m_tables.back().cells.back().text += words + u' ';
        } else if (m_isInNotes) {
            m_builder.addParagraph(QCoreApplication::translate("document", "Notes: %1").arg(words));
        } else if (paragraph.heading > 0) {
            m_builder.addHeading(words, paragraph.heading);
        } else if (!m_lists.empty()) {
            addItem(words);
        } else {
            m_builder.addParagraph(words);
        }
    }

    void addItem(const QString &words)
    {
        QString mark;
        if (std::exchange(m_isItemStart, false))
            mark =
                m_lists.back().isNumbered ? QStringLiteral("%1. ").arg(++m_lists.back().items) : QStringLiteral("- ");
        m_builder.addItem(mark + words, int(std::min<size_t>(m_lists.size() - 1, 8)));
    }

    void endRow()
    {
        Table &table = m_tables.back();
        QStringList texts;
        for (const Cell &cell : table.cells) {
            const QString text = cell.value.isEmpty() ? cell.text.trimmed() : cell.value;
            for (int i = 0; i < std::min(cell.repeated, mostRepeatedCells) && texts.size() < mostRepeatedCells; ++i)
                texts << text;
        }
        while (!texts.isEmpty() && texts.last().isEmpty())
            texts.removeLast();
        // Sheets end in a million empty rows that are one in the file.
        const int count = texts.isEmpty() ? 0 : std::min(table.rowsRepeated, mostRepeatedRows);
        table.cells.clear();
        for (int i = 0; i < count; ++i)
            addRow(table.row + 1 + i, texts);
        table.row += table.rowsRepeated;
    }

    void addRow(int number, const QStringList &texts)
    {
        if (m_tables.size() > 1 && !m_tables[m_tables.size() - 2].cells.empty())
            m_tables[m_tables.size() - 2].cells.back().text += texts.join(QStringLiteral(", ")) + u' ';
        else if (m_sheet)
            m_sheet->addRow(number, texts);
        else
            m_builder.addRow(texts);
    }

    void endTable()
    {
        m_tables.pop_back();
        if (!m_tables.empty())
            return;
        if (m_sheet)
            m_sheet->finish();
        m_sheet.reset();
        m_builder.addGap();
    }

    DocumentBuilder &m_builder;
    std::optional<SheetWriter> m_sheet;
    std::vector<Paragraph> m_paragraphs;
    std::vector<Table> m_tables;
    std::vector<List> m_lists;
    QSet<QString> m_numbered;
    QString m_frameClass;
    int m_skipped = 0;
    int m_slide = 0;
    int m_noteDepth = -1;
    bool m_isSpreadsheet = false;
    bool m_isInNotes = false;
    bool m_isItemStart = false;
};

QString formatName(const ZipPackage &package)
{
    const QByteArray type = package.optionalPart(QStringLiteral("mimetype")).trimmed();
    if (type.contains("spreadsheet"))
        return QStringLiteral("ods");
    return type.contains("presentation") ? QStringLiteral("odp") : QStringLiteral("odt");
}

} // namespace

Result<Document> readOpenDocument(const Content &content, const Reading &reading)
{
    const auto package = ZipPackage::open(content, reading);
    if (!package)
        return std::unexpected(package.error());
    const QByteArray manifest = (*package)->optionalPart(QStringLiteral("META-INF/manifest.xml"));
    if (manifest.contains("encryption-data") || manifest.contains("encrypted-key"))
        return lockedByItsProgram(content.name);
    const auto bytes = (*package)->part(QStringLiteral("content.xml"));
    if (!bytes)
        return std::unexpected(bytes.error());
    DocumentBuilder builder(formatName(**package));
    readMeta(**package, builder.facts());
    if (!OpenDocumentText(builder, numberedLists(*bytes)).read(*bytes, reading))
        return std::unexpected(cancelledError());
    return builder.finish(content.name);
}

} // namespace quintet::document
