// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcriptfinder.h"

#include <QElapsedTimer>

#include <algorithm>

namespace quintet::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto sliceTime = 4ms;
constexpr size_t mostMatches = 20'000;

} // namespace

TranscriptFinder::TranscriptFinder(TranscriptLayout &layout) : m_layout(layout)
{
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &TranscriptFinder::searchSlice);
}

void TranscriptFinder::find(const QString &words)
{
    m_words = words;
    m_matches.clear();
    m_current = -1;
    m_searched = 0;
    if (m_words.isEmpty()) {
        m_slices.stop();
        Q_EMIT foundChanged();
        return;
    }
    m_slices.start();
    searchSlice();
}

void TranscriptFinder::searchSlice()
{
    QElapsedTimer timer;
    timer.start();
    const size_t before = m_matches.size();
    while (m_searched < m_layout.count() && m_matches.size() < mostMatches && timer.durationElapsed() < sliceTime)
        searchMessage(m_searched++);
    if (m_searched >= m_layout.count() || m_matches.size() >= mostMatches)
        m_slices.stop();
    if (m_matches.size() != before || !m_slices.isActive())
        Q_EMIT foundChanged();
}

void TranscriptFinder::searchMessage(size_t message)
{
    MessageFlow &flow = m_layout.flow(message);
    const bool wasRead = flow.isRead();
    const int height = flow.height();
    flow.read();
    for (size_t row = 0; row < flow.rowCount(); ++row) {
        const QString text = flow.row(row).text();
        for (qsizetype i = text.indexOf(m_words, 0, Qt::CaseInsensitive); i >= 0;
             i = text.indexOf(m_words, i + m_words.size(), Qt::CaseInsensitive))
            m_matches.push_back({{message, row, static_cast<int>(i)}, static_cast<int>(m_words.size())});
    }
    if (!wasRead)
        flow.forget();
    if (flow.height() != height)
        m_layout.heightChanged(message);
}

void TranscriptFinder::changed(size_t message)
{
    if (m_words.isEmpty())
        return;
    const auto first =
        std::ranges::lower_bound(m_matches, message, {}, [](const Match &match) { return match.place.message; });
    if (m_current >= first - m_matches.begin())
        m_current = -1;
    m_matches.erase(first, m_matches.end());
    m_searched = std::min(m_searched, message);
    m_slices.start();
}

std::optional<TextPlace> TranscriptFinder::next(bool backwards, TextPlace from)
{
    if (m_matches.empty())
        return std::nullopt;
    const int all = count();
    if (m_current < 0) {
        const auto behind = std::ranges::lower_bound(m_matches, from, {}, &Match::place) - m_matches.begin();
        m_current = static_cast<int>(backwards ? behind - 1 : behind);
        m_current = (m_current + all) % all;
    } else {
        m_current = (m_current + (backwards ? all - 1 : 1)) % all;
    }
    Q_EMIT foundChanged();
    return m_matches[static_cast<size_t>(m_current)].place;
}

std::vector<text::Span> TranscriptFinder::inRow(size_t message, size_t row, int *current) const
{
    std::vector<text::Span> spans;
    *current = -1;
    auto match = std::ranges::lower_bound(m_matches, TextPlace{message, row, 0}, {}, &Match::place);
    for (; match != m_matches.end() && match->place.message == message && match->place.row == row; ++match) {
        if (match - m_matches.begin() == m_current)
            *current = static_cast<int>(spans.size());
        spans.push_back({match->place.position, match->place.position + match->size});
    }
    return spans;
}

} // namespace quintet::ui
