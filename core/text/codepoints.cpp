// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/codepoints.h"

#include <algorithm>

namespace quintet::text {

namespace {

constexpr qsizetype stretch = 256;

/// True where a code point starts: everything but the second unit of a pair.
bool starts(QStringView text, qsizetype unit)
{
    return !(text[unit].isLowSurrogate() && unit > 0 && text[unit - 1].isHighSurrogate());
}

qint64 countStarts(QStringView text, qsizetype from, qsizetype to)
{
    qint64 count = 0;
    for (qsizetype i = from; i < to; ++i)
        count += starts(text, i) ? 1 : 0;
    return count;
}

bool hasSurrogates(QStringView text)
{
    const char16_t *data = text.utf16();
    // Whole stretches without a branch in them, so that the compiler makes wide instructions of it.
    for (qsizetype from = 0; from < text.size(); from += stretch) {
        const qsizetype to = std::min(from + stretch, text.size());
        unsigned found = 0;
        for (qsizetype i = from; i < to; ++i)
            found |= unsigned((data[i] & 0xF800) == 0xD800);
        if (found)
            return true;
    }
    return false;
}

} // namespace

CodePointMap::CodePointMap(const QString &text) : m_text(text), m_size(text.size())
{
    if (!hasSurrogates(text))
        return;
    m_size = 0;
    for (qsizetype from = 0; from < text.size(); from += stretch) {
        m_before.push_back(m_size);
        m_size += countStarts(text, from, std::min(from + stretch, text.size()));
    }
}

qint64 CodePointMap::codePoint(qsizetype unit) const
{
    unit = std::clamp(unit, qsizetype(0), m_text.size());
    if (m_before.empty())
        return unit;
    if (unit == m_text.size())
        return m_size;
    if (!starts(m_text, unit))
        --unit;
    const auto index = size_t(unit / stretch);
    return m_before[index] + countStarts(m_text, qsizetype(index) * stretch, unit);
}

qsizetype CodePointMap::unit(qint64 codePoint) const
{
    codePoint = std::clamp(codePoint, qint64(0), m_size);
    if (m_before.empty())
        return qsizetype(codePoint);
    if (codePoint == m_size)
        return m_text.size();
    const auto next = std::upper_bound(m_before.begin(), m_before.end(), codePoint);
    const qsizetype index = std::distance(m_before.begin(), next) - 1;
    qint64 seen = m_before[size_t(index)];
    for (qsizetype i = index * stretch; i < m_text.size(); ++i) {
        if (starts(m_text, i) && seen++ == codePoint)
            return i;
    }
    return m_text.size();
}

qint64 countCodePoints(QStringView text)
{
    return hasSurrogates(text) ? countStarts(text, 0, text.size()) : text.size();
}

} // namespace quintet::text
