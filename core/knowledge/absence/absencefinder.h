// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/absence/absence.h"
#include "knowledge/retrieval/collectionsearch.h"
#include "knowledge/store/documentstore.h"

namespace quintet::knowledge {

/// Finds out why a document is not among the hits of a search, by searching again and looking where it went. For the
/// collection's reading thread; takes several times as long as the search.
class AbsenceFinder final {
public:
    AbsenceFinder(store::Connection &connection, VectorSource &source)
        : m_connection(connection),
          m_passages(connection),
          m_search(connection, source)
    {
    }

    /// `wanted`: a part of the document's path. `questionVector` as of a search.
    Result<Absence> find(const Query &query, const QString &wanted, const std::vector<float> &questionVector,
                         CancelToken token);

private:
    struct Looked; ///< what is known of the document and the search

    Result<bool> isLeftOut(Looked &looked);
    Result<void> rankByWords(Looked &looked);
    void compare(Looked &looked);

    store::Connection &m_connection;
    PassageStore m_passages;
    CollectionSearch m_search;
};

} // namespace quintet::knowledge
