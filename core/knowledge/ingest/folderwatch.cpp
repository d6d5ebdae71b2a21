// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/folderwatch.h"

#include "base/onpool.h"
#include "knowledge/ingest/folderscan.h"

#include <QSet>

#include <qcorosignal.h>

namespace quintet::knowledge {

namespace {

constexpr qsizetype mostFolders = 4'000; // watched by the system; its limit is shared by all programs
constexpr std::chrono::milliseconds quiet(500);

} // namespace

FolderWatch::FolderWatch(std::chrono::milliseconds period)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    m_period.setSingleShot(true);
    m_period.setInterval(period);
    const auto noticed = [this] {
        m_hasChanged = true;
        if (!m_quiet.isActive())
            m_quiet.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, noticed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, noticed);
    connect(&m_quiet, &QTimer::timeout, &m_wake, &Wake::wakeLater);
    connect(&m_period, &QTimer::timeout, this, [this] {
        m_hasChanged = true;
        m_wake.wakeLater();
    });
}

/// A folder's notice tells of files that come and go, a file's of one that is written over.
void FolderWatch::follow(const QStringList &paths)
{
    const QSet<QString> wanted(paths.begin(), paths.end());
    const QStringList watched = m_watcher.directories() + m_watcher.files();
    QStringList old;
    for (const QString &path : watched) {
        if (!wanted.contains(path))
            old << path;
    }
    if (!old.isEmpty())
        m_watcher.removePaths(old);
    QSet<QString> fresh = wanted;
    fresh.subtract(QSet<QString>(watched.begin(), watched.end()));
    if (!fresh.isEmpty())
        m_watcher.addPaths(QStringList(fresh.begin(), fresh.end()));
}

Task<bool> FolderWatch::change(QStringList sources, CollectionSettings settings, CancelToken token)
{
    std::vector<SourceRow> rows;
    for (const QString &source : std::as_const(sources))
        rows.push_back({0, source});
    const ScanResult found =
        co_await onPool([rows, settings = std::move(settings), token] { return scan(rows, settings, token); });
    QStringList paths = found.folders;
    for (const FoundFile &file : found.files)
        paths << file.path;
    follow(paths.first(std::min(paths.size(), mostFolders)));
    m_period.start();
    const OnCancel onCancel(token, &m_wake, [this] { m_wake.wakeLater(); });
    while (!token.stop_requested() && (!m_hasChanged || m_quiet.isActive()))
        co_await qCoro(&m_wake, &Wake::woken);
    m_hasChanged = false;
    m_period.stop();
    co_return !token.stop_requested();
}

} // namespace quintet::knowledge
