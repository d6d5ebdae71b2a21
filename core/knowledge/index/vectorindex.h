// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "base/result.h"
#include "knowledge/index/nearest.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace quintet::knowledge {

/// A graph over unit vectors (HNSW: Malkov and Yashunin 2016, by hnswlib) that finds near ones without looking at all.
/// A cache: what it holds can be made again from the vectors. Searching is safe from any thread while nobody changes
/// it.
class VectorIndex final {
public:
    static constexpr size_t linksPerVector = 16;        ///< M
    static constexpr size_t candidatesAtBuilding = 200; ///< ef of construction

    /// Empty, with room for `capacity` vectors. Storage where memory does not suffice.
    static Result<VectorIndex> make(int dimensions, qsizetype capacity);

    VectorIndex(VectorIndex &&) noexcept;
    VectorIndex &operator=(VectorIndex &&) noexcept;
    ~VectorIndex();

    int dimensions() const;
    qsizetype size() const; ///< with what was removed
    qint64 lastChunk() const { return m_lastChunk; }

    /// Adds the vectors of `chunks`, on `threads` threads (0: as many as there are cores); more room is made where it
    /// is needed. Vectors of zeros are left out: they are near to nothing. What was added stays when `token` is
    /// cancelled.
    Result<void> add(std::span<const qint64> chunks, std::span<const float> values, CancelToken token = {},
                     unsigned threads = 0);

    /// A passage that is gone is found no more; its place in the graph stays until that is built anew.
    void remove(qint64 chunk);

    /// Removes what `isThere` does not know.
    void removeAllBut(const MayBeFound &isThere);

    /// The `most` nearest, the nearest first. `effort` candidates are kept while looking: more find better, and take
    /// longer.
    std::vector<Near> nearest(std::span<const float> vector, int most, int effort,
                              const MayBeFound &mayBeFound = {}) const;

    /// Writes it to `path`, and beside it the checksums of its blocks; through temporary files, so that what stands
    /// there is whole or old. `space` is what it is a cache of.
    Result<void> save(const QString &path, qint64 space) const;

    /// Reads what save() wrote. Corrupt where it is damaged, of another space, or of another program.
    static Result<VectorIndex> load(const QString &path, qint64 space);

    /// What lies at `path`, without reading it: the space it is a cache of, its last passage, and how many vectors it
    /// has. Nothing where there is no whole graph.
    struct Facts {
        qint64 space = 0;
        qint64 lastChunk = 0;
        qint64 vectors = 0;
    };
    static std::optional<Facts> factsOf(const QString &path);

    /// Removes both files.
    static void removeFiles(const QString &path);

private:
    struct Graph;

    explicit VectorIndex(std::unique_ptr<Graph> graph);

    std::unique_ptr<Graph> m_graph;
    qint64 m_lastChunk = 0;
};

} // namespace quintet::knowledge
