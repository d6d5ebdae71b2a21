// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/messageaccessible.h"

#include "ui/transcript/transcript.h"
#include "ui/transcript/transcriptselection.h"

#include <algorithm>

namespace quintet::ui {

MessageAccessible::MessageAccessible(Transcript *transcript, const QString &id) : m_transcript(transcript), m_id(id) { }

std::optional<size_t> MessageAccessible::index() const
{
    return m_transcript ? m_transcript->m_layout->indexOf(m_id) : std::nullopt;
}

bool MessageAccessible::isValid() const
{
    return index().has_value();
}

QAccessibleInterface *MessageAccessible::parent() const
{
    return QAccessible::queryAccessibleInterface(m_transcript.data());
}

QString MessageAccessible::whole() const
{
    const auto at = index();
    return at ? m_transcript->m_layout->flow(*at).plainText() : QString();
}

QString MessageAccessible::text(QAccessible::Text kind) const
{
    const auto at = index();
    if (!at)
        return {};
    const bool isUser = m_transcript->m_layout->flow(*at).message().author == Author::User;
    switch (kind) {
    case QAccessible::Name: return isUser ? Transcript::tr("You") : Transcript::tr("Answer");
    case QAccessible::Value: return whole();
    default: return {};
    }
}

QRect MessageAccessible::rect() const
{
    const auto at = index();
    if (!at)
        return {};
    const TranscriptLayout &layout = *m_transcript->m_layout;
    const QRect inView(static_cast<int>(m_transcript->columnX()),
                       static_cast<int>(layout.messageTop(*at) - layout.top()), static_cast<int>(layout.columnWidth()),
                       layout.flow(*at).height());
    return {m_transcript->viewport()->mapToGlobal(inView.topLeft()), inView.size()};
}

QAccessible::State MessageAccessible::state() const
{
    QAccessible::State state;
    state.readOnly = state.multiLine = state.selectableText = true;
    state.focusable = true;
    state.busy = index() && m_transcript->m_layout->flow(*index()).message().isOpen;
    if (m_transcript) {
        const QRect seen(m_transcript->viewport()->mapToGlobal(QPoint()), m_transcript->viewport()->size());
        state.offscreen = !seen.intersects(rect());
    }
    return state;
}

void *MessageAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this) : nullptr;
}

// --- places ---

TextPlace MessageAccessible::placeOf(int offset) const
{
    const auto at = index();
    if (!at)
        return {};
    MessageFlow &flow = m_transcript->m_layout->flow(*at);
    flow.read();
    for (size_t row = 0; row < flow.rowCount(); ++row) {
        const int size = static_cast<int>(flow.row(row).text().size());
        if (offset <= size || row + 1 == flow.rowCount())
            return {*at, row, std::clamp(offset, 0, size)};
        offset -= size + 1;
    }
    return {*at, 0, 0};
}

int MessageAccessible::offsetOf(TextPlace place) const
{
    const auto at = index();
    if (!at || place.message < *at)
        return 0;
    MessageFlow &flow = m_transcript->m_layout->flow(*at);
    flow.read();
    int offset = 0;
    const size_t rows = place.message > *at ? flow.rowCount() : std::min(place.row, flow.rowCount());
    for (size_t row = 0; row < rows; ++row)
        offset += static_cast<int>(flow.row(row).text().size()) + 1;
    return place.message > *at ? std::max(0, offset - 1) : offset + place.position;
}

// --- text ---

int MessageAccessible::selectionCount() const
{
    int start = 0;
    int end = 0;
    selection(0, &start, &end);
    return end > start ? 1 : 0;
}

void MessageAccessible::selection(int, int *start, int *end) const
{
    *start = *end = 0;
    if (!isValid() || m_transcript->m_selection->isEmpty())
        return;
    *start = offsetOf(m_transcript->m_selection->first());
    *end = offsetOf(m_transcript->m_selection->last());
}

void MessageAccessible::removeSelection(int)
{
    if (m_transcript)
        m_transcript->clearSelection();
}

void MessageAccessible::setSelection(int, int start, int end)
{
    if (!isValid())
        return;
    m_transcript->m_selection->begin(placeOf(start));
    m_transcript->m_selection->extendTo(placeOf(end));
    m_transcript->viewport()->update();
}

int MessageAccessible::cursorPosition() const
{
    return isValid() && m_transcript->m_selection->isActive() ? offsetOf(m_transcript->m_selection->caret()) : 0;
}

void MessageAccessible::setCursorPosition(int position)
{
    if (!isValid())
        return;
    m_transcript->m_selection->begin(placeOf(position));
    scrollToSubstring(position, position);
}

QString MessageAccessible::text(int start, int end) const
{
    const QString all = whole();
    const qsizetype from = std::clamp<qsizetype>(start, 0, all.size());
    const qsizetype to = end < 0 ? all.size() : std::clamp<qsizetype>(end, from, all.size());
    return all.sliced(from, to - from);
}

int MessageAccessible::characterCount() const
{
    return static_cast<int>(whole().size());
}

QRect MessageAccessible::characterRect(int offset) const
{
    if (!isValid())
        return {};
    TranscriptLayout &layout = *m_transcript->m_layout;
    const TextPlace place = placeOf(offset);
    const QRectF from = layout.caretAt(place);
    const QRectF to = layout.caretAt(layout.clamped({place.message, place.row, place.position + 1}));
    const bool isSameLine = qFuzzyCompare(from.top() + 1, to.top() + 1);
    QRectF rect = isSameLine ? from.united(to) : from;
    rect.translate(m_transcript->columnX(), -static_cast<double>(layout.top()));
    return {m_transcript->viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize()};
}

int MessageAccessible::offsetAtPoint(const QPoint &point) const
{
    if (!isValid())
        return -1;
    const QPointF inView = m_transcript->viewport()->mapFromGlobal(QPointF(point));
    return offsetOf(m_transcript->m_layout->placeAt(m_transcript->toContent(inView)));
}

void MessageAccessible::scrollToSubstring(int start, int)
{
    if (!isValid())
        return;
    m_transcript->m_layout->reveal(placeOf(start));
    m_transcript->settle();
    m_transcript->viewport()->update();
}

QString MessageAccessible::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace quintet::ui
