// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/zippackage.h"

#include <QCoreApplication>
#include <QDir>
#include <QXmlStreamReader>

#include <KArchiveDirectory>
#include <KArchiveFile>
#include <KZip>

namespace quintet::document {

namespace {

constexpr qint64 pieceSize = 256 << 10;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

std::unexpected<Error> damaged(const QString &name)
{
    return badInput(tr("“%1” is damaged and cannot be unpacked. Get a new copy."), name);
}

/// The bit of a ZIP file's first entry that says so (APPNOTE 4.4.4).
bool isEncrypted(const QByteArray &bytes)
{
    return bytes.size() > 7 && bytes.startsWith("PK\x03\x04") && (bytes[6] & 1) != 0;
}

} // namespace

Result<QByteArray> unpacked(const KArchiveFile &file, const QString &name, const Reading &reading)
{
    const std::unique_ptr<QIODevice> device(file.createDevice());
    if (!device || (!device->isOpen() && !device->open(QIODevice::ReadOnly)))
        return damaged(name);
    QByteArray bytes;
    for (;;) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        const QByteArray piece = device->read(pieceSize);
        if (piece.isEmpty())
            break;
        bytes += piece;
        reading.allowance->bytes -= piece.size();
        if (reading.allowance->bytes < 0 || bytes.size() > ZipPackage::largestPart)
            return badInput(tr("“%1” unpacks to far more than a document holds; it was not read."), name);
    }
    // What breaks off is as good as what is there.
    if (bytes.isEmpty() && file.size() > 0)
        return damaged(name);
    return bytes;
}

ZipPackage::ZipPackage(const Content &content, const Reading &reading) : m_content(content), m_reading(reading)
{
    m_buffer.setData(content.bytes);
}

ZipPackage::~ZipPackage() = default;

Result<std::unique_ptr<ZipPackage>> ZipPackage::open(const Content &content, const Reading &reading)
{
    if (isEncrypted(content.bytes))
        return lockedByItsProgram(content.name);
    std::unique_ptr<ZipPackage> package(new ZipPackage(content, reading));
    package->m_zip = std::make_unique<KZip>(&package->m_buffer);
    if (!package->m_zip->open(QIODevice::ReadOnly) || !package->m_zip->directory())
        return damaged(content.name);
    return package;
}

const KArchiveFile *ZipPackage::find(const QString &path) const
{
    const KArchiveEntry *entry = m_zip->directory()->entry(path);
    return entry && entry->isFile() ? static_cast<const KArchiveFile *>(entry) : nullptr;
}

const KArchiveDirectory *ZipPackage::top() const
{
    return m_zip->directory();
}

bool ZipPackage::has(const QString &path) const
{
    return find(path);
}

Result<QByteArray> ZipPackage::part(const QString &path) const
{
    const KArchiveFile *file = find(path);
    if (!file)
        return damaged(m_content.name);
    return unpacked(*file, m_content.name, m_reading);
}

QHash<QString, Relation> ZipPackage::relations(const QString &path) const
{
    const qsizetype slash = path.lastIndexOf(u'/');
    const QByteArray bytes = optionalPart(path.first(slash + 1) + QStringLiteral("_rels/") + path.sliced(slash + 1)
                                          + QStringLiteral(".rels"));
    QHash<QString, Relation> relations;
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"Relationship")
            continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        if (attributes.value(u"TargetMode") == u"External")
            continue;
        relations.insert(attributes.value(u"Id").toString(), {attributes.value(u"Type").toString().section(u'/', -1),
                                                              resolved(path, attributes.value(u"Target").toString())});
    }
    return relations;
}

QString ZipPackage::resolved(const QString &base, const QString &target)
{
    const QString plain = QUrl::fromPercentEncoding(target.section(u'#', 0, 0).toUtf8());
    if (plain.startsWith(u'/'))
        return QDir::cleanPath(plain.sliced(1));
    return QDir::cleanPath(base.first(base.lastIndexOf(u'/') + 1) + plain);
}

} // namespace quintet::document
