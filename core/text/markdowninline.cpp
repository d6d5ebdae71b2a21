// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdown.h"

#include "text/sentences.h"

namespace quintet::text {

namespace {

constexpr qsizetype longestLink = 2000;

struct Entity {
    QStringView name;
    char16_t character;
};

constexpr Entity entities[] = {{u"amp", u'&'},  {u"lt", u'<'},    {u"gt", u'>'},    {u"quot", u'"'},   {u"apos", u'\''},
                               {u"nbsp", u' '}, {u"mdash", u'—'}, {u"ndash", u'–'}, {u"hellip", u'…'}, {u"copy", u'©'}};

/// Walks over a stretch once and writes what a reader would see.
class Inline final {
public:
    explicit Inline(QStringView text) : m_text(text) { m_out.reserve(text.size()); }

    QString take()
    {
        while (m_at < m_text.size()) {
            if (!readMark())
                m_out += m_text[m_at++];
        }
        return m_out;
    }

private:
    QChar peek(qsizetype ahead = 0) const
    {
        const qsizetype i = m_at + ahead;
        return i >= 0 && i < m_text.size() ? m_text[i] : QChar(u' ');
    }

    bool readMark()
    {
        switch (peek().unicode()) {
        case u'\\': return readEscape();
        case u'`': return readCode();
        case u'!': return peek(1) == u'[' && readLink(1, false);
        case u'[': return readLink(0, true);
        case u'<': return readTag();
        case u'&': return readEntity();
        case u'*':
        case u'_':
        case u'~': return readEmphasis();
        case u'>': return readQuoteMark();
        default: return false;
        }
    }

    bool readEscape()
    {
        if (!peek(1).isPunct() && !peek(1).isSymbol() && peek(1) != u'\n')
            return false;
        if (peek(1) != u'\n')
            m_out += peek(1);
        m_at += peek(1) == u'\n' ? 1 : 2;
        return true;
    }

    bool readCode()
    {
        qsizetype ticks = 0;
        while (peek(ticks) == u'`')
            ++ticks;
        const QStringView mark = m_text.sliced(m_at, ticks);
        const qsizetype end = m_text.indexOf(mark, m_at + ticks);
        if (end >= 0) {
            m_out += m_text.sliced(m_at + ticks, end - m_at - ticks).trimmed();
            m_at = end + ticks;
        } else {
            m_at += ticks;
        }
        return true;
    }

    /// The position of what closes the bracket at `open`; -1 if nothing near does.
    qsizetype closing(qsizetype open, char16_t opener, char16_t closer) const
    {
        int depth = 0;
        for (qsizetype i = open; i < std::min(m_text.size(), open + longestLink); ++i) {
            if (m_text[i] == opener)
                ++depth;
            else if (m_text[i] == closer && --depth == 0)
                return i;
        }
        return -1;
    }

    bool readLink(qsizetype skip, bool shown)
    {
        const qsizetype open = m_at + skip;
        const qsizetype close = m_budget > 0 ? closing(open, u'[', u']') : -1;
        if (close < 0) {
            --m_budget; // an unclosed bracket is looked for a few times only: linear on any input
            return false;
        }
        const QStringView label = m_text.sliced(open + 1, close - open - 1);
        qsizetype end = close + 1;
        if (end < m_text.size() && (m_text[end] == u'(' || m_text[end] == u'[')) {
            const bool round = m_text[end] == u'(';
            const qsizetype target = closing(end, round ? u'(' : u'[', round ? u')' : u']');
            if (target < 0)
                return false;
            end = target + 1;
        } else if (label.startsWith(u'^')) {
            m_at = end; // a footnote's mark
            return true;
        } else if (shown) {
            return false; // brackets that are just brackets
        }
        if (shown && m_depth < 3) {
            Inline inner(label);
            inner.m_depth = m_depth + 1;
            m_out += inner.take();
        }
        m_at = end;
        return true;
    }

    bool readTag()
    {
        const QChar next = peek(1);
        if (!next.isLetter() && next != u'/' && next != u'!')
            return false;
        const qsizetype end = m_text.indexOf(u'>', m_at);
        if (end < 0 || end - m_at > longestLink)
            return false;
        const QStringView inside = m_text.sliced(m_at + 1, end - m_at - 1);
        if (inside.contains(u"://") && !inside.contains(u' '))
            m_out += inside;
        m_at = end + 1;
        return true;
    }

    bool readEntity()
    {
        const qsizetype end = m_text.sliced(m_at, std::min<qsizetype>(10, m_text.size() - m_at)).indexOf(u';');
        if (end < 2)
            return false;
        const QStringView name = m_text.sliced(m_at + 1, end - 1);
        for (const Entity &entity : entities) {
            if (name == entity.name) {
                m_out += QChar(entity.character);
                m_at += end + 1;
                return true;
            }
        }
        bool isNumber = false;
        const bool isHex = name.startsWith(u"#x") || name.startsWith(u"#X");
        const uint code = name[0] == u'#' ? name.sliced(isHex ? 2 : 1).toUInt(&isNumber, isHex ? 16 : 10) : 0;
        if (!isNumber || code < 0x20 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return false;
        m_out += QChar::fromUcs4(code);
        m_at += end + 1;
        return true;
    }

    /// Marks that touch a word are dropped; "2 * 3", "snake_case" and "~5" keep theirs.
    bool readEmphasis()
    {
        const QChar mark = peek();
        qsizetype length = 0;
        while (peek(length) == mark)
            ++length;
        const QChar before = peek(-1);
        const QChar after = peek(length);
        const bool alone = before.isSpace() && after.isSpace();
        const bool inWord = mark == u'_' && before.isLetterOrNumber() && after.isLetterOrNumber();
        const bool tilde = mark == u'~' && length < 2;
        if (alone || inWord || tilde || length > 3)
            m_out += m_text.sliced(m_at, length);
        m_at += length;
        return true;
    }

    bool readQuoteMark()
    {
        qsizetype before = m_at - 1;
        while (before >= 0 && (m_text[before] == u' ' || m_text[before] == u'>'))
            --before;
        if (before < 0 || m_text[before] != u'\n')
            return false;
        ++m_at;
        return true;
    }

    QStringView m_text;
    QString m_out;
    qsizetype m_at = 0;
    int m_budget = 16;
    int m_depth = 0;
};

} // namespace

QString plainInline(QStringView stretch)
{
    return flowed(Inline(stretch).take());
}

} // namespace quintet::text
