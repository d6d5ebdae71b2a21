// SPDX-License-Identifier: GPL-3.0-or-later
#include "backup/keptfiles.h"

#include <QDir>
#include <QDirIterator>

#include <algorithm>

namespace quintet::backup {

using namespace Qt::StringLiterals;

namespace {

/// Made anew by itself, or of this moment only.
bool isLeftOut(const QString &name)
{
    static const QStringList endings{u"-wal"_s, u"-shm"_s, u"-journal"_s, u".lock"_s, u".tmp"_s, u".graph"_s};
    return std::ranges::any_of(endings, [&name](const QString &ending) { return name.endsWith(ending); })
           || name.contains(".backup-v"_L1);
}

} // namespace

QStringList keptFolders()
{
    return {u"collections"_s, u"drafts"_s, u"former-versions"_s, u"samples"_s, u"serve"_s};
}

std::vector<KeptFile> keptFiles(const Paths &paths)
{
    std::vector<KeptFile> files;
    for (const QString &path : {paths.settingsFile, paths.pricesFile()}) {
        if (QFile::exists(path))
            files.push_back({path, u"settings/"_s + QFileInfo(path).fileName(), false});
    }
    if (QFile::exists(paths.database()))
        files.push_back({paths.database(), u"data/quintet.db"_s, true});
    const QDir data(paths.dataFolder);
    for (const QString &folder : keptFolders()) {
        QDirIterator all(data.filePath(folder), QDir::Files | QDir::NoSymLinks | QDir::Hidden,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString path = all.next();
            if (!isLeftOut(path))
                files.push_back({path, u"data/"_s + data.relativeFilePath(path), path.endsWith(".db"_L1)});
        }
    }
    std::ranges::sort(files, {}, &KeptFile::name);
    return files;
}

QString placeOf(const QString &name, const QString &dataFolder, const QString &settingsFolder)
{
    const QString rest = name.section(u'/', 1);
    return (name.startsWith("settings/"_L1) ? settingsFolder : dataFolder) + u'/' + rest;
}

bool isProperName(const QString &name)
{
    const QStringList parts = name.split(u'/');
    const bool goesNowhereElse = std::ranges::none_of(
        parts, [](const QString &part) { return part.isEmpty() || part == u"." || part == u".."; });
    const bool isKept = name == u"data/quintet.db" || (parts.size() == 2 && parts[0] == u"settings")
                        || (parts.size() > 2 && parts[0] == u"data" && keptFolders().contains(parts[1]));
    return goesNowhereElse && isKept && !name.contains(QChar(0)) && !isLeftOut(name);
}

} // namespace quintet::backup
