// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/containers/archivereader.h"

#include "document/office/zippackage.h"
#include "document/readers/documentbuilder.h"

#include <QCoreApplication>

#include <KArchiveDirectory>
#include <KArchiveFile>
#include <KCompressionDevice>
#include <KTar>
#include <KZip>

#include <algorithm>

namespace quintet::document {

namespace {

constexpr size_t mostEntries = 100'000;
constexpr qsizetype largestTar = 128LL << 20; ///< unpacked, since it is held in memory
constexpr qint64 pieceSize = 256 << 10;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

std::unexpected<Error> damaged(const QString &name)
{
    return badInput(tr("“%1” is damaged and cannot be unpacked. Get a new copy."), name);
}

struct Member {
    QString path;
    const KArchiveFile *file;
};

bool isFurniture(const QString &name)
{
    return name == u"__MACOSX" || name.startsWith(u"._") || name == u".DS_Store" || name == u"Thumbs.db";
}

/// The ordinary files below `top` in the order of their paths.
std::vector<Member> membersOf(const KArchiveDirectory *top)
{
    std::vector<Member> members;
    std::vector<std::pair<QString, const KArchiveDirectory *>> open{{QString(), top}};
    size_t seen = 0;
    while (!open.empty() && seen < mostEntries) {
        const auto [prefix, folder] = open.back();
        open.pop_back();
        for (const QString &name : folder->entries()) {
            const KArchiveEntry *entry = folder->entry(name);
            if (++seen > mostEntries || !entry || isFurniture(name) || !entry->symLinkTarget().isEmpty())
                continue;
            if (entry->isDirectory())
                open.push_back({prefix + name + u'/', static_cast<const KArchiveDirectory *>(entry)});
            else if (entry->isFile())
                members.push_back({prefix + name, static_cast<const KArchiveFile *>(entry)});
        }
    }
    std::ranges::sort(members, {}, &Member::path);
    return members;
}

Result<Document> readMembers(const KArchiveDirectory *top, const Content &content, const Reading &reading,
                             const QString &format)
{
    DocumentBuilder builder(format);
    Reading inner = reading;
    ++inner.depth;
    std::optional<Error> firstError;
    for (const Member &member : membersOf(top)) {
        if (builder.isFull() || reading.allowance->documents-- <= 0)
            break;
        const auto bytes = unpacked(*member.file, content.name, reading);
        if (!bytes && (bytes.error().kind == ErrorKind::Cancelled || reading.allowance->bytes < 0))
            return std::unexpected(bytes.error());
        if (!bytes || bytes->isEmpty())
            continue;
        const Content found{.name = member.path, .bytes = *bytes, .password = content.password, .changed = {}};
        const auto document = reading.readNested(found, inner);
        if (document)
            builder.addDocument(*document, member.path, 1);
        else if (document.error().kind == ErrorKind::Cancelled)
            return std::unexpected(document.error());
        else if (!firstError)
            firstError = document.error();
    }
    if (builder.isEmpty())
        return badInput(tr("“%1” is an archive without a document that Quintet can read. Unpack it, and give what it "
                           "holds."),
                        content.name, firstError ? firstError->message : QString());
    return builder.finish(content.name);
}

std::unexpected<Error> tooDeep(const QString &name)
{
    return badInput(tr("“%1” is an archive within archives within archives; it was not read."), name);
}

/// The compression that the bytes begin with.
std::optional<KCompressionDevice::CompressionType> compressionOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x1f\x8b"))
        return KCompressionDevice::GZip;
    if (bytes.startsWith("BZh"))
        return KCompressionDevice::BZip2;
    if (bytes.startsWith("\xfd"
                         "7zXZ"))
        return KCompressionDevice::Xz;
    if (bytes.startsWith("\x28\xb5\x2f\xfd"))
        return KCompressionDevice::Zstd;
    return std::nullopt;
}

Result<QByteArray> uncompressed(const Content &content, KCompressionDevice::CompressionType type,
                                const Reading &reading)
{
    QBuffer buffer;
    buffer.setData(content.bytes);
    KCompressionDevice device(&buffer, false, type);
    if (!device.open(QIODevice::ReadOnly))
        return damaged(content.name);
    QByteArray bytes;
    for (;;) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        const QByteArray piece = device.read(pieceSize);
        if (piece.isEmpty())
            break;
        bytes += piece;
        reading.allowance->bytes -= piece.size();
        if (bytes.size() > largestTar || reading.allowance->bytes < 0)
            return badInput(tr("“%1” unpacks to far more than a document holds; it was not read."), content.name);
    }
    return bytes.isEmpty() ? Result<QByteArray>(damaged(content.name)) : Result<QByteArray>(bytes);
}

bool isTar(const QByteArray &bytes)
{
    return bytes.size() > 262 && QByteArrayView(bytes).sliced(257).startsWith("ustar");
}

/// "notes.txt.gz" holds "notes.txt".
QString withoutEnding(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 ? name.first(dot) : name;
}

} // namespace

Result<Document> readZip(const Content &content, const Reading &reading)
{
    if (reading.depth >= Reading::deepest || !reading.readNested)
        return tooDeep(content.name);
    const auto package = ZipPackage::open(content, reading);
    if (!package)
        return std::unexpected(package.error());
    return readMembers((*package)->top(), content, reading, QStringLiteral("zip"));
}

Result<Document> readTar(const Content &content, const Reading &reading)
{
    if (reading.depth >= Reading::deepest || !reading.readNested)
        return tooDeep(content.name);
    QByteArray bytes = content.bytes;
    if (const auto type = compressionOf(content.bytes)) {
        auto unpacked = uncompressed(content, *type, reading);
        if (!unpacked)
            return std::unexpected(unpacked.error());
        bytes = std::move(*unpacked);
    }
    if (!isTar(bytes)) {
        Reading inner = reading;
        ++inner.depth;
        return reading.readNested({.name = withoutEnding(content.name),
                                   .bytes = bytes,
                                   .password = content.password,
                                   .changed = content.changed},
                                  inner);
    }
    QBuffer buffer(&bytes);
    KTar tar(&buffer);
    if (!tar.open(QIODevice::ReadOnly) || !tar.directory())
        return damaged(content.name);
    return readMembers(tar.directory(), content, reading, QStringLiteral("tar"));
}

} // namespace quintet::document
