// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/index/vectortable.h"
#include "knowledge/store/vectorstore.h"

namespace quintet::knowledge {

/// The vectors that serve, in memory; read when they are first needed, and what was added since with each use. For a
/// collection's reading thread alone.
class ServingVectors final {
public:
    /// Brings itself up to date.
    Result<void> refresh(store::Connection &connection);

    /// The space that serves; nothing until one does.
    const std::optional<SpaceRow> &space() const { return m_space; }

    const VectorTable &table() const { return m_table; }

private:
    std::optional<SpaceRow> m_space;
    VectorTable m_table;
    qint64 m_removed = 0; ///< passages that had gone when the table was read
};

} // namespace quintet::knowledge
