// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/question.h"

#include <limits>

namespace quintet::knowledge {

namespace {

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\u201C' || c == u'\u201D' || c == u'\u201E';
}

/// Reads words and quoted stretches one after the other.
class Reader final {
public:
    explicit Reader(QStringView text) : m_text(text) { }

    bool atEnd()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        return m_at >= m_text.size();
    }

    bool startsQuote() const { return m_at < m_text.size() && isQuote(m_text[m_at]) && closing() > m_at + 1; }

    QString takeQuoted()
    {
        const qsizetype end = closing();
        const QString inside = m_text.sliced(m_at + 1, end - m_at - 1).toString().simplified();
        m_at = end + 1;
        return inside;
    }

    QString takeWord()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !m_text[m_at].isSpace())
            ++m_at;
        return m_text.sliced(start, m_at - start).toString();
    }

    bool skip(QStringView prefix)
    {
        if (!m_text.sliced(m_at).startsWith(prefix, Qt::CaseInsensitive))
            return false;
        m_at += prefix.size();
        return true;
    }

    QString takeValue() { return startsQuote() ? takeQuoted() : takeWord(); }

    qsizetype position() const { return m_at; }
    void goTo(qsizetype position) { m_at = position; }

private:
    /// Where the quote that opens here ends; the same place if it does not.
    qsizetype closing() const
    {
        if (m_noQuoteBehind <= m_at)
            return m_at;
        for (qsizetype i = m_at + 1; i < m_text.size(); ++i) {
            if (isQuote(m_text[i]))
                return i;
        }
        m_noQuoteBehind = m_at; // looked for once, however many words follow
        return m_at;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    mutable qsizetype m_noQuoteBehind = std::numeric_limits<qsizetype>::max();
};

QDate dateFrom(const QString &text)
{
    const QStringList parts = text.split(u'-');
    if (parts.first().size() != 4 || parts.size() > 3)
        return {};
    return QDate(parts.first().toInt(), parts.value(1, QStringLiteral("1")).toInt(),
                 parts.value(2, QStringLiteral("1")).toInt());
}

/// "-word". What "-9" or "-rf" of a program does is asked for, not left out.
bool isUnwanted(QStringView word)
{
    if (word.size() < 2 || word[0] != u'-' || !word[1].isLetter())
        return false;
    return word.size() > 3 || word[1].unicode() > 0x7f; // a word of Han is short
}

} // namespace

Question questionFrom(const QString &text)
{
    Question question;
    QStringList words;
    Reader reader(text);
    while (!reader.atEnd()) {
        const qsizetype start = reader.position();
        if (reader.startsQuote()) {
            const QString phrase = reader.takeQuoted();
            if (!phrase.isEmpty())
                question.phrases << phrase;
            words << phrase;
            continue;
        }
        if (reader.skip(u"file:")) {
            if (const QString part = reader.takeValue(); !part.isEmpty())
                question.files << part;
            continue;
        }
        if (reader.skip(u"after:")) {
            if (const QDate date = dateFrom(reader.takeWord()); date.isValid()) {
                question.after = date;
                continue;
            }
            reader.goTo(start);
        }
        const QString word = reader.takeWord();
        if (isUnwanted(word))
            question.without << word.sliced(1);
        else
            words << word;
    }
    question.words = words.join(u' ');
    return question;
}

} // namespace quintet::knowledge
