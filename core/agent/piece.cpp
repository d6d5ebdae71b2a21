// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/piece.h"

#include <algorithm>

namespace quintet::agent {

using namespace Qt::StringLiterals;

Piece::Piece(const QString &text, qint64 offset)
    : m_start(qsizetype(std::clamp<qint64>(offset, 0, text.size()))),
      m_end(std::min(m_start + length, text.size())),
      m_whole(text.size())
{
    // Never through the middle of a character.
    if (m_start > 0 && m_start < m_whole && text[m_start].isLowSurrogate())
        --m_start;
    if (m_end > m_start && m_end < m_whole && text[m_end].isLowSurrogate())
        --m_end;
    m_text = text.sliced(m_start, m_end - m_start);
}

QString Piece::words() const
{
    if (m_whole == 0)
        return u"There is no text in it."_s;
    if (m_start == 0 && m_end == m_whole)
        return m_text;
    const QString onward = m_end < m_whole ? u" To read on, call again with \"offset\": %1."_s.arg(m_end) : QString();
    return m_text + u"\n\n(Characters %1 to %2 of %3.%4)"_s.arg(m_start).arg(m_end).arg(m_whole).arg(onward);
}

QJsonObject Piece::toJson() const
{
    return {{u"text"_s, m_text}, {u"offset"_s, m_start}, {u"end"_s, m_end}, {u"characters"_s, m_whole}};
}

} // namespace quintet::agent
