// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/input.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quintet::document {

namespace {

constexpr qint64 pieceSize = 1 << 20;
constexpr qint64 mappedFrom = 4 << 20; ///< smaller files are read, so that it does no harm when they are changed

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
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
    if (error == ELOOP)
        return badInput(tr("“%1” is a link that leads back to itself. Give the file that it was to lead to."), name);
    return badInput(
        tr("“%1” cannot be read: the disk or folder gave an error. Check that it is still connected, then try again."),
        name, qt_error_string(error));
}

std::unexpected<Error> isEmpty(const QString &name)
{
    return badInput(tr("“%1” is empty. Give a file with text in it."), name);
}

/// The path as the system has it. A name that is no valid text comes with replacement characters for its odd bytes;
/// then it is the file of its folder that reads so.
QByteArray systemPath(const QString &path)
{
    const QByteArray encoded = QFile::encodeName(path);
    struct stat state{};
    if (!path.contains(QChar::ReplacementCharacter) || ::lstat(encoded.constData(), &state) == 0)
        return encoded;
    const QFileInfo info(path);
    const QByteArray folder = QFile::encodeName(info.path());
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(::opendir(folder.constData()), &::closedir);
    while (const dirent *entry = entries ? ::readdir(entries.get()) : nullptr) {
        if (QFile::decodeName(entry->d_name) == info.fileName())
            return folder + '/' + entry->d_name;
    }
    return encoded;
}

Result<Input> openFile(const Source &source, Input input)
{
    // What is no ordinary file is found out without waiting for it: opening a pipe can take for ever.
    const QByteArray path = systemPath(source.path);
    input.file = Descriptor(::open(path.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    const int error = errno;
    struct stat state{};
    if (input.file.number() < 0 && ::stat(path.constData(), &state) != 0)
        return cannotOpen(input.name, error);
    if (input.file.number() >= 0 && ::fstat(input.file.number(), &state) != 0)
        return cannotOpen(input.name, errno);
    if (S_ISDIR(state.st_mode))
        return badInput(
            tr("“%1” is a folder. Give a file in it; `quintet batch` and `quintet knowledge` take whole folders."),
            input.name);
    if (!S_ISREG(state.st_mode))
        return badInput(tr("“%1” is a pipe or a device, not a file. Send its data to standard input instead."),
                        input.name);
    if (input.file.number() < 0)
        return cannotOpen(input.name, error);
    input.size = state.st_size;
    input.changed =
        QDateTime::fromMSecsSinceEpoch(state.st_mtim.tv_sec * 1000 + state.st_mtim.tv_nsec / 1'000'000, QTimeZone::UTC);
    return input;
}

/// Bytes get a file in memory, so that they go the same way.
Result<Input> openBytes(const Source &source, Input input)
{
    if (source.bytes.isEmpty())
        return isEmpty(input.name);
    input.file = Descriptor(::memfd_create("document", MFD_CLOEXEC));
    for (qint64 done = 0; done < source.bytes.size();) {
        const ssize_t written =
            ::write(input.file.number(), source.bytes.constData() + done, size_t(source.bytes.size() - done));
        if (written <= 0)
            return cannotOpen(input.name, errno);
        done += written;
    }
    input.size = source.bytes.size();
    return input;
}

/// Some files of the system say size 0 and go on for ever.
Result<QByteArray> readAll(const Input &input, CancelToken token)
{
    QByteArray bytes;
    for (;;) {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        const qsizetype done = bytes.size();
        bytes.resize(done + std::clamp(input.size - done, qint64(4096), pieceSize));
        const ssize_t count = ::pread(input.file.number(), bytes.data() + done, size_t(bytes.size() - done), done);
        if (count < 0)
            return badInput(
                tr("“%1” could not be read to its end. Check that the disk is still connected, then try again."),
                input.name, qt_error_string(errno));
        bytes.resize(done + count);
        if (count == 0)
            return bytes;
        if (bytes.size() > maximumText)
            return tooLarge(input.name, bytes.size(), maximumText);
    }
}

/// Null where that cannot be done.
std::shared_ptr<const void> mapped(const Input &input)
{
    const auto size = size_t(input.size);
    void *start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, input.file.number(), 0);
    if (start == MAP_FAILED)
        return nullptr;
    return {start, [size](const void *view) { ::munmap(const_cast<void *>(view), size); }};
}

} // namespace

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Result<Input> openInput(const Source &source)
{
    Input input{.name = source.name.isEmpty() ? QFileInfo(source.path).fileName() : source.name,
                .encoding = source.encoding,
                .password = source.password};
    if (input.name.isEmpty())
        input.name = source.path.isEmpty() ? tr("the input") : source.path;
    return source.path.isEmpty() ? openBytes(source, std::move(input)) : openFile(source, std::move(input));
}

Result<Content> contentOf(const Input &input, CancelToken token)
{
    Content content{.name = input.name,
                    .bytes = {},
                    .encoding = input.encoding,
                    .password = input.password,
                    .changed = input.changed};
    if (input.size > maximumDocument)
        return tooLarge(input.name, input.size, maximumDocument);
    if (input.size >= mappedFrom)
        content.mapping = mapped(input);
    if (content.mapping) {
        content.bytes = QByteArray::fromRawData(static_cast<const char *>(content.mapping.get()), input.size);
    } else {
        auto bytes = readAll(input, token);
        if (!bytes)
            return std::unexpected(bytes.error());
        content.bytes = std::move(*bytes);
    }
    if (content.bytes.isEmpty())
        return isEmpty(input.name);
    return content;
}

} // namespace quintet::document
