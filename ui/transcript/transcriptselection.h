// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/transcriptlayout.h"

namespace quintet::ui {

/// What is selected, across messages; and where the caret is that moves by keyboard. Use from the GUI thread.
class TranscriptSelection final {
public:
    enum Move { Left, Right, WordLeft, WordRight, Up, Down, LineStart, LineEnd, DocumentStart, DocumentEnd };

    explicit TranscriptSelection(TranscriptLayout &layout) : m_layout(layout) { }

    void begin(TextPlace place);
    void extendTo(TextPlace place);
    void selectWord(TextPlace place);
    void selectRow(TextPlace place);
    void selectAll();
    void clear();

    bool isEmpty() const { return !m_isActive || m_anchor == m_caret; }
    bool isActive() const { return m_isActive; }
    TextPlace caret() const { return m_caret; }
    TextPlace first() const { return std::min(m_anchor, m_caret); }
    TextPlace last() const { return std::max(m_anchor, m_caret); }

    /// The part of a row that is selected.
    text::Span inRow(size_t message, size_t row, qsizetype size) const;

    /// Moves the caret, and the selection's end with it.
    void move(Move move);

    /// As Markdown, messages a blank line apart.
    QString source() const;

    /// Keeps to what is there after rows have changed.
    void clamp();

private:
    TextPlace stepped(TextPlace place, int by);
    TextPlace word(TextPlace place, int by);
    TextPlace line(TextPlace place, int by);

    TranscriptLayout &m_layout;
    TextPlace m_anchor;
    TextPlace m_caret;
    bool m_isActive = false;
};

} // namespace quintet::ui
