// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/content.h"

#include "document/fileextractor.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <cerrno>
#include <sys/stat.h>

namespace quintet::document {

namespace {

constexpr qint64 headSize = 4096;
constexpr qint64 pieceSize = 4 << 20;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

struct Signature {
    qsizetype offset;
    QByteArrayView bytes;
    const char *kind;
};

constexpr Signature signatures[] = {
    {0,
     "\x7f"
     "ELF",
     QT_TRANSLATE_NOOP("document", "a program")},
    {0, "MZ\x90", QT_TRANSLATE_NOOP("document", "a Windows program")},
    {0, "\xca\xfe\xba\xbe", QT_TRANSLATE_NOOP("document", "a compiled program")},
    {0, "!<arch>\n", QT_TRANSLATE_NOOP("document", "an archive of compiled code or a package")},
    {0, "\x89PNG\r\n", QT_TRANSLATE_NOOP("document", "a PNG image")},
    {0, "\xff\xd8\xff", QT_TRANSLATE_NOOP("document", "a JPEG image")},
    {0, "GIF87a", QT_TRANSLATE_NOOP("document", "a GIF image")},
    {0, "GIF89a", QT_TRANSLATE_NOOP("document", "a GIF image")},
    {8, "WEBP", QT_TRANSLATE_NOOP("document", "a WebP image")},
    {8, "WAVE", QT_TRANSLATE_NOOP("document", "a sound file")},
    {0, "ID3", QT_TRANSLATE_NOOP("document", "a sound file")},
    {0, "fLaC", QT_TRANSLATE_NOOP("document", "a sound file")},
    {0, "OggS", QT_TRANSLATE_NOOP("document", "a sound or video file")},
    {4, "ftyp", QT_TRANSLATE_NOOP("document", "a video or image file")},
    {0, "\x1a\x45\xdf\xa3", QT_TRANSLATE_NOOP("document", "a video file")},
    {0, "\x1f\x8b", QT_TRANSLATE_NOOP("document", "a compressed file (gzip)")},
    {0, "BZh", QT_TRANSLATE_NOOP("document", "a compressed file (bzip2)")},
    {0,
     "\xfd"
     "7zXZ",
     QT_TRANSLATE_NOOP("document", "a compressed file (xz)")},
    {0, "\x28\xb5\x2f\xfd", QT_TRANSLATE_NOOP("document", "a compressed file (zstd)")},
    {0, "7z\xbc\xaf", QT_TRANSLATE_NOOP("document", "a 7-Zip archive")},
    {0, "Rar!\x1a", QT_TRANSLATE_NOOP("document", "a RAR archive")},
    {257, "ustar", QT_TRANSLATE_NOOP("document", "a tar archive")},
    {0, "SQLite format 3", QT_TRANSLATE_NOOP("document", "a SQLite database")},
    {0, "\xd0\xcf\x11\xe0", QT_TRANSLATE_NOOP("document", "a document of an old office program")},
    {0, "{\\rtf", QT_TRANSLATE_NOOP("document", "an RTF document")},
    {0, "II*\0", QT_TRANSLATE_NOOP("document", "a TIFF image")},
    {0, "MM\0*", QT_TRANSLATE_NOOP("document", "a TIFF image")},
};

/// Office formats are ZIP archives; their names say which.
QString zipKind(const QString &name)
{
    const QString ending = QFileInfo(name).suffix().toLower();
    if (ending == QStringLiteral("docx") || ending == QStringLiteral("odt"))
        return tr("a word processor's document");
    if (ending == QStringLiteral("xlsx") || ending == QStringLiteral("ods"))
        return tr("a spreadsheet");
    if (ending == QStringLiteral("pptx") || ending == QStringLiteral("odp"))
        return tr("a presentation");
    return ending == QStringLiteral("epub") ? tr("an e-book") : tr("a ZIP archive");
}

bool looksLikePdf(const QByteArray &head)
{
    return head.first(std::min<qsizetype>(head.size(), 1024)).contains("%PDF-");
}

std::unexpected<Error> tooLarge(const QString &name, qint64 size, qint64 limit)
{
    return badInput(tr("“%1” is too large: %2 MB, where at most %3 MB can be read. Split it, or give a part of it.")
                        .arg(QStringLiteral("%1"), QString::number(size >> 20), QString::number(limit >> 20)),
                    name);
}

std::unexpected<Error> cannotOpen(const QString &name, int error)
{
    if (error == EACCES || error == EPERM)
        return badInput(tr("“%1” cannot be opened: there is no permission to read it. Change its rights, or copy it "
                           "somewhere you may read."),
                        name);
    if (error == ENOENT || error == ENOTDIR)
        return badInput(tr("“%1” was not found. Check the spelling and the folder."), name);
    return badInput(
        tr("“%1” cannot be read: the disk or folder gave an error. Check that it is still connected, then try again."),
        name, qt_error_string(error));
}

/// An ordinary file's state; anything else is refused before it is opened, since opening a pipe can wait for ever.
Result<qint64> sizeOfFile(const QString &path, const QString &name)
{
    struct stat state{};
    if (::stat(QFile::encodeName(path).constData(), &state) != 0)
        return cannotOpen(name, errno);
    if (S_ISDIR(state.st_mode))
        return badInput(
            tr("“%1” is a folder. Give a file in it; `quintet batch` and `quintet knowledge` take whole folders."),
            name);
    if (!S_ISREG(state.st_mode))
        return badInput(tr("“%1” is a pipe or a device, not a file. Send its data to standard input instead."), name);
    return qint64(state.st_size);
}

Result<QByteArray> readAll(QFile &file, const QString &name, qint64 limit, CancelToken token)
{
    QByteArray bytes = file.read(headSize);
    while (!file.atEnd()) {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        const QByteArray piece = file.read(pieceSize);
        if (file.error() != QFileDevice::NoError)
            return badInput(
                tr("“%1” could not be read to its end. Check that the disk is still connected, then try again."), name,
                file.errorString());
        // Some files of the system say size 0 and go on for ever.
        if (piece.isEmpty())
            break;
        bytes += piece;
        if (bytes.size() > limit)
            return tooLarge(name, bytes.size(), limit);
    }
    return bytes;
}

Result<Content> checked(Content content, qint64 size)
{
    if (size == 0)
        return badInput(tr("“%1” is empty. Give a file with text in it."), content.name);
    const QString kind = content.isPdf
                             ? QString()
                             : binaryKind(content.bytes.first(std::min(headSize, content.bytes.size())), content.name);
    if (!kind.isEmpty())
        return badInput(tr("“%1” is %2, which has no text that Quintet can read. Give a text, Markdown or PDF file.")
                            .arg(QStringLiteral("%1"), kind),
                        content.name);
    return content;
}

Result<Content> openFile(const Source &source, const QString &name, CancelToken token)
{
    const auto size = sizeOfFile(source.path, name);
    if (!size)
        return std::unexpected(size.error());
    QFile file(source.path);
    if (!file.open(QIODevice::ReadOnly))
        return cannotOpen(name, errno);
    Content content{.name = name,
                    .path = {},
                    .bytes = file.peek(headSize),
                    .changed = QFileInfo(source.path).lastModified(QTimeZone::UTC),
                    .isPdf = false};
    content.isPdf = looksLikePdf(content.bytes);
    const qint64 limit = content.isPdf ? FileExtractor::maximumPdf : FileExtractor::maximumText;
    if (*size > 0 || content.bytes.isEmpty()) {
        // What is refused by its head is not read first, however large it is.
        const auto head = checked(content, content.bytes.size());
        if (!head)
            return head;
    }
    if (*size > limit)
        return tooLarge(name, *size, limit);
    if (content.isPdf) {
        content.path = source.path;
        return content;
    }
    auto bytes = readAll(file, name, limit, token);
    if (!bytes)
        return std::unexpected(bytes.error());
    content.bytes = std::move(*bytes);
    return content;
}

} // namespace

Result<Content> openContent(const Source &source, CancelToken token)
{
    QString name = source.name.isEmpty() ? QFileInfo(source.path).fileName() : source.name;
    if (name.isEmpty())
        name = source.path.isEmpty() ? tr("the input") : source.path;
    if (!source.path.isEmpty())
        return openFile(source, name, token);
    Content content{.name = name,
                    .path = {},
                    .bytes = source.bytes,
                    .encoding = source.encoding,
                    .changed = {},
                    .isPdf = looksLikePdf(source.bytes)};
    const qint64 limit = content.isPdf ? FileExtractor::maximumPdf : FileExtractor::maximumText;
    if (content.bytes.size() > limit)
        return tooLarge(name, content.bytes.size(), limit);
    const qint64 size = content.bytes.size();
    return checked(std::move(content), size);
}

QString binaryKind(const QByteArray &head, const QString &name)
{
    if (head.startsWith("PK\x03\x04"))
        return zipKind(name);
    for (const Signature &signature : signatures) {
        if (head.size() > signature.offset && head.sliced(signature.offset).startsWith(signature.bytes))
            return tr(signature.kind);
    }
    return {};
}

std::unexpected<Error> badInput(const QString &sentence, const QString &name, const QString &detail)
{
    return failure(ErrorKind::BadInput, sentence.arg(name), detail);
}

} // namespace quintet::document
