// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/filestore.h"
#include "batch/itemstore.h"
#include "batch/output/resultfile.h"
#include "batch/runstore.h"

namespace quintet::batch {

/// Writes the results of one run to where they belong. Lives on the engine thread.
class RunOutput final {
public:
    RunOutput(store::Database &database, const Clock &clock, ItemStore &items, const Run &run);

    /// Whether results go to files at all.
    bool isWanted() const { return !m_run.spec.output.folder.isEmpty(); }

    /// Storage where the folder cannot be written into.
    Task<Result<void>> check();

    /// Records a result, then writes its file. A result that is recorded stays so whatever happens to the file: the
    /// next resumption writes it. Storage.
    Task<Result<void>> record(Item item, ItemResult result);

    /// Writes the files of results that were recorded when the last worker ended.
    Task<Result<void>> catchUp(CancelToken token);

    /// Writes the one file of all results, as far as they came, if that is how the run gives them.
    Task<Result<void>> writeWhole(CancelToken token);

    /// Writes run.json, or what stands for it: see batch::writeReport().
    Task<Result<void>> writeReport();

private:
    Task<Result<void>> write(qint64 item, QString path, QByteArray content);
    Task<Result<void>> writeForRun(QString stem, QString ending, std::function<Result<QByteArray>(QString)> write);

    store::Database &m_database;
    const Clock &m_clock;
    ItemStore &m_items;
    FileStore m_files;
    RunStore m_runs;
    Run m_run;
    FileNames m_names;
};

} // namespace quintet::batch
