// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/filechanges.h"

#include "agent/files/textfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

Result<FileChanges::Former> FileChanges::former(const QString &name) const
{
    const auto clean = Folder::cleaned(name);
    if (!clean)
        return std::unexpected(clean.error());
    if (clean->isEmpty() || name.endsWith(u'/'))
        return failure(ErrorKind::BadInput, tr("“%1” names a folder, not a file.").arg(name));
    if (!m_folder.exists(*clean))
        return Former{.isNew = true};
    const auto bytes = m_folder.read(*clean, largestText);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto text = plainText(*bytes);
    if (!text)
        return failure(ErrorKind::BadInput, tr("“%1” is no text file, and only those are changed.").arg(name));
    return Former{*bytes, *text};
}

Result<FileChange> FileChanges::writing(const QString &name, const QString &text) const
{
    return former(name).transform([&](const Former &former) {
        return FileChange{.path = *Folder::cleaned(name), .before = former.text, .after = text, .isNew = former.isNew};
    });
}

Result<FileChange> FileChanges::editing(const QString &name, const QString &text, const QString &replacement,
                                        bool everywhere) const
{
    const auto former = this->former(name);
    if (!former)
        return std::unexpected(former.error());
    if (former->isNew)
        return failure(ErrorKind::BadInput, tr("There is no “%1” in the folder.").arg(name));
    QString from = text;
    QString to = replacement;
    // Models write line feeds, also for files that end their lines otherwise.
    if (!former->text.contains(from) && former->text.contains(u"\r\n"_s)) {
        from.replace(u"\n"_s, u"\r\n"_s);
        to.replace(u"\n"_s, u"\r\n"_s);
    }
    const qsizetype count = from.isEmpty() ? 0 : former->text.count(from);
    if (count == 0)
        return failure(ErrorKind::BadInput,
                       tr("That text does not stand in “%1”. Read the file, and give the text exactly "
                          "as it stands there.")
                           .arg(name));
    if (count > 1 && !everywhere)
        return failure(ErrorKind::BadInput, tr("That text stands in “%1” %2 times. Give more of what is around it, or "
                                               "set replace_all.")
                                                .arg(name)
                                                .arg(count));
    return FileChange{
        .path = *Folder::cleaned(name), .before = former->text, .after = QString(former->text).replace(from, to)};
}

Result<FileChange> FileChanges::apply(FileChange change) const
{
    const auto former = this->former(change.path);
    if (!former)
        return std::unexpected(former.error());
    if (former->isNew != change.isNew || former->text != change.before)
        return failure(ErrorKind::BadInput, tr("“%1” was changed meanwhile. Read it again.").arg(change.path));
    const QByteArray after = bytesOf(change.after, former->bytes);
    if (after.size() > largestText)
        return failure(ErrorKind::BadInput, tr("That is too much for one file: at most %1 MB.").arg(largestText >> 20));
    const auto version = m_versions.keep({.folder = m_folder.path(),
                                          .path = change.path,
                                          .isNew = change.isNew,
                                          .before = former->bytes,
                                          .afterHash = QCryptographicHash::hash(after, QCryptographicHash::Sha256)});
    if (!version)
        return std::unexpected(version.error());
    if (const auto written = m_folder.write(change.path, after); !written)
        return std::unexpected(written.error());
    change.version = *version;
    return change;
}

} // namespace quintet::agent
