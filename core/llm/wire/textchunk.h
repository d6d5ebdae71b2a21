// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

namespace simdjson::dom {
class parser;
}

namespace quintet::llm::wire {

/// The shortcut for the chunk that nearly all of a stream consists of: one that brings a piece of text and nothing
/// else. Keeps its buffers between chunks. Not thread-safe.
class TextChunkReader final {
public:
    TextChunkReader();
    ~TextChunkReader();
    Q_DISABLE_COPY_MOVE(TextChunkReader)

    /// The text in a chunk of Chat Completions whose first and only choice brings text (or nothing); nothing for any
    /// chunk that says more or is out of the ordinary, which has to be read whole.
    std::optional<QString> read(const QByteArray &chunk);

private:
    std::unique_ptr<simdjson::dom::parser> m_parser;
    std::unique_ptr<char[]> m_padded;
    qsizetype m_capacity = 0;
};

} // namespace quintet::llm::wire
