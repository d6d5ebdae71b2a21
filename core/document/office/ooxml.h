// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/office/zippackage.h"
#include "document/readers/documentbuilder.h"

class QXmlStreamReader;

namespace quintet::document {

/// Title, author, date and language from a package's docProps/core.xml.
void readCoreProperties(const ZipPackage &package, Document &document);

/// The path of a package's main part, found through its relations, else `usual`.
QString mainPart(const ZipPackage &package, const QString &usual);

/// An attribute by its local name, whatever the prefix.
QString attributeOf(const QXmlStreamReader &xml, QStringView name);

/// The same as a switch: absent is `absent`, "0", "false" and "off" are off, all else is on.
bool switchOf(const QXmlStreamReader &xml, QStringView name, bool absent);

} // namespace quintet::document
