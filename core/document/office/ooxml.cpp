// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/ooxml.h"

#include <QXmlStreamReader>

namespace quintet::document {

void readCoreProperties(const ZipPackage &package, Document &document)
{
    QXmlStreamReader xml(package.optionalPart(QStringLiteral("docProps/core.xml")));
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QString name = xml.name().toString();
        if (name == u"coreProperties")
            continue;
        const QString value = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        if (name == u"title")
            document.title = value;
        else if (name == u"creator")
            document.author = value;
        else if (name == u"language")
            document.language = value;
        else if (name == u"modified" || (name == u"created" && !document.date.isValid()))
            document.date = QDateTime::fromString(value, Qt::ISODate).toUTC();
    }
}

QString mainPart(const ZipPackage &package, const QString &usual)
{
    const auto relations = package.relations(QString());
    for (const Relation &relation : relations) {
        if (relation.type == u"officeDocument" && package.has(relation.target))
            return relation.target;
    }
    return usual;
}

QString attributeOf(const QXmlStreamReader &xml, QStringView name)
{
    for (const QXmlStreamAttribute &attribute : xml.attributes()) {
        if (attribute.name() == name)
            return attribute.value().toString();
    }
    return {};
}

bool switchOf(const QXmlStreamReader &xml, QStringView name, bool absent)
{
    const QString value = attributeOf(xml, name);
    if (value.isEmpty())
        return absent;
    return value != u"0" && value != u"false" && value != u"off" && value != u"none";
}

} // namespace quintet::document
