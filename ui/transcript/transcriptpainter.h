// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/targetplace.h"
#include "ui/transcript/transcriptfinder.h"
#include "ui/transcript/transcriptselection.h"

namespace quintet::ui {

/// Paints the messages that are seen. Use from the GUI thread.
class TranscriptPainter final {
public:
    struct State {
        TargetPlace hovered;
        TargetPlace focused;
        bool hasFocus = false;
    };

    TranscriptPainter(TranscriptLayout &layout, const TranscriptSelection &selection, const TranscriptFinder &finder,
                      const Face &face)
        : m_layout(layout),
          m_selection(selection),
          m_finder(finder),
          m_face(face)
    {
    }

    /// Paints what lies in `clip` of the viewport; the column stands at `columnX` in it.
    void paint(QPainter *painter, const QRect &clip, double columnX, const State &state);

private:
    void paintMessage(QPainter *painter, const QRect &clip, size_t message, QPointF origin, const State &state);
    void paintCaret(QPainter *painter, const QRectF &at);

    TranscriptLayout &m_layout;
    const TranscriptSelection &m_selection;
    const TranscriptFinder &m_finder;
    const Face &m_face;
};

} // namespace quintet::ui
