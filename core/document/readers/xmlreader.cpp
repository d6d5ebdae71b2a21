// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/xmlreader.h"

#include "document/readers/documentbuilder.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

namespace quintet::document {

namespace {

constexpr int linesTogether = 40;
constexpr qsizetype deepestIndent = 8;
constexpr qsizetype deepest = 10'000;

struct Element {
    QString label; ///< its name, with attributes
    QString text;
    bool isShown = false; ///< a line with the name stands already
    bool isMixed = false; ///< elements inside of it are part of its text
};

QString labelOf(const QXmlStreamReader &xml)
{
    QStringList attributes;
    for (const QXmlStreamAttribute &attribute : xml.attributes())
        attributes << attribute.name().toString() + QStringLiteral(": ") + attribute.value().toString();
    const QString name = xml.name().toString();
    return attributes.isEmpty() ? name : name + QStringLiteral(" [") + attributes.join(QStringLiteral(", ")) + u']';
}

class XmlText final {
public:
    explicit XmlText(DocumentBuilder &builder) : m_builder(builder) { }

    void start(const QXmlStreamReader &xml)
    {
        if (!m_open.empty() && (m_open.back().isMixed || !m_open.back().text.trimmed().isEmpty())) {
            m_open.back().isMixed = true;
            ++m_inline;
            return;
        }
        if (m_inline > 0) {
            ++m_inline;
            return;
        }
        if (!m_open.empty() && !m_open.back().isShown) {
            m_open.back().isShown = true;
            line(xml, m_open.size() - 1, m_open.back().label);
        }
        m_open.push_back({labelOf(xml), {}});
    }

    void text(QStringView text)
    {
        if (!m_open.empty())
            m_open.back().text += text;
    }

    void end(const QXmlStreamReader &xml)
    {
        if (m_inline > 0) {
            --m_inline;
            return;
        }
        if (m_open.empty())
            return;
        const Element element = std::move(m_open.back());
        m_open.pop_back();
        const QString text = element.text.simplified();
        if (!text.isEmpty())
            line(xml, m_open.size(), element.isShown ? text : element.label + QStringLiteral(": ") + text);
        else if (!element.isShown && element.label.endsWith(u']'))
            line(xml, m_open.size(), element.label);
    }

    qsizetype depth() const { return qsizetype(m_open.size()) + m_inline; }

    /// What is open when the file breaks off.
    void endAll(const QXmlStreamReader &xml)
    {
        m_inline = 0;
        while (!m_open.empty())
            end(xml);
    }

private:
    void line(const QXmlStreamReader &xml, size_t depth, const QString &text)
    {
        const qint64 number = xml.lineNumber();
        if (number >= m_placeLine + linesTogether || m_builder.isEmpty()) {
            m_placeLine = number;
            m_builder.beginPlace(Place::Line, QString::number(number));
        }
        m_builder.addIndented(text, int(std::min(qsizetype(depth), deepestIndent)));
    }

    DocumentBuilder &m_builder;
    std::vector<Element> m_open;
    qsizetype m_inline = 0; ///< open elements inside of a mixed one
    qint64 m_placeLine = 0;
};

} // namespace

Result<Document> readXml(const Content &content, const Reading &reading)
{
    DocumentBuilder builder(QStringLiteral("xml"));
    XmlText text(builder);
    QXmlStreamReader xml(content.bytes);
    for (qint64 tokens = 0; !xml.atEnd() && !builder.isFull(); ++tokens) {
        if (tokens % 4096 == 0 && reading.stops())
            return std::unexpected(cancelledError());
        switch (xml.readNext()) {
        case QXmlStreamReader::StartElement: text.start(xml); break;
        case QXmlStreamReader::Characters: text.text(xml.text()); break;
        case QXmlStreamReader::EndElement: text.end(xml); break;
        default: break;
        }
        if (text.depth() > deepest)
            return badInput(QCoreApplication::translate("document",
                                                        "“%1” is nested deeper than any real document; it was "
                                                        "not read."),
                            content.name);
    }
    text.endAll(xml);
    if (xml.hasError() && builder.isEmpty())
        return badInput(
            QCoreApplication::translate("document", "“%1” is damaged XML that cannot be read. Get a new copy."),
            content.name, xml.errorString());
    return builder.finish(content.name);
}

} // namespace quintet::document
