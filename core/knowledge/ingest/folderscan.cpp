// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/folderscan.h"

#include "knowledge/ingest/filerules.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

/// One walk; folders are taken from a list, so that no nesting is too deep.
class Walk final {
public:
    Walk(const CollectionSettings &settings, CancelToken token)
        : m_include(settings.include),
          m_exclude(settings.exclude),
          m_excluded(settings.exclude.begin(), settings.exclude.end()),
          m_token(std::move(token))
    {
    }

    void enter(const SourceRow &source)
    {
        const QFileInfo info(source.path);
        if (info.isFile()) {
            add(info, source.id);
        } else if (info.isDir() && QDir(source.path).isReadable()) {
            m_top = source.path;
            m_rules.clear();
            QStringList folders{source.path};
            while (!folders.isEmpty() && !m_token.stop_requested())
                visit(folders.takeLast(), source.id, folders);
        } else {
            m_result.unreachable.insert(source.id);
            if (!info.exists() && QFileInfo(info.absolutePath()).isDir())
                m_result.missing.insert(source.path);
        }
    }

    ScanResult take() { return std::move(m_result); }

private:
    void visit(const QString &folder, qint64 source, QStringList &folders)
    {
        for (const QString &name : {u".gitignore"_s, u".quintetignore"_s}) {
            if (FileRules rules = FileRules::fromFile(folder + u'/' + name); !rules.isEmpty())
                m_rules[folder].push_back(std::move(rules));
        }
        m_result.folders << folder;
        // NoDotAndDotDot without Hidden leaves hidden ones out.
        const QFileInfoList entries =
            QDir(folder).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const QFileInfo &entry : entries) {
            if (m_token.stop_requested())
                return;
            const QString path = entry.filePath();
            if (isLeftOut(path, entry.isDir()))
                continue;
            if (entry.isDir() && !entry.isSymLink())
                folders << path;
            else if (entry.isFile() && isTaken(path))
                add(entry, source);
        }
    }

    bool isTaken(const QString &path) const
    {
        return m_include.isEmpty() || m_include.matches(path.sliced(m_top.size() + 1));
    }

    /// The rules nearest to the file have the last word.
    bool isLeftOut(const QString &path, bool isFolder) const
    {
        if (m_excluded.contains(path) || m_exclude.matches(path.sliced(m_top.size() + 1), isFolder))
            return true;
        for (QString folder = path.section(u'/', 0, -2); folder.size() >= m_top.size();
             folder = folder.section(u'/', 0, -2)) {
            const auto rules = m_rules.constFind(folder);
            if (rules != m_rules.cend()) {
                for (auto rule = rules->rbegin(); rule != rules->rend(); ++rule) {
                    const auto verdict = rule->verdict(path.sliced(folder.size() + 1), isFolder);
                    if (verdict != FileRules::Verdict::None)
                        return verdict == FileRules::Verdict::Match;
                }
            }
            if (folder.isEmpty())
                break;
        }
        return false;
    }

    void add(const QFileInfo &info, qint64 source)
    {
        const QString path = info.filePath();
        if (m_seen.contains(path))
            return;
        m_seen.insert(path);
        m_result.files.push_back({path, source, info.size(), info.lastModified(QTimeZone::UTC).toMSecsSinceEpoch()});
    }

    FileRules m_include;
    FileRules m_exclude;
    QSet<QString> m_excluded; ///< whole paths
    CancelToken m_token;
    QString m_top;
    QHash<QString, std::vector<FileRules>> m_rules; ///< of the ignore files, by folder
    QSet<QString> m_seen;
    ScanResult m_result;
};

} // namespace

ScanResult scan(const std::vector<SourceRow> &sources, const CollectionSettings &settings, CancelToken token)
{
    Walk walk(settings, std::move(token));
    for (const SourceRow &source : sources)
        walk.enter(source);
    return walk.take();
}

ScanChanges changesFrom(const ScanResult &found, const std::vector<DocumentRow> &known)
{
    QHash<QString, const DocumentRow *> byPath;
    for (const DocumentRow &row : known)
        byPath.insert(row.path, &row);
    ScanChanges changes;
    for (const FoundFile &file : found.files) {
        const DocumentRow *row = byPath.take(file.path);
        if (!row || row->size != file.size || row->modified != file.modified)
            changes.changed.push_back(file);
        else
            ++changes.unchanged;
    }
    for (const DocumentRow *row : std::as_const(byPath)) {
        // A file that was put in by itself is deleted; a folder may be on a drive that is not there.
        if (!found.unreachable.contains(row->source) || found.missing.contains(row->path))
            changes.gone.push_back(*row);
    }
    return changes;
}

} // namespace quintet::knowledge
