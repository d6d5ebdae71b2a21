// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcripttargets.h"

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr int reach = 4; // pixels beside a target that count as on it

} // namespace

TargetPlace TranscriptTargets::at(QPointF point)
{
    TargetPlace found;
    const auto y = static_cast<qint64>(point.y());
    m_layout.forEachRow(y - reach, y + reach, [&](size_t message, size_t row, const QRectF &rect) {
        if (!rect.adjusted(-reach, -reach, reach, reach).contains(point))
            return;
        const int target = m_layout.flow(message).view(row).targetAt(point - rect.topLeft());
        if (target >= 0)
            found = {message, row, target};
    });
    return found;
}

const Target *TranscriptTargets::find(TargetPlace place)
{
    if (place.isNone() || place.message >= m_layout.count())
        return nullptr;
    MessageFlow &flow = m_layout.flow(place.message);
    if (place.row >= flow.rowCount())
        return nullptr;
    const std::vector<Target> &targets = flow.view(place.row).targets();
    return place.target < static_cast<int>(targets.size()) ? &targets[static_cast<size_t>(place.target)] : nullptr;
}

TargetPlace TranscriptTargets::next(TargetPlace place, bool backwards)
{
    const std::vector<TargetPlace> places = visible();
    auto next = places.end();
    if (place.isNone())
        next = backwards ? places.end() : places.begin();
    else if (!backwards)
        next = std::ranges::upper_bound(places, place);
    else if (const auto here = std::ranges::lower_bound(places, place); here != places.begin())
        next = here - 1;
    return next == places.end() ? TargetPlace{} : *next;
}

std::vector<TargetPlace> TranscriptTargets::visible()
{
    std::vector<TargetPlace> places;
    const qint64 top = m_layout.top();
    const qint64 bottom = top + m_layout.viewportHeight();
    m_layout.forEachRow(top, bottom, [&](size_t message, size_t row, const QRectF &rect) {
        const std::vector<Target> &targets = m_layout.flow(message).view(row).targets();
        for (size_t i = 0; i < targets.size(); ++i) {
            const double y = targets[i].rects.empty() ? -1 : rect.top() + targets[i].rects.front().center().y();
            if (y >= static_cast<double>(top) && y < static_cast<double>(bottom))
                places.push_back({message, row, static_cast<int>(i)});
        }
    });
    return places;
}

QPointF TranscriptTargets::bottomOf(TargetPlace place)
{
    const Target *target = find(place);
    if (!target || target->rects.empty())
        return {};
    const QPointF row = m_layout.flow(place.message).rowRect(place.row).topLeft();
    return target->rects.front().bottomLeft() + row
           + QPointF(0, static_cast<double>(m_layout.messageTop(place.message)));
}

} // namespace quintet::ui
