// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/event.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <string_view>

namespace simdjson::dom {
class element;
class parser;
} // namespace simdjson::dom

namespace quintet::llm::wire {

/// What nearly every chunk of a stream of Chat Completions consists of, as UTF-8; empty where it is not said.
struct PlainChunk {
    std::string_view model;
    std::string_view text;
    std::string_view finishReason;
    std::optional<UsageReported> usage;
};

/// The shortcut for such chunks. Keeps its buffers between chunks, so that many streams share one. Not thread-safe.
class PlainChunkReader final {
public:
    PlainChunkReader();
    ~PlainChunkReader();
    Q_DISABLE_COPY_MOVE(PlainChunkReader)

    /// Nothing for any chunk that says more or is out of the ordinary, which has to be read whole. The views are valid
    /// until something else is read.
    std::optional<PlainChunk> read(const QByteArray &chunk);

    /// What a chunk's `usage` says, given alone.
    UsageReported readUsage(const QByteArray &usage);

private:
    bool parse(const QByteArray &json, simdjson::dom::element &root);

    std::unique_ptr<simdjson::dom::parser> m_parser;
    std::unique_ptr<char[]> m_padded;
    qsizetype m_capacity = 0;
};

} // namespace quintet::llm::wire
