// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace quintet {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet", text);
}

Result<void> prepareFolder(const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        return failure(ErrorKind::Storage,
                       tr("The folder %1 cannot be made. Check the rights of its parent, or name another folder with "
                          "--data-dir.")
                           .arg(QDir::toNativeSeparators(folder)));
    }
    const QFileInfo info(folder);
    if (!info.isWritable() || !info.isExecutable()) {
        return failure(ErrorKind::Storage,
                       tr("The folder %1 cannot be written. Check its rights, or name another folder with --data-dir.")
                           .arg(QDir::toNativeSeparators(folder)));
    }
    return {};
}

} // namespace

Result<Paths> preparePaths(const QString &dataFolder)
{
    QString folder = dataFolder.isEmpty() ? qEnvironmentVariable("QUINTET_DATA_DIR") : dataFolder;
    Paths paths;
    if (!folder.isEmpty()) {
        paths.dataFolder = QDir::cleanPath(QDir(folder).absolutePath());
        paths.settingsFile = paths.dataFolder + QStringLiteral("/quintet.ini");
    } else {
        const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
        const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
        if (data.isEmpty() || config.isEmpty() || !QFileInfo(QDir::homePath()).isDir()) {
            return failure(ErrorKind::Storage, tr("There is no home folder to keep things in. Name a folder with "
                                                  "--data-dir or QUINTET_DATA_DIR."));
        }
        paths.dataFolder = data + QStringLiteral("/quintet");
        paths.settingsFile = config + QStringLiteral("/quintet/quintet.ini");
    }
    for (const QString &needed : {paths.dataFolder, QFileInfo(paths.settingsFile).absolutePath()}) {
        if (auto made = prepareFolder(needed); !made)
            return std::unexpected(made.error());
    }
    return paths;
}

} // namespace quintet
