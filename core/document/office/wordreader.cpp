// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/wordreader.h"

#include "document/office/ooxml.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

namespace quintet::document {

namespace {

/// A numbered or bulleted list's levels, by list and level.
using BulletLevels = QHash<std::pair<QString, int>, bool>;

/// The outline level of each paragraph style that has one, its own or its base's; 1 is the highest.
QHash<QString, int> headingStyles(const QByteArray &bytes)
{
    QHash<QString, int> levels;
    QHash<QString, QString> bases;
    QXmlStreamReader xml(bytes);
    QString style;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"style") {
            style = attributeOf(xml, u"styleId");
        } else if (xml.name() == u"name") {
            const QString name = attributeOf(xml, u"val").toLower();
            if (name == u"title")
                levels.insert(style, 1);
            else if (name.startsWith(u"heading ") && name.size() == 9 && name[8].isDigit())
                levels.insert(style, name[8].digitValue());
        } else if (xml.name() == u"basedOn") {
            bases.insert(style, attributeOf(xml, u"val"));
        } else if (xml.name() == u"outlineLvl") {
            const int level = attributeOf(xml, u"val").toInt();
            if (level < 9)
                levels.insert(style, level + 1);
        }
    }
    for (auto it = bases.cbegin(); it != bases.cend(); ++it) {
        QString base = it.value();
        for (int steps = 0; steps < 10 && !levels.contains(it.key()) && !base.isEmpty(); ++steps) {
            if (levels.contains(base))
                levels.insert(it.key(), levels.value(base));
            base = bases.value(base);
        }
    }
    return levels;
}

/// Which levels of which lists count rather than show a bullet.
BulletLevels countedLevels(const QByteArray &bytes)
{
    QHash<QString, QHash<int, bool>> kinds;
    BulletLevels counted;
    QXmlStreamReader xml(bytes);
    QString kind;
    QString list;
    int level = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"abstractNum")
            kind = attributeOf(xml, u"abstractNumId");
        else if (xml.name() == u"lvl")
            level = attributeOf(xml, u"ilvl").toInt();
        else if (xml.name() == u"numFmt")
            kinds[kind].insert(level, attributeOf(xml, u"val") != u"bullet" && attributeOf(xml, u"val") != u"none");
        else if (xml.name() == u"num")
            list = attributeOf(xml, u"numId");
        else if (xml.name() == u"abstractNumId") {
            const auto levels = kinds.value(attributeOf(xml, u"val"));
            for (auto it = levels.cbegin(); it != levels.cend(); ++it)
                counted.insert({list, it.key()}, it.value());
        }
    }
    return counted;
}

/// Follows the events of a document part and hands whole paragraphs and rows to the builder.
class WordText final {
public:
    WordText(DocumentBuilder &builder, QHash<QString, int> headings, BulletLevels counted)
        : m_builder(builder),
          m_headings(std::move(headings)),
          m_counted(std::move(counted))
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
            else if (token == QXmlStreamReader::Characters && m_isInText && m_skipped == 0)
                text(xml.text().toString());
            else if (token == QXmlStreamReader::EndElement)
                end(xml.name());
        }
        // What stood in an element that never ended.
        while (!m_paragraphs.empty())
            endParagraph();
        return true;
    }

private:
    struct Paragraph {
        QString text;
        QString list;
        int listLevel = 0;
        int heading = 0;
    };

    static bool isLeftOut(QStringView name)
    {
        return name == u"del" || name == u"moveFrom" || name == u"Fallback" || name == u"instrText"
               || name == u"delInstrText" || name == u"delText" || name == u"sectPr" || name == u"rPrChange"
               || name == u"pPrChange" || name == u"tblPrChange";
    }

    void start(const QXmlStreamReader &xml)
    {
        const QStringView name = xml.name();
        if (m_skipped > 0 || isLeftOut(name)) {
            ++m_skipped;
            return;
        }
        if (name == u"p") {
            m_paragraphs.push_back({});
        } else if (name == u"tbl") {
            m_rows.push_back({});
            if (m_rows.size() == 1)
                m_builder.addGap();
        } else if (name == u"tr" && !m_rows.empty()) {
            m_rows.back().clear();
        } else if (name == u"tc" && !m_rows.empty()) {
            m_rows.back() << QString();
        } else if (name == u"footnote" || name == u"endnote") {
            startNote(xml);
        } else if (name == u"r") {
            m_isHidden = false;
        } else if (name == u"t") {
            m_isInText = true;
        } else if (!m_paragraphs.empty()) {
            startInParagraph(xml);
        }
    }

    void startInParagraph(const QXmlStreamReader &xml)
    {
        const QStringView name = xml.name();
        Paragraph &paragraph = m_paragraphs.back();
        if (name == u"pStyle")
            paragraph.heading = m_headings.value(attributeOf(xml, u"val"));
        else if (name == u"outlineLvl" && attributeOf(xml, u"val").toInt() < 9)
            paragraph.heading = attributeOf(xml, u"val").toInt() + 1;
        else if (name == u"numId")
            paragraph.list = attributeOf(xml, u"val");
        else if (name == u"ilvl")
            paragraph.listLevel = attributeOf(xml, u"val").toInt();
        else if (name == u"vanish")
            m_isHidden = switchOf(xml, u"val", true);
        else if (name == u"tab" || name == u"ptab")
            text(QStringLiteral("\t"));
        else if (name == u"br" || name == u"cr")
            text(QStringLiteral("\n"));
        else if (name == u"noBreakHyphen")
            text(QStringLiteral("-"));
        else if (name == u"footnoteReference" || name == u"endnoteReference")
            text(QStringLiteral("[%1]").arg(noteNumber(name, attributeOf(xml, u"id"))));
    }

    void startNote(const QXmlStreamReader &xml)
    {
        const QString kind = attributeOf(xml, u"type");
        // Separators are notes too in the file.
        if (!kind.isEmpty() && kind != u"normal")
            ++m_skipped;
        else
            m_note = noteNumber(xml.name(), attributeOf(xml, u"id"));
    }

    /// Notes count from 1 in the order of their marks, whatever their ids are.
    int noteNumber(QStringView kind, const QString &id)
    {
        const QString key = kind.first(1).toString() + id;
        if (!m_noteNumbers.contains(key))
            m_noteNumbers.insert(key, int(m_noteNumbers.size()) + 1);
        return m_noteNumbers.value(key);
    }

    void end(QStringView name)
    {
        if (m_skipped > 0) {
            --m_skipped;
            return;
        }
        if (name == u"t")
            m_isInText = false;
        else if (name == u"p")
            endParagraph();
        else if (name == u"tr")
            endRow();
        else if (name == u"tbl" && !m_rows.empty()) {
            m_rows.pop_back();
            m_builder.addGap();
        }
    }

    void text(const QString &text)
    {
        if (!m_paragraphs.empty() && !m_isHidden)
            m_paragraphs.back().text += text;
    }

    void endParagraph()
    {
        if (m_paragraphs.empty())
            return;
        const Paragraph paragraph = std::move(m_paragraphs.back());
        m_paragraphs.pop_back();
        if (!m_rows.empty() && !m_rows.back().isEmpty()) {
            m_rows.back().last() += paragraph.text.simplified() + u' ';
        } else if (paragraph.heading > 0 && !paragraph.text.trimmed().isEmpty()) {
            m_builder.addHeading(paragraph.text, paragraph.heading);
        } else if (m_note > 0) {
            m_builder.addParagraph(QStringLiteral("[%1] ").arg(std::exchange(m_note, 0)) + paragraph.text.trimmed());
        } else if (!paragraph.list.isEmpty() && paragraph.list != u"0" && !paragraph.text.trimmed().isEmpty()) {
            addItem(paragraph);
        } else {
            m_builder.addParagraph(paragraph.text);
        }
    }

    void addItem(const Paragraph &paragraph)
    {
        const int level = std::clamp(paragraph.listLevel, 0, 8);
        QString mark = QStringLiteral("- ");
        if (m_counted.value({paragraph.list, level})) {
            mark = QStringLiteral("%1. ").arg(++m_numbers[{paragraph.list, level}]);
            for (int deeper = level + 1; deeper < 9; ++deeper)
                m_numbers.remove({paragraph.list, deeper});
        }
        m_builder.addItem(mark + paragraph.text.trimmed(), level);
    }

    void endRow()
    {
        if (m_rows.empty())
            return;
        const QStringList cells = std::exchange(m_rows.back(), {});
        // A table in a cell is part of the cell.
        if (m_rows.size() > 1 && !m_rows[m_rows.size() - 2].isEmpty())
            m_rows[m_rows.size() - 2].last() += cells.join(QStringLiteral(", ")).simplified() + u' ';
        else
            m_builder.addRow(cells);
    }

    DocumentBuilder &m_builder;
    QHash<QString, int> m_headings;
    BulletLevels m_counted;
    QHash<std::pair<QString, int>, int> m_numbers;
    std::vector<Paragraph> m_paragraphs; ///< a text box stands in a paragraph
    std::vector<QStringList> m_rows;     ///< of each open table, the row that is being read
    QHash<QString, int> m_noteNumbers;
    int m_note = 0;    ///< that waits for its paragraph
    int m_skipped = 0; ///< open elements from the one left out on
    bool m_isInText = false;
    bool m_isHidden = false;
};

} // namespace

Result<Document> readWord(const Content &content, const Reading &reading)
{
    const auto package = ZipPackage::open(content, reading);
    if (!package)
        return std::unexpected(package.error());
    const ZipPackage &zip = **package;
    const QString main = mainPart(zip, QStringLiteral("word/document.xml"));
    const auto bytes = zip.part(main);
    if (!bytes)
        return std::unexpected(bytes.error());
    QHash<QString, QString> parts; // by what they are to the main one
    for (const Relation &relation : zip.relations(main))
        parts.insert(relation.type, relation.target);
    DocumentBuilder builder(QStringLiteral("docx"));
    readCoreProperties(zip, builder.facts());
    WordText text(builder, headingStyles(zip.optionalPart(parts.value(QStringLiteral("styles")))),
                  countedLevels(zip.optionalPart(parts.value(QStringLiteral("numbering")))));
    for (const QByteArray &part : {*bytes, zip.optionalPart(parts.value(QStringLiteral("footnotes"))),
                                   zip.optionalPart(parts.value(QStringLiteral("endnotes")))}) {
        if (!text.read(part, reading))
            return std::unexpected(cancelledError());
    }
    return builder.finish(content.name);
}

} // namespace quintet::document
