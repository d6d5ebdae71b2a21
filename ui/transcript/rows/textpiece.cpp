// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/textpiece.h"

#include "ui/transcript/rows/face.h"

#include <QPainter>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

namespace {

constexpr qsizetype segmentSize = 500;
constexpr double unbounded = 1e7;

using Formats = QList<QTextLayout::FormatRange>;

/// `formats` within [start, end), as if the text began at `start`.
Formats formatsIn(const Formats &formats, int start, int end)
{
    Formats part;
    auto range =
        std::ranges::upper_bound(formats, start, {}, [](const auto &each) { return each.start + each.length; });
    for (; range != formats.end() && range->start < end; ++range) {
        const int from = std::max(range->start, start);
        part.push_back({from - start, std::min(range->start + range->length, end) - from, range->format});
    }
    return part;
}

/// Where the formats of two texts differ first.
int commonFormats(const Formats &a, const Formats &b)
{
    const auto [first, second] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (first == a.end() && second == b.end())
        return std::numeric_limits<int>::max();
    return std::min(first == a.end() ? std::numeric_limits<int>::max() : first->start,
                    second == b.end() ? std::numeric_limits<int>::max() : second->start);
}

} // namespace

void TextPiece::setText(const QString &text, const Formats &formats)
{
    const auto same = std::ranges::mismatch(m_text, text).in1 - m_text.begin();
    const bool wasRightToLeft = m_isRightToLeft;
    m_isRightToLeft = text.isRightToLeft();
    const int kept =
        wasRightToLeft == m_isRightToLeft ? std::min(static_cast<int>(same), commonFormats(m_formats, formats)) : 0;
    if (kept == text.size() && kept == m_text.size())
        return;
    // The last line of a segment may take up what comes, and a word may go on.
    while (!m_segments.empty() && (m_segments.back().end > kept || m_segments.back().end == m_text.size()))
        m_segments.pop_back();
    m_text = text;
    m_formats = formats;
}

void TextPiece::setWraps(bool wraps)
{
    m_setting.wraps = wraps;
    m_segments.clear();
}

double TextPiece::layOut(double width)
{
    if (width != m_width && (m_setting.wraps || m_setting.alignment != Qt::AlignLeading || m_isRightToLeft))
        m_segments.clear();
    m_width = width;
    int start = m_segments.empty() ? 0 : m_segments.back().end;
    double y = m_segments.empty() ? 0 : m_segments.back().y + m_segments.back().height;
    m_changedFrom = y;
    while (start < m_text.size() || m_segments.empty()) {
        m_segments.push_back(makeSegment(start, y));
        start = m_segments.back().end;
        y += m_segments.back().height;
    }
    m_height = y;
    return m_height;
}

TextPiece::Segment TextPiece::makeSegment(int start, double y) const
{
    Segment segment{.start = start, .end = static_cast<int>(m_text.size()), .y = y};
    const auto layOutTo = [&](int end) {
        segment.end = end;
        segment.layout = std::make_unique<QTextLayout>(m_text.sliced(start, end - start), m_setting.font);
        const bool isFlipped = m_isRightToLeft && m_setting.alignment == Qt::AlignLeading;
        QTextOption option(isFlipped ? Qt::AlignRight : m_setting.alignment);
        option.setWrapMode(m_setting.wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
        option.setTextDirection(m_isRightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        option.setTabStopDistance(QFontMetricsF(m_setting.font).horizontalAdvance(u' ') * 4);
        segment.layout->setTextOption(option);
        segment.layout->setFormats(formatsIn(m_formats, start, end));
        segment.layout->setCacheEnabled(true);
        segment.height = layOutLines(*segment.layout);
        segment.lines = segment.layout->lineCount();
        ++m_face.work().layouts;
        m_face.work().characters += end - start;
    };
    const int rest = static_cast<int>(m_text.size()) - start;
    if (rest < 2 * segmentSize || !m_setting.wraps) {
        layOutTo(static_cast<int>(m_text.size()));
        return segment;
    }
    layOutTo(start + static_cast<int>(segmentSize));
    // The last line may be cut short: the next segment has it.
    if (segment.lines > 1) {
        const QTextLine last = segment.layout->lineAt(--segment.lines);
        segment.end = start + last.textStart();
        segment.height = lineTop(last);
    }
    return segment;
}

double TextPiece::layOutLines(QTextLayout &layout) const
{
    const double width = m_setting.wraps || m_setting.alignment != Qt::AlignLeading || m_isRightToLeft
                             ? std::max(m_width, 1.0)
                             : unbounded;
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLeadingIncluded(true);
        line.setLineWidth(width);
        const double height = std::max(m_setting.pitch, std::ceil(line.height()));
        line.setPosition({0, y + std::round((height - line.height()) / 2)});
        y += height;
    }
    layout.endLayout();
    return y;
}

double TextPiece::lineTop(const QTextLine &line) const
{
    const double height = std::max(m_setting.pitch, std::ceil(line.height()));
    return line.y() - std::round((height - line.height()) / 2);
}

double TextPiece::textWidth() const
{
    double width = 0;
    for (const Segment &segment : m_segments) {
        for (int i = 0; i < segment.lines; ++i)
            width = std::max(width, segment.layout->lineAt(i).naturalTextWidth());
    }
    return width;
}

void TextPiece::draw(QPainter *painter, QPointF origin, const QRectF &clip, const Formats &selections) const
{
    painter->setPen(m_setting.color);
    for (const Segment &segment : m_segments) {
        if (origin.y() + segment.y + segment.height < clip.top() || origin.y() + segment.y > clip.bottom())
            continue;
        // The line too many lies below.
        QRectF seen = clip;
        seen.setBottom(std::min(clip.bottom(), origin.y() + segment.y + segment.height - 1));
        if (seen.height() > 0)
            segment.layout->draw(painter, origin + QPointF(0, segment.y),
                                 formatsIn(selections, segment.start, segment.end), seen);
    }
}

const TextPiece::Segment *TextPiece::segmentAt(int position) const
{
    if (m_segments.empty())
        return nullptr;
    const auto found = std::ranges::upper_bound(m_segments, position, {}, &Segment::end);
    return found == m_segments.end() ? &m_segments.back() : &*found;
}

int TextPiece::positionAt(QPointF point) const
{
    if (m_segments.empty())
        return 0;
    auto segment =
        std::ranges::upper_bound(m_segments, point.y(), {}, [](const Segment &each) { return each.y + each.height; });
    if (segment == m_segments.end())
        --segment;
    const QTextLayout &layout = *segment->layout;
    const double y = point.y() - segment->y;
    for (int i = 0; i < segment->lines; ++i) {
        const QTextLine line = layout.lineAt(i);
        const double next = i + 1 < segment->lines ? layout.lineAt(i + 1).y() : segment->height + 1;
        if (y < next || i + 1 == segment->lines)
            return segment->start + line.xToCursor(point.x());
    }
    return segment->start;
}

QRectF TextPiece::caretAt(int position) const
{
    const Segment *segment = segmentAt(position);
    if (!segment)
        return {0, 0, 1, m_setting.pitch};
    const QTextLine line = segment->layout->lineForTextPosition(position - segment->start);
    if (!line.isValid())
        return {0, segment->y, 1, m_setting.pitch};
    return {line.cursorToX(position - segment->start), segment->y + line.y(), 1, line.height()};
}

void TextPiece::forEachRect(text::Span span, const std::function<void(QRectF)> &visit, double padding) const
{
    for (auto found = std::ranges::upper_bound(m_segments, span.start, {}, &Segment::end);
         found != m_segments.end() && found->start < span.end; ++found) {
        const Segment &segment = *found;
        for (int i = 0; i < segment.lines; ++i) {
            const QTextLine line = segment.layout->lineAt(i);
            const int from = std::max(static_cast<int>(span.start) - segment.start, line.textStart());
            const int to = std::min(static_cast<int>(span.end) - segment.start, line.textStart() + line.textLength());
            if (from >= to)
                continue;
            double left = line.cursorToX(from);
            double right = line.cursorToX(to);
            if (right < left)
                std::swap(left, right);
            visit({left - padding, segment.y + line.y(), right - left + 2 * padding, line.height()});
        }
    }
}

text::Span TextPiece::between(double top, double bottom) const
{
    const auto endOf = [](const Segment &segment) { return segment.y + segment.height; };
    const auto first = std::ranges::upper_bound(m_segments, top, {}, endOf);
    auto end = std::ranges::lower_bound(m_segments, bottom, {}, &Segment::y);
    if (first == m_segments.end() || end <= first)
        return {};
    return {first->start, (end - 1)->end};
}

text::Span TextPiece::lineAt(int position) const
{
    const Segment *segment = segmentAt(position);
    const QTextLine line = segment ? segment->layout->lineForTextPosition(position - segment->start) : QTextLine();
    if (!line.isValid())
        return {0, m_text.size()};
    return {segment->start + line.textStart(), segment->start + line.textStart() + line.textLength()};
}

} // namespace quintet::ui
