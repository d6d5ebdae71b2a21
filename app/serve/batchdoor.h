// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/asking.h"
#include "app/serve/routes.h"
#include "base/wake.h"
#include "batch/runstore.h"

#include <QHash>

namespace quintet::serve {

/// POST /api/batch, and what becomes of it. A run is worked by this process until it is through; what a former server
/// left unfinished goes on with resume().
class BatchDoor final {
public:
    /// `folder`: where the items of runs are kept, one file a run.
    BatchDoor(const Asking &asking, QString folder);

    void addTo(Routes &routes);

    /// Goes on with the runs that a former server left when it ended or was ended; what paused for another reason stays
    /// as it is, and what another process works on stays with it.
    void resumeAll();

    /// Pauses what is under way, which takes a few seconds where requests have been sent, and is done then.
    Task<void> stop();

private:
    Task<void> begin(std::shared_ptr<Exchange> exchange);
    Task<void> list(std::shared_ptr<Exchange> exchange);
    Task<void> show(std::shared_ptr<Exchange> exchange);
    Task<void> resume(std::shared_ptr<Exchange> exchange);
    Task<void> cancel(std::shared_ptr<Exchange> exchange);
    Task<void> work(batch::Run run);
    bool isKeptHere(const QString &items) const { return items.startsWith(m_folder + u'/'); }

    Asking m_asking;
    QString m_folder;
    batch::RunStore m_runs;
    CancelSource m_stop;
    int m_underWay = 0;
    Wake m_wake;
};

} // namespace quintet::serve
