// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/terms/termcounts.h"
#include "store/connection.h"

namespace quintet::knowledge {

/// A way to turn passages of a collection into vectors.
struct SpaceRow {
    qint64 id = 0;
    QString name; ///< "builtin", or "ENDPOINT/MODEL"
    int dimensions = 0;
    qint64 trained = 0;           ///< passages that it was learnt from
    std::optional<double> weight; ///< of its leg in a hybrid search; nothing: not measured yet
    bool isServing = false;
    qint64 mark = 0; ///< given by the store: tells the space from those of other collections and of former days

    bool operator==(const SpaceRow &) const = default;
};

/// Vectors one behind the other, `dimensions` numbers each.
struct VectorBatch {
    std::vector<qint64> chunks;
    std::vector<float> values;
};

/// The direction of each of some terms.
struct DirectionBatch {
    std::vector<TermId> terms;
    std::vector<float> values;
};

/// The vectors of a collection. What changes rows is for writer's jobs.
class VectorStore final {
public:
    explicit VectorStore(store::Connection &connection) : m_connection(connection) { }

    Result<std::vector<SpaceRow>> spaces();
    Result<std::optional<SpaceRow>> serving();

    /// A new space that does not serve yet; its id.
    Result<qint64> make(const SpaceRow &space);

    /// From now on this space serves, and no other.
    Result<void> serve(qint64 space);

    Result<void> setWeight(qint64 space, double weight);

    /// Removes up to `most` rows of spaces that are neither serving nor `keep`, and those spaces once they are empty.
    /// The number of rows that went.
    Result<int> sweep(qint64 keep, int most);

    Result<void> addDirections(qint64 space, const DirectionBatch &batch);
    Result<void> add(qint64 space, const VectorBatch &batch);

    /// The directions of those of `terms` that have one.
    Result<DirectionBatch> directions(qint64 space, const std::vector<TermId> &terms, int dimensions);
    /// All directions, in order of the terms' ids.
    Result<DirectionBatch> allDirections(qint64 space, int dimensions);

    /// The next `most` vectors behind `after`, in order of their passages' ids. Vectors of another length are left out.
    Result<VectorBatch> vectorsBehind(qint64 space, qint64 after, int most, int dimensions);

    /// The last passage that has a vector; 0 for none.
    Result<qint64> lastChunk(qint64 space);

    /// Passages whose vector is missing though those behind them have one, or whose vector has another length.
    Result<qint64> removeOrphans(qint64 space, int dimensions);

private:
    store::Connection &m_connection;
};

} // namespace quintet::knowledge
