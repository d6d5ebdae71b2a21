// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/folder.h"

#include "base/id.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;
using document::Descriptor;

constexpr qsizetype longestName = 255; ///< bytes, as file systems have it

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

/// The failure that `errno` stands for.
std::unexpected<Error> systemError(const QString &name)
{
    const int code = errno;
    const QString shown = name.isEmpty() ? u"."_s : name;
    switch (code) {
    case ENOENT: return failure(ErrorKind::BadInput, tr("There is no “%1” in the folder.").arg(shown));
    case ELOOP:
    case EXDEV:
        return failure(ErrorKind::BadInput,
                       tr("“%1” is a link, or lies behind one. Links are not followed.").arg(shown));
    case ENOTDIR: return failure(ErrorKind::BadInput, tr("“%1” is no folder, or a link to one.").arg(shown));
    case EISDIR: return failure(ErrorKind::BadInput, tr("“%1” is a folder.").arg(shown));
    case ENAMETOOLONG: return failure(ErrorKind::BadInput, tr("“%1” is too long a name.").arg(shown.first(60)));
    default:
        return failure(ErrorKind::Storage,
                       tr("“%1” cannot be used: %2.").arg(shown, QString::fromLocal8Bit(std::strerror(code))));
    }
}

int openOne(int folder, const QByteArray &name, int flags)
{
    return ::openat(folder, name.constData(), flags | O_NOFOLLOW | O_CLOEXEC);
}

/// As openat2 with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS does.
int openPartByPart(int top, const QByteArray &path, int flags)
{
    const QByteArrayList parts = path.split('/');
    Descriptor folder(::fcntl(top, F_DUPFD_CLOEXEC, 0));
    for (const QByteArray &part : parts.first(parts.size() - 1)) {
        Descriptor next(openOne(folder.number(), part, O_PATH | O_DIRECTORY));
        if (next.number() < 0)
            return -1;
        folder = std::move(next);
    }
    return openOne(folder.number(), parts.last(), flags);
}

/// -1 with ENOSYS where the kernel, or a sandbox around this process, does not have it.
int openByKernel(int top, const QByteArray &path, int flags)
{
    open_how how{};
    how.flags = quint64(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    return int(::syscall(SYS_openat2, top, path.constData(), &how, sizeof how));
}

Folder::Kind kindOf(mode_t mode)
{
    if (S_ISREG(mode))
        return Folder::Kind::File;
    if (S_ISDIR(mode))
        return Folder::Kind::Folder;
    return S_ISLNK(mode) ? Folder::Kind::Link : Folder::Kind::Other;
}

bool writeAll(int file, QByteArrayView content)
{
    while (!content.isEmpty()) {
        const ssize_t count = ::write(file, content.data(), size_t(content.size()));
        if (count < 0 && errno != EINTR)
            return false;
        content = content.sliced(std::max<ssize_t>(count, 0));
    }
    return ::fsync(file) == 0;
}

} // namespace

Folder::Folder(QString path, Descriptor top, Way way)
    : m_path(std::move(path)),
      m_top(std::make_shared<const Descriptor>(std::move(top))),
      m_way(way)
{
}

Result<Folder> Folder::open(const QString &path, Way way)
{
    const QString absolute = QDir(path).canonicalPath();
    Descriptor top(
        absolute.isEmpty() ? -1 : ::open(QFile::encodeName(absolute).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (top.number() < 0)
        return failure(ErrorKind::BadInput, tr("There is no folder %1.").arg(QDir::toNativeSeparators(path)));
    return Folder(absolute, std::move(top), way);
}

Result<QString> Folder::cleaned(const QString &name)
{
    if (name.startsWith(u'/'))
        return failure(ErrorKind::BadInput,
                       tr("Name files relative to the folder, without a leading slash: “%1”.").arg(name));
    QStringList parts;
    for (const QString &part : name.split(u'/')) {
        if (part.isEmpty() || part == u".")
            continue;
        if (part == u"..")
            return failure(ErrorKind::BadInput, tr("“%1” leads out of the folder.").arg(name));
        if (std::ranges::any_of(part, [](QChar c) { return c.category() == QChar::Other_Control; }))
            return failure(ErrorKind::BadInput, tr("A file's name may hold no control characters."));
        if (QFile::encodeName(part).size() > longestName)
            return failure(ErrorKind::BadInput, tr("“%1…” is too long a name.").arg(part.first(60)));
        parts << part;
    }
    return parts.join(u'/');
}

Result<Descriptor> Folder::openBeneath(const QString &name, int flags) const
{
    const QByteArray path = name.isEmpty() ? "." : QFile::encodeName(name);
    int file = -1;
    if (m_way == Way::Kernel)
        file = openByKernel(m_top->number(), path, flags);
    if (m_way == Way::PartByPart || (file < 0 && (errno == ENOSYS || errno == EPERM)))
        file = openPartByPart(m_top->number(), path, flags);
    if (file < 0)
        return systemError(name);
    return Descriptor(file);
}

Result<Descriptor> Folder::openParent(const QString &name, bool mayMake) const
{
    QString folder;
    const QStringList parts = name.split(u'/');
    for (const QString &part : parts.first(parts.size() - 1)) {
        const QString inner = folder.isEmpty() ? part : folder + u'/' + part;
        if (mayMake && !exists(inner)) {
            const auto outer = openBeneath(folder, O_PATH | O_DIRECTORY);
            if (!outer)
                return std::unexpected(outer.error());
            if (::mkdirat(outer->number(), QFile::encodeName(part).constData(), 0777) != 0 && errno != EEXIST)
                return systemError(inner);
        }
        folder = inner;
    }
    return openBeneath(folder, O_PATH | O_DIRECTORY);
}

Result<std::vector<Folder::Entry>> Folder::list(const QString &name) const
{
    const auto clean = cleaned(name);
    if (!clean)
        return std::unexpected(clean.error());
    const auto folder = openBeneath(*clean, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    using Directory = std::unique_ptr<DIR, decltype([](DIR *directory) { ::closedir(directory); })>;
    const Directory directory(::fdopendir(::fcntl(folder->number(), F_DUPFD_CLOEXEC, 0)));
    if (!directory)
        return systemError(*clean);
    std::vector<Entry> entries;
    while (const dirent *found = ::readdir(directory.get())) {
        const QByteArray raw(found->d_name);
        const QString decoded = QFile::decodeName(raw);
        struct stat status{};
        if (raw == "." || raw == ".." || QFile::encodeName(decoded) != raw
            || ::fstatat(folder->number(), found->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        entries.push_back({decoded, kindOf(status.st_mode), status.st_size,
                           QDateTime::fromSecsSinceEpoch(status.st_mtime, QTimeZone::UTC)});
    }
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

Result<Descriptor> Folder::openFile(const QString &name) const
{
    const auto clean = cleaned(name);
    if (!clean)
        return std::unexpected(clean.error());
    auto file = openBeneath(*clean, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file)
        return file;
    struct stat status{};
    if (::fstat(file->number(), &status) != 0)
        return systemError(*clean);
    if (!S_ISREG(status.st_mode))
        return failure(ErrorKind::BadInput, S_ISDIR(status.st_mode) ? tr("“%1” is a folder.").arg(name)
                                                                    : tr("“%1” is no ordinary file.").arg(name));
    return file;
}

Result<QByteArray> Folder::read(const QString &name, qint64 largest) const
{
    const auto file = openFile(name);
    if (!file)
        return std::unexpected(file.error());
    QByteArray content;
    QByteArray piece(256 << 10, Qt::Uninitialized);
    for (;;) {
        const ssize_t count = ::read(file->number(), piece.data(), size_t(piece.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError(name);
        if (count == 0)
            return content;
        content.append(piece.constData(), count);
        if (content.size() > largest)
            return failure(ErrorKind::BadInput, tr("“%1” is larger than %2 MB.").arg(name).arg(largest >> 20));
    }
}

bool Folder::exists(const QString &name) const
{
    const auto clean = cleaned(name);
    return clean && openBeneath(*clean, O_PATH | O_NOFOLLOW).has_value();
}

Result<void> Folder::write(const QString &name, const QByteArray &content) const
{
    const auto clean = cleaned(name);
    if (!clean)
        return std::unexpected(clean.error());
    if (clean->isEmpty() || name.endsWith(u'/'))
        return failure(ErrorKind::BadInput, tr("“%1” names a folder, not a file.").arg(name));
    const auto parent = openParent(*clean, true);
    if (!parent)
        return std::unexpected(parent.error());
    const int folder = parent->number();
    const QByteArray last = QFile::encodeName(clean->section(u'/', -1));
    struct stat status{};
    const bool isThere = ::fstatat(folder, last.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (isThere && !S_ISREG(status.st_mode))
        return failure(ErrorKind::BadInput, tr("“%1” is there, and is no ordinary file.").arg(name));
    if (isThere && ((status.st_mode & 0222) == 0 || ::faccessat(folder, last.constData(), W_OK, 0) != 0))
        return failure(ErrorKind::BadInput, tr("“%1” is protected against writing.").arg(name));

    const QByteArray temporary = ".quintet-" + makeId().toLatin1();
    const Descriptor file(
        ::openat(folder, temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (file.number() < 0)
        return systemError(name);
    if ((isThere && ::fchmod(file.number(), status.st_mode & 0777) != 0) || !writeAll(file.number(), content)
        || ::renameat(folder, temporary.constData(), folder, last.constData()) != 0) {
        const auto error = systemError(name);
        ::unlinkat(folder, temporary.constData(), 0);
        return error;
    }
    return {};
}

Result<void> Folder::remove(const QString &name) const
{
    // Opened first, so that only an ordinary file goes.
    if (const auto file = openFile(name); !file)
        return std::unexpected(file.error());
    const QString clean = *cleaned(name);
    const auto parent = openParent(clean, false);
    if (!parent)
        return std::unexpected(parent.error());
    if (::unlinkat(parent->number(), QFile::encodeName(clean.section(u'/', -1)).constData(), 0) != 0)
        return systemError(name);
    return {};
}

} // namespace quintet::agent
