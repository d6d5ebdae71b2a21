// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcriptpainter.h"

#include "ui/theme/colors.h"

#include <QPainter>

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr double bubbleRadius = 12;

int targetIn(const TargetPlace &place, size_t message, size_t row)
{
    return place.message == message && place.row == row ? place.target : -1;
}

} // namespace

void TranscriptPainter::paint(QPainter *painter, const QRect &clip, double columnX, const State &state)
{
    const qint64 top = m_layout.top() + clip.top();
    const qint64 bottom = m_layout.top() + clip.bottom() + 1;
    for (size_t i = m_layout.messageAt(top); i < m_layout.count() && m_layout.messageTop(i) < bottom; ++i) {
        const auto y = static_cast<double>(m_layout.messageTop(i) - m_layout.top());
        paintMessage(painter, clip, i, {columnX, y}, state);
    }
}

void TranscriptPainter::paintMessage(QPainter *painter, const QRect &clip, size_t message, QPointF origin,
                                     const State &state)
{
    MessageFlow &flow = m_layout.flow(message);
    if (const QRectF bubble = flow.bubble(); !bubble.isEmpty()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_face.colors().soft);
        painter->drawRoundedRect(bubble.translated(origin), bubbleRadius, bubbleRadius);
        painter->setRenderHint(QPainter::Antialiasing, false);
    }
    if (flow.message().isOpen && flow.rowCount() == 0)
        paintCaret(painter, {origin.x(), origin.y() + m_face.px(3), 0, m_face.px(18)});
    const int from = std::max(0, clip.top() - static_cast<int>(origin.y()));
    for (size_t row = flow.rowAt(from); row < flow.rowCount(); ++row) {
        if (origin.y() + flow.rowTop(row) > clip.bottom())
            break;
        const RowView &view = flow.view(row);
        const QRectF rect = flow.rowRect(row).translated(origin);
        RowPaint how;
        how.clip = QRectF(clip).translated(-rect.topLeft());
        how.selection = m_selection.inRow(message, row, flow.row(row).text().size());
        how.matches = m_finder.inRow(message, row, &how.currentMatch);
        how.hasFocus = state.hasFocus;
        how.focused = targetIn(state.focused, message, row);
        how.hovered = targetIn(state.hovered, message, row);
        painter->translate(rect.topLeft());
        view.paint(painter, how);
        if (flow.message().isOpen && row + 1 == flow.rowCount() && flow.row(row).leaf())
            paintCaret(painter, view.caretAt(static_cast<int>(flow.row(row).text().size())));
        painter->translate(-rect.topLeft());
    }
}

void TranscriptPainter::paintCaret(QPainter *painter, const QRectF &at)
{
    painter->fillRect(QRectF(at.left() + 1, at.top() + 1, m_face.px(4), at.height() - 2), m_face.colors().text);
}

} // namespace quintet::ui
