// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

#include <QBuffer>
#include <QHash>

class KArchiveDirectory;
class KArchiveFile;
class KZip;

namespace quintet::document {

/// What a part of an Office Open XML package points to.
struct Relation {
    QString type;   ///< the last word of its type: "slide", "notesSlide", "worksheet"
    QString target; ///< path in the package
};

/// The unpacked bytes of a file in an archive, at most what the allowance still has, which they are taken off. Fails
/// with BadInput naming `name`.
Result<QByteArray> unpacked(const KArchiveFile &file, const QString &name, const Reading &reading);

/// A ZIP file whose parts are looked up by path: what modern office documents and e-books are made of. One thread.
class ZipPackage final {
public:
    static constexpr qsizetype largestPart = 128LL << 20; ///< bytes, unpacked

    /// Fails with BadInput where the file is damaged, and asks for a password where it is encrypted. `content` must
    /// outlive it.
    static Result<std::unique_ptr<ZipPackage>> open(const Content &content, const Reading &reading);
    ~ZipPackage();
    Q_DISABLE_COPY_MOVE(ZipPackage)

    bool has(const QString &path) const;

    /// Its topmost folder; lives as long as this.
    const KArchiveDirectory *top() const;

    /// A part's bytes; fails where it is missing, damaged, or unpacks to more than is allowed.
    Result<QByteArray> part(const QString &path) const;

    /// The same, empty where it cannot be had: for parts that a document can be read without.
    QByteArray optionalPart(const QString &path) const { return part(path).value_or(QByteArray()); }

    /// What the part at `path` points to, by id.
    QHash<QString, Relation> relations(const QString &path) const;

    /// `target` as it is written in the part at `base`, as a path in the package.
    static QString resolved(const QString &base, const QString &target);

private:
    ZipPackage(const Content &content, const Reading &reading);

    const KArchiveFile *find(const QString &path) const;

    const Content &m_content;
    Reading m_reading;
    QBuffer m_buffer;
    std::unique_ptr<KZip> m_zip;
};

} // namespace quintet::document
