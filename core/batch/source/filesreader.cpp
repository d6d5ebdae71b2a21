// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/source/filesreader.h"

#include <QDir>
#include <QTimeZone>

namespace quintet::batch {

FilesReader::FilesReader(const SourceSpec &spec) : m_glob(spec.include, spec.exclude)
{
    // One folder's files are named from inside of it; several paths each from their own name.
    if (spec.paths.size() == 1 && QFileInfo(spec.paths.first()).isDir()) {
        m_levels.push_back(levelOf(spec.paths.first(), {}));
        return;
    }
    Level top;
    for (const QString &path : spec.paths)
        top.entries.emplace_back(path);
    m_levels.push_back(std::move(top));
}

FilesReader::Level FilesReader::levelOf(const QString &folder, const QString &prefix)
{
    Level level{prefix, {}};
    const QDir dir(folder);
    for (const QFileInfo &entry : dir.entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        level.entries.push_back(entry);
    return level;
}

Result<std::vector<ItemSource>> FilesReader::next(int atMost)
{
    std::vector<ItemSource> items;
    while (!m_levels.empty() && static_cast<int>(items.size()) < atMost) {
        Level &level = m_levels.back();
        if (level.entries.empty()) {
            m_levels.pop_back();
            continue;
        }
        const QFileInfo entry = level.entries.front();
        level.entries.pop_front();
        const QString name = level.prefix + entry.fileName();
        if (entry.isDir()) {
            if (!entry.isSymLink() || m_levels.size() == 1)
                m_levels.push_back(levelOf(entry.absoluteFilePath(), name + u'/'));
        } else if (m_glob.takes(name)) {
            items.push_back({.name = name,
                             .path = entry.absoluteFilePath(),
                             .size = entry.size(),
                             .content = {},
                             .modified = entry.lastModified(QTimeZone::UTC).toMSecsSinceEpoch()});
        }
    }
    return items;
}

} // namespace quintet::batch
