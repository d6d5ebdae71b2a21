// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/filestore.h"
#include "batch/item.h"

#include <QHash>

namespace quintet::batch {

/// What stands in the file of one result.
QByteArray fileContent(const RunSpec &spec, const Item &item, const ItemResult &result);

/// Gives each result of a run a file name of its own: "{stem}.summary.md" beside the source or in a folder that mirrors
/// the sources'; a number is added where that name is another item's, or a file's that Quintet did not write. Lives on
/// the engine thread.
class FileNames final {
public:
    FileNames(FileStore &files, const Run &run) : m_files(files), m_run(run) { }

    /// The file for the item; nothing where the run writes no file an item. The name is its own from now on.
    std::optional<QString> claim(const Item &item);

    /// The file that all results go to: "results.csv".
    QString claimForRun(const QString &stem, const QString &ending);

    /// The name is written down in the database, or no longer wanted.
    void release(const QString &path) { m_pending.remove(path); }

private:
    QString firstFree(const std::function<QString(int)> &candidate, qint64 owner);
    bool isFree(const QString &path, qint64 owner);

    FileStore &m_files;
    Run m_run;
    QHash<QString, qint64> m_pending; ///< claimed, not yet written down: by path, whose
};

} // namespace quintet::batch
