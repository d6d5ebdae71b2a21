// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/asking.h"
#include "app/serve/routes.h"

namespace quintet::serve {

/// /api/knowledge: collections, what is put into them, and what is asked of them.
class KnowledgeDoor final {
public:
    /// `folder`: where documents that are sent are kept, a folder for each collection. `mayReadPaths`: clients are on
    /// this computer, and may name files of it.
    KnowledgeDoor(const Asking &asking, QString folder, bool mayReadPaths);

    void addTo(Routes &routes);

private:
    Task<void> list(std::shared_ptr<Exchange> exchange);
    Task<void> addDocuments(std::shared_ptr<Exchange> exchange);
    Task<void> search(std::shared_ptr<Exchange> exchange);
    Task<void> ask(std::shared_ptr<Exchange> exchange);
    Task<Result<QStringList>> pathsIn(std::shared_ptr<Exchange> exchange);

    Asking m_asking;
    QString m_folder;
    bool m_mayReadPaths;
};

} // namespace quintet::serve
