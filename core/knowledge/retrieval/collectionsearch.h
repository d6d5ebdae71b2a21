// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "knowledge/retrieval/fusion.h"
#include "knowledge/retrieval/questionterms.h"
#include "knowledge/retrieval/vectorsource.h"

namespace quintet::knowledge {

/// What the legs made of a question, before passages are chosen.
struct Findings {
    std::vector<Fused> passages;   ///< best first
    std::vector<ChunkTerms> terms; ///< of these, sorted by chunk
    QuestionTerms question;
    bool hasVectors = false;
    double weight = 0; ///< that the vectors had
};

/// Searches one collection: BM25 for candidates, feedback, vectors, and both put together. For the collection's reading
/// thread; the source of vectors is that thread's.
class CollectionSearch final {
public:
    CollectionSearch(store::Connection &connection, VectorSource &source)
        : m_connection(connection),
          m_passages(connection),
          m_source(source)
    {
    }

    /// `questionVector`: of the question, where an embedding model serves; empty where vectors are learnt from the
    /// collection.
    Result<std::vector<Hit>> search(const Query &query, const std::vector<float> &questionVector, CancelToken token);

    /// The same without reading the passages.
    Result<Findings> find(const Query &query, const Question &question, const std::vector<float> &questionVector,
                          CancelToken token);

private:
    Result<CollectionFigures> figures();
    Result<const ServingVectors *> vectors(const Query &query);
    Result<std::vector<Near>> nearest(const ServingVectors &vectors, const QuestionTerms &terms,
                                      const std::vector<float> &questionVector, const PassageFilter &filter,
                                      std::vector<float> &used);
    Result<void> findAsWritten(const Query &query, const Question &question, Findings &findings);
    Result<std::vector<qint64>> wordsBeginningWith(const QString &name, const PassageFilter &filter, int most);
    Result<std::vector<Hit>> hitsFrom(const Query &query, const Question &question, Findings findings);

    store::Connection &m_connection;
    PassageStore m_passages;
    VectorSource &m_source;
};

} // namespace quintet::knowledge
