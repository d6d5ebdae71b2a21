// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/event.h"

#include <vector>

namespace quintet::llm::wire {

/// Parts thoughts from the answer where a server hands on the model's own "<think>...</think>" within the text. Only a
/// tag that opens the answer counts: one that is talked about later is text. Tags may be cut anywhere. One answer each.
class ThinkTags final {
public:
    /// The pieces that `text` completed: ReasoningDelta inside the tags, TextDelta behind them.
    std::vector<Event> feed(const QString &text);

    /// What looked like the beginning of a tag and was none.
    std::vector<Event> finish();

    /// Whether what comes now is plain text for certain.
    bool isPast() const { return m_state == State::Text; }

private:
    enum class State { Start, Thinking, Gap, Text };

    bool step(std::vector<Event> &pieces);
    bool open();
    bool think(std::vector<Event> &pieces);
    bool skipGap();

    State m_state = State::Start;
    QString m_held;  ///< not yet told apart
    QString m_close; ///< the tag that ends the thought
};

} // namespace quintet::llm::wire
