// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serve/asking.h"
#include "app/serve/routes.h"

namespace quintet::serve {

/// /api/knowledge: collections, what is put into them, and what is asked of them.
class KnowledgeDoor final {
public:
    /// Documents that are sent are kept in `dataFolder`, a folder for each collection. `mayReadPaths`: clients are on
    /// this computer, and may name files of it.
    KnowledgeDoor(const Asking &asking, const QString &dataFolder, bool mayReadPaths);

    void addTo(Routes &routes);

    /// Removes the documents of collections that are gone.
    Task<void> sweep();

private:
    Task<void> list(std::shared_ptr<Exchange> exchange);
    Task<void> addDocuments(std::shared_ptr<Exchange> exchange);
    Task<void> search(std::shared_ptr<Exchange> exchange);
    Task<void> ask(std::shared_ptr<Exchange> exchange);
    Task<Result<QStringList>> pathsIn(std::shared_ptr<Exchange> exchange, QString folder);

    Asking m_asking;
    QString m_folder;
    QString m_collections; ///< where their files are
    bool m_mayReadPaths;
};

} // namespace quintet::serve
