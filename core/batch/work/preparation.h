// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/filestore.h"
#include "batch/itemstore.h"
#include "batch/runstore.h"

namespace quintet::batch {

/// Lists the items of a new run. Lives on the engine thread.
class Preparation final {
public:
    Preparation(RunStore &runs, ItemStore &items, FileStore &files) : m_runs(runs), m_items(items), m_files(files) { }

    /// Writes down all items of the run, those of a listing that broke off anew. BadInput where there are none. Results
    /// that Quintet wrote are no items.
    Task<Result<void>> list(Run run, CancelToken token);

private:
    Task<Result<void>> listSource(Run run, CancelToken token);

    RunStore &m_runs;
    ItemStore &m_items;
    FileStore &m_files;
};

} // namespace quintet::batch
