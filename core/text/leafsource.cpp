// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/leafsource.h"

#include <algorithm>
#include <functional>

namespace quintet::text {

namespace {

constexpr qsizetype longestFormula = 1000;
constexpr qsizetype longestLabel = 100;

bool turnsDirection(QChar c)
{
    return c >= u'\u202A' && c <= u'\u202E';
}

/// The end of the formula whose "\(" or "\[" stands at `start`: where its closing mark stands, -1 if there is none.
qsizetype formulaEnd(QStringView text, qsizetype start)
{
    const QChar close = text[start + 1] == u'(' ? u')' : u']';
    const qsizetype last = std::min(text.size() - 1, start + longestFormula);
    for (qsizetype i = start + 2; i < last; ++i) {
        if (text[i] == u'`' || (text[i] == u'\n' && text[i + 1] == u'\n'))
            return -1;
        if (text[i] == u'\\') {
            if (text[i + 1] == close)
                return i;
            ++i;
        }
    }
    return -1;
}

void markFormulas(QString &copy)
{
    for (qsizetype i = copy.indexOf(u'\\'); i >= 0 && i + 1 < copy.size(); i = copy.indexOf(u'\\', i + 1)) {
        const QChar next = copy[i + 1];
        if (next == u'(' || next == u'[') {
            if (const qsizetype end = formulaEnd(copy, i); end > i + 2) {
                for (const qsizetype mark : {i, i + 1, end, end + 1})
                    copy[mark] = u'$';
                i = end;
            }
        }
        ++i; // what it escapes
    }
}

void markFootnotes(QString &copy)
{
    for (qsizetype i = copy.indexOf(u"[^"); i >= 0; i = copy.indexOf(u"[^", i + 2)) {
        qsizetype line = i;
        while (line > 0 && i - line < 4 && copy[line - 1] == u' ')
            --line;
        if (line > 0 && copy[line - 1] != u'\n')
            continue;
        const qsizetype close = QStringView(copy).sliced(i, std::min(longestLabel, copy.size() - i)).indexOf(u"]:");
        if (close > 2)
            copy[i + close + 1] = LeafSource::footnoteColon;
    }
}

} // namespace

LeafSource::LeafSource(const QString &markdown, const QString &definitions) : m_text(markdown)
{
    if (std::ranges::any_of(m_text, turnsDirection))
        std::ranges::replace_if(m_text, turnsDirection, u'\u200B');
    QString copy = m_text;
    markFormulas(copy);
    markFootnotes(copy);
    m_bytes = copy.toUtf8();
    m_textBytes = m_bytes.size();
    if (!definitions.isEmpty())
        m_bytes += "\n\n" + definitions.toUtf8();
}

bool LeafSource::isDefinition(const char *at) const
{
    const char *end = m_bytes.constData() + m_bytes.size();
    return !std::less<>()(at, m_bytes.constData() + m_textBytes) && std::less<>()(at, end);
}

Span LeafSource::spanOf(const char *at, size_t size) const
{
    const char *begin = m_bytes.constData();
    if (std::less<>()(at, begin) || !std::less<>()(at, begin + m_textBytes))
        return {};
    const qsizetype start = unitAt(at - begin);
    return {start, unitAt(std::min(at - begin + qsizetype(size), m_textBytes))};
}

qsizetype LeafSource::unitAt(qsizetype byte) const
{
    if (m_textBytes == m_text.size())
        return byte;
    if (byte < m_byte)
        m_byte = m_unit = 0;
    while (m_byte < byte) {
        const auto lead = static_cast<unsigned char>(m_bytes[m_byte]);
        m_byte += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        m_unit += lead < 0xF0 ? 1 : 2;
    }
    return m_unit;
}

} // namespace quintet::text
