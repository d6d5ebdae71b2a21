// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/plan/runworker.h"
#include "app/serve/asking.h"
#include "app/serve/routes.h"

#include <QHash>

namespace quintet::serve {

/// POST /api/agent, and what is said to a run while its steps are streamed.
class AgentDoor final {
public:
    /// `mayUsePaths`: clients are on this computer, and may name its folders and databases.
    AgentDoor(const Asking &asking, bool mayUsePaths) : m_asking(asking), m_mayUsePaths(mayUsePaths) { }

    void addTo(Routes &routes);

private:
    class Approvals;
    struct Working {
        agent::RunWorker *worker = nullptr;
        Approvals *approvals = nullptr;
    };

    Task<void> list(std::shared_ptr<Exchange> exchange);
    Task<void> begin(std::shared_ptr<Exchange> exchange);
    Task<void> approve(std::shared_ptr<Exchange> exchange);
    Task<void> say(std::shared_ptr<Exchange> exchange);
    Task<Result<agent::RunSpec>> specFrom(QJsonObject request, CancelToken token);
    Task<void> work(std::shared_ptr<Exchange> exchange, agent::Toolbox tools, agent::AgentRun run, QJsonObject request);

    Asking m_asking;
    bool m_mayUsePaths;
    QHash<QString, Working> m_underWay; ///< by the run's id
};

} // namespace quintet::serve
