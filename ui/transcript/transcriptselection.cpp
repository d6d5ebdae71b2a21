// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcriptselection.h"

#include "ui/transcript/sourcetext.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace quintet::ui {

void TranscriptSelection::begin(TextPlace place)
{
    m_anchor = m_caret = place;
    m_isActive = true;
}

void TranscriptSelection::extendTo(TextPlace place)
{
    if (!m_isActive)
        m_anchor = place;
    m_caret = place;
    m_isActive = true;
}

void TranscriptSelection::selectWord(TextPlace place)
{
    if (place.message >= m_layout.count() || place.row >= m_layout.flow(place.message).rowCount())
        return;
    const QString text = m_layout.flow(place.message).row(place.row).text();
    QTextBoundaryFinder words(QTextBoundaryFinder::Word, text);
    words.setPosition(std::min<qsizetype>(place.position + 1, text.size()));
    const auto start = std::max<qsizetype>(words.toPreviousBoundary(), 0);
    const auto end = std::max<qsizetype>(words.toNextBoundary(), start);
    begin({place.message, place.row, static_cast<int>(start)});
    extendTo({place.message, place.row, static_cast<int>(end)});
}

void TranscriptSelection::selectRow(TextPlace place)
{
    if (place.message >= m_layout.count() || place.row >= m_layout.flow(place.message).rowCount())
        return;
    begin({place.message, place.row, 0});
    extendTo({place.message, place.row, static_cast<int>(m_layout.flow(place.message).row(place.row).text().size())});
}

void TranscriptSelection::selectAll()
{
    if (m_layout.count() == 0)
        return;
    begin({});
    const size_t last = m_layout.count() - 1;
    m_layout.flow(last).read();
    m_layout.heightChanged(last);
    const size_t rows = m_layout.flow(last).rowCount();
    extendTo({last, rows == 0 ? 0 : rows - 1,
              rows == 0 ? 0 : static_cast<int>(m_layout.flow(last).row(rows - 1).text().size())});
}

void TranscriptSelection::clear()
{
    m_isActive = false;
    m_anchor = m_caret = {};
}

void TranscriptSelection::clamp()
{
    if (!m_isActive)
        return;
    if (m_layout.count() == 0) {
        clear();
        return;
    }
    m_anchor = m_layout.clamped(m_anchor);
    m_caret = m_layout.clamped(m_caret);
}

text::Span TranscriptSelection::inRow(size_t message, size_t row, qsizetype size) const
{
    if (isEmpty())
        return {};
    const TextPlace from = first();
    const TextPlace to = last();
    const TextPlace start{message, row, 0};
    const TextPlace end{message, row, static_cast<int>(size)};
    if (end < from || to < start)
        return {};
    return {from < start ? 0 : from.position, end < to ? size : to.position};
}

QString TranscriptSelection::source() const
{
    if (isEmpty())
        return {};
    const TextPlace from = first();
    const TextPlace to = last();
    QStringList pieces;
    for (size_t i = from.message; i <= to.message && i < m_layout.count(); ++i) {
        MessageFlow &flow = m_layout.flow(i);
        const bool wasRead = flow.isRead();
        flow.read();
        if (flow.rowCount() > 0) {
            const size_t firstRow = i == from.message ? from.row : 0;
            const size_t lastRow = i == to.message ? to.row : flow.rowCount() - 1;
            const int start = i == from.message ? from.position : 0;
            const int end = i == to.message ? to.position : static_cast<int>(flow.row(lastRow).text().size());
            pieces << sourceText(flow, firstRow, start, lastRow, end);
        }
        if (!wasRead)
            flow.forget();
    }
    return pieces.join(QStringLiteral("\n\n"));
}

void TranscriptSelection::move(Move move)
{
    TextPlace place = m_caret;
    switch (move) {
    case Left: place = stepped(place, -1); break;
    case Right: place = stepped(place, 1); break;
    case WordLeft: place = word(place, -1); break;
    case WordRight: place = word(place, 1); break;
    case Up: place = line(place, -1); break;
    case Down: place = line(place, 1); break;
    case LineStart:
    case LineEnd: {
        const text::Span line = m_layout.flow(place.message).view(place.row).lineAt(place.position);
        place.position = static_cast<int>(move == LineStart ? line.start : line.end);
        break;
    }
    case DocumentStart: place = {}; break;
    case DocumentEnd: {
        const TextPlace anchor = m_anchor;
        selectAll();
        place = m_caret;
        m_anchor = anchor;
        break;
    }
    }
    m_layout.flow(place.message).read();
    m_layout.heightChanged(place.message);
    extendTo(m_layout.clamped(place));
}

TextPlace TranscriptSelection::stepped(TextPlace place, int by)
{
    MessageFlow &flow = m_layout.flow(place.message);
    flow.read();
    const QString text = flow.rowCount() == 0 ? QString() : flow.row(place.row).text();
    QTextBoundaryFinder characters(QTextBoundaryFinder::Grapheme, text);
    characters.setPosition(place.position);
    const auto next = by < 0 ? characters.toPreviousBoundary() : characters.toNextBoundary();
    if (next >= 0)
        return {place.message, place.row, static_cast<int>(next)};
    if (by > 0) {
        if (place.row + 1 < flow.rowCount())
            return {place.message, place.row + 1, 0};
        return place.message + 1 < m_layout.count() ? TextPlace{place.message + 1, 0, 0} : place;
    }
    if (place.row > 0)
        return {place.message, place.row - 1, static_cast<int>(flow.row(place.row - 1).text().size())};
    if (place.message == 0)
        return place;
    MessageFlow &previous = m_layout.flow(place.message - 1);
    previous.read();
    m_layout.heightChanged(place.message - 1);
    if (previous.rowCount() == 0)
        return {place.message - 1, 0, 0};
    const size_t row = previous.rowCount() - 1;
    return {place.message - 1, row, static_cast<int>(previous.row(row).text().size())};
}

TextPlace TranscriptSelection::word(TextPlace place, int by)
{
    const QString text = m_layout.flow(place.message).row(place.row).text();
    QTextBoundaryFinder words(QTextBoundaryFinder::Word, text);
    words.setPosition(place.position);
    for (;;) {
        const auto next = by < 0 ? words.toPreviousBoundary() : words.toNextBoundary();
        if (next < 0)
            return stepped({place.message, place.row, by < 0 ? 0 : static_cast<int>(text.size())}, by);
        const bool isStop = by < 0 ? words.boundaryReasons() & QTextBoundaryFinder::StartOfItem
                                   : words.boundaryReasons() & QTextBoundaryFinder::EndOfItem;
        if (isStop)
            return {place.message, place.row, static_cast<int>(next)};
    }
}

TextPlace TranscriptSelection::line(TextPlace place, int by)
{
    const QRectF caret = m_layout.caretAt(place);
    // The next line is within a few gaps; what lies between is nowhere.
    for (double step = caret.height() * 0.6; step < 400; step += 6) {
        const double y = by < 0 ? caret.top() - step : caret.bottom() + step;
        if (y < 0)
            break;
        const TextPlace next = m_layout.placeAt({caret.left(), y});
        if (next != place && m_layout.caretAt(next).center().y() * by > (caret.center().y() + by) * by)
            return next;
    }
    return place;
}

} // namespace quintet::ui
