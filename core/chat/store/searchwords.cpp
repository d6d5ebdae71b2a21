// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/searchwords.h"

#include "text/words.h"

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype aroundFound = 60; // characters shown before it
constexpr qsizetype snippetLength = 180;

bool isGram(text::WordKind kind)
{
    return kind == text::WordKind::Bigram || kind == text::WordKind::Trigram;
}

/// What FTS5 looks for, for one word or phrase of the user's: its words in a row, the last by its beginning.
QString matchFor(const QString &typed, bool isPhrase)
{
    QStringList words;
    bool isLastGram = false;
    text::forEachWord(typed, [&](text::Span span, text::WordKind kind) {
        words << span.of(typed).toString();
        isLastGram = isGram(kind) && span.size() > 1;
    });
    if (words.isEmpty())
        return {};
    return u'"' + words.join(u' ') + u'"' + (isPhrase || isLastGram ? QString() : u"*"_s);
}

/// Words, and phrases between quotation marks.
struct Term {
    QString text;
    bool isPhrase = false;
};

std::vector<Term> termsOf(const QString &text)
{
    std::vector<Term> terms;
    Term term;
    const auto end = [&] {
        if (!term.text.trimmed().isEmpty())
            terms.push_back({term.text.trimmed(), term.isPhrase});
        term = {};
    };
    for (const QChar c : text) {
        if (c == u'"') {
            // The name of a condition may stand before what is quoted: in:"Old things".
            if (term.text.endsWith(u':') && !term.isPhrase) {
                term.isPhrase = true;
                continue;
            }
            const bool opens = !term.isPhrase;
            end();
            term.isPhrase = opens;
        } else if (c.isSpace() && !term.isPhrase) {
            end();
        } else {
            term.text += c;
        }
    }
    end();
    return terms;
}

bool takeCondition(SearchQuery &query, const QString &term)
{
    const QString name = term.section(u':', 0, 0).toLower();
    const QString value = term.section(u':', 1).trimmed();
    if (value.isEmpty())
        return false;
    if (name == u"in") {
        query.archived = value == u"archive";
        query.pinned = value == u"pinned";
        query.folder = query.archived || query.pinned ? QString() : value;
        return true;
    }
    if (name == u"model")
        query.model = value;
    else if (name == u"tag")
        query.tag = value;
    else if (const QDate date = QDate::fromString(value, Qt::ISODate); date.isValid() && name == u"before")
        query.before = date;
    else if (date.isValid() && name == u"after")
        query.after = date;
    else
        return false;
    return true;
}

} // namespace

QString searchWords(const QString &text)
{
    QString words;
    words.reserve(text.size());
    text::forEachWord(text, [&](text::Span span, text::WordKind) {
        words += span.of(text);
        words += u' ';
    });
    return words;
}

bool SearchQuery::isEmpty() const
{
    return *this == SearchQuery();
}

SearchQuery parseSearch(const QString &text)
{
    SearchQuery query;
    QStringList matches;
    for (const Term &term : termsOf(text)) {
        if (takeCondition(query, term.text))
            continue;
        if (const QString match = matchFor(term.text, term.isPhrase); !match.isEmpty()) {
            matches << match;
            query.words << term.text;
        }
    }
    query.match = matches.join(u' ');
    return query;
}

QString snippetOf(const QString &text, const QStringList &words)
{
    qsizetype found = -1;
    for (const QString &word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        found = at >= 0 && (found < 0 || at < found) ? at : found;
    }
    qsizetype from = std::max<qsizetype>(0, found - aroundFound);
    if (from > 0) {
        const qsizetype space = text.indexOf(u' ', from);
        from = space > 0 && space < found ? space + 1 : from;
    }
    if (from > 0 && text[from].isLowSurrogate())
        --from;
    const QString cut = text.mid(from, snippetLength).simplified();
    return (from > 0 ? u"…"_s : QString()) + cut + (from + snippetLength < text.size() ? u"…"_s : QString());
}

} // namespace quintet::chat
