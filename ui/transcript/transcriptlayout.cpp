// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcriptlayout.h"

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr int tries = 12;       // heights turn out otherwise than estimated a few times at most
constexpr int keptScreens = 4;  // of views on either side
constexpr size_t keptRead = 64; // messages beyond those that stay read

} // namespace

TranscriptLayout::TranscriptLayout(const Face &face, RowSources &sources) : m_face(face), m_sources(sources) { }

int TranscriptLayout::gap() const
{
    return static_cast<int>(m_face.px(22));
}

std::optional<size_t> TranscriptLayout::indexOf(const QString &id) const
{
    const auto found = m_index.find(id);
    return found == m_index.end() ? std::nullopt : std::optional(found->second);
}

void TranscriptLayout::setMessages(std::vector<Message> messages)
{
    m_flows.clear();
    m_read.clear();
    m_flows.reserve(messages.size());
    for (Message &message : messages)
        m_flows.push_back(std::make_unique<MessageFlow>(std::move(message), m_face, m_sources));
    rebuildIndex();
    rebuildHeights();
    m_isAtEnd = true;
}

void TranscriptLayout::append(Message message)
{
    m_index[message.id] = m_flows.size();
    m_flows.push_back(std::make_unique<MessageFlow>(std::move(message), m_face, m_sources));
    m_flows.back()->setWidth(m_width);
    m_heights.append(m_flows.back()->height() + gap());
}

void TranscriptLayout::remove(size_t first, size_t count)
{
    const auto at = m_flows.begin() + static_cast<std::ptrdiff_t>(first);
    m_flows.erase(at, at + static_cast<std::ptrdiff_t>(count));
    m_read.clear();
    for (size_t i = 0; i < m_flows.size(); ++i) {
        if (m_flows[i]->isRead())
            m_read.insert(i);
    }
    rebuildIndex();
    rebuildHeights();
    if (m_anchor.message >= m_flows.size())
        m_isAtEnd = true;
}

void TranscriptLayout::rebuildIndex()
{
    m_index.clear();
    for (size_t i = 0; i < m_flows.size(); ++i)
        m_index[m_flows[i]->message().id] = i;
}

void TranscriptLayout::rebuildHeights()
{
    std::vector<int> heights;
    heights.reserve(m_flows.size());
    for (size_t i = 0; i < m_flows.size(); ++i) {
        m_flows[i]->setWidth(m_width);
        heights.push_back(m_flows[i]->height() + gap());
    }
    m_heights.replace(0, m_heights.size(), heights);
}

void TranscriptLayout::heightChanged(size_t index)
{
    m_heights.set(index, m_flows[index]->height() + gap());
    if (m_flows[index]->isRead())
        m_read.insert(index);
}

void TranscriptLayout::setViewport(double columnWidth, int height)
{
    m_viewportHeight = height;
    if (columnWidth == m_width)
        return;
    m_width = columnWidth;
    rebuildHeights();
}

qint64 TranscriptLayout::contentHeight() const
{
    return m_heights.total() + gap();
}

qint64 TranscriptLayout::largestTop() const
{
    return std::max<qint64>(0, contentHeight() - m_viewportHeight);
}

qint64 TranscriptLayout::messageTop(size_t index) const
{
    return gap() + m_heights.yOf(index);
}

size_t TranscriptLayout::messageAt(qint64 y) const
{
    return m_heights.indexAt(std::max<qint64>(y - gap(), 0));
}

TranscriptLayout::Anchor TranscriptLayout::anchorAt(qint64 top) const
{
    if (m_flows.empty())
        return {};
    Anchor anchor{.message = messageAt(top)};
    const MessageFlow &flow = *m_flows[anchor.message];
    if (flow.isRead())
        anchor.row = flow.rowAt(static_cast<int>(std::max<qint64>(top - messageTop(anchor.message), 0)));
    anchor.above = top - topOf(anchor);
    return anchor;
}

qint64 TranscriptLayout::topOf(const Anchor &anchor) const
{
    if (anchor.message >= m_flows.size())
        return 0;
    const MessageFlow &flow = *m_flows[anchor.message];
    const bool hasRow = flow.isRead() && anchor.row < flow.rowCount();
    return messageTop(anchor.message) + (hasRow ? flow.rowTop(anchor.row) : 0) + anchor.above;
}

void TranscriptLayout::scrollTo(qint64 top)
{
    m_top = std::clamp<qint64>(top, 0, largestTop());
    m_isAtEnd = m_top >= largestTop();
    m_anchor = anchorAt(m_top);
}

void TranscriptLayout::scrollToEnd()
{
    m_isAtEnd = true;
}

bool TranscriptLayout::layOutBetween(qint64 top, qint64 bottom)
{
    bool changed = false;
    for (size_t i = messageAt(top); i < m_flows.size() && messageTop(i) < bottom; ++i) {
        MessageFlow &flow = *m_flows[i];
        const qint64 start = messageTop(i);
        const int before = flow.height();
        flow.read();
        m_read.insert(i);
        if (flow.rowCount() > 0) {
            for (size_t row = flow.rowAt(static_cast<int>(std::max<qint64>(top - start, 0)));
                 row < flow.rowCount() && start + flow.rowTop(row) < bottom; ++row)
                flow.view(row);
        }
        if (flow.height() != before || m_heights.height(i) != flow.height() + gap()) {
            m_heights.set(i, flow.height() + gap());
            changed = true;
        }
    }
    return changed;
}

void TranscriptLayout::settle()
{
    if (m_flows.empty() || m_width <= 0) {
        m_top = 0;
        return;
    }
    const int margin = m_viewportHeight / 4;
    for (int i = 0; i < tries; ++i) {
        m_top = m_isAtEnd ? largestTop() : std::clamp<qint64>(topOf(m_anchor), 0, largestTop());
        if (!m_isAtEnd && m_anchor.row == MessageFlow::noRow && m_anchor.message < m_flows.size()) {
            // Reading it gives it rows to hold to.
            layOutBetween(m_top, m_top + 1);
            m_anchor = anchorAt(std::clamp<qint64>(topOf(m_anchor), 0, largestTop()));
            m_top = std::clamp<qint64>(topOf(m_anchor), 0, largestTop());
        }
        if (!layOutBetween(m_top - (i == 0 ? margin : 0), m_top + m_viewportHeight + (i == 0 ? margin : 0)))
            break;
    }
    m_top = m_isAtEnd ? largestTop() : std::clamp<qint64>(topOf(m_anchor), 0, largestTop());
}

void TranscriptLayout::forgetAllViews()
{
    for (const size_t i : m_read) {
        if (i < m_flows.size())
            m_flows[i]->forgetViews(0, 0);
    }
    m_width = 0; // all is estimated anew
}

void TranscriptLayout::forgetDistant()
{
    const qint64 reach = static_cast<qint64>(keptScreens) * m_viewportHeight;
    const size_t first = messageAt(m_top - reach);
    const size_t last = messageAt(m_top + m_viewportHeight + reach);
    std::erase_if(m_read, [&](size_t i) {
        if (i >= m_flows.size())
            return true;
        MessageFlow &flow = *m_flows[i];
        if (i >= first && i <= last && flow.isRead() && flow.rowCount() > 0) {
            const qint64 start = messageTop(i);
            const size_t from = flow.rowAt(static_cast<int>(std::max<qint64>(m_top - reach - start, 0)));
            const size_t to = flow.rowAt(static_cast<int>(
                std::clamp<qint64>(m_top + m_viewportHeight + reach - start, 0, std::numeric_limits<int>::max())));
            flow.forgetViews(from, to + 1);
            return false;
        }
        flow.forgetViews(0, 0);
        const size_t distance = i < first ? first - i : i - last;
        if (distance < keptRead)
            return false;
        flow.forget();
        return !flow.isRead();
    });
}

TextPlace TranscriptLayout::placeAt(QPointF point)
{
    if (m_flows.empty())
        return {};
    const size_t message = messageAt(static_cast<qint64>(std::max(point.y(), 0.0)));
    MessageFlow &flow = *m_flows[message];
    flow.read();
    heightChanged(message);
    if (flow.rowCount() == 0)
        return {message, 0, 0};
    const double y = point.y() - static_cast<double>(messageTop(message));
    const size_t row = flow.rowAt(static_cast<int>(std::max(y, 0.0)));
    RowView &view = flow.view(row);
    const QRectF rect = flow.rowRect(row);
    if (y < rect.top() && row == 0)
        return {message, 0, 0};
    if (y > rect.bottom() && row + 1 == flow.rowCount())
        return {message, row, static_cast<int>(flow.row(row).text().size())};
    return {message, row, view.positionAt(QPointF(point.x(), y) - rect.topLeft())};
}

QRectF TranscriptLayout::caretAt(TextPlace place)
{
    if (place.message >= m_flows.size() || place.row >= m_flows[place.message]->rowCount())
        return {};
    MessageFlow &flow = *m_flows[place.message];
    const QRectF caret = flow.view(place.row).caretAt(place.position);
    heightChanged(place.message);
    return caret.translated(flow.rowRect(place.row).topLeft())
        .translated(0, static_cast<double>(messageTop(place.message)));
}

TextPlace TranscriptLayout::clamped(TextPlace place) const
{
    if (m_flows.empty())
        return {};
    place.message = std::min(place.message, m_flows.size() - 1);
    const MessageFlow &flow = *m_flows[place.message];
    if (flow.isRead() && flow.rowCount() > 0) {
        place.row = std::min(place.row, flow.rowCount() - 1);
        place.position = std::min(place.position, static_cast<int>(flow.row(place.row).text().size()));
    }
    return place;
}

void TranscriptLayout::reveal(TextPlace place)
{
    if (place.message >= m_flows.size())
        return;
    m_flows[place.message]->read();
    heightChanged(place.message);
    for (int i = 0; i < 3; ++i) {
        const QRectF caret = caretAt(place);
        const auto top = static_cast<qint64>(caret.top());
        const auto bottom = static_cast<qint64>(caret.bottom());
        const int margin = std::min(m_viewportHeight / 6, 60);
        if (top - margin < m_top)
            scrollTo(top - margin);
        else if (bottom + margin > m_top + m_viewportHeight)
            scrollTo(bottom + margin - m_viewportHeight);
        settle();
    }
}

} // namespace quintet::ui
