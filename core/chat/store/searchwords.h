// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>

namespace quintet::chat {

/// `text` as the index keeps it: its words apart, those of scripts without spaces as pairs of characters.
QString searchWords(const QString &text);

/// What is looked for: words, "a phrase", and conditions, each a word of its own: in:FOLDER (or in:archive,
/// in:pinned), model:NAME, tag:NAME, before:2026-01-31, after:2026-01-31.
struct SearchQuery {
    QString match;     ///< for FTS5; empty: no words were given
    QStringList words; ///< as they were given, for showing where they stand
    QString folder;
    QString model;
    QString tag;
    std::optional<QDate> before;
    std::optional<QDate> after;
    bool archived = false;
    bool pinned = false;

    bool isEmpty() const;
    bool operator==(const SearchQuery &) const = default;
};

/// Takes what a person typed apart. Any characters are allowed; words are found by their beginnings.
SearchQuery parseSearch(const QString &text);

/// A stretch of `text` around the first of `words`, on one line, with "…" where it was cut.
QString snippetOf(const QString &text, const QStringList &words);

} // namespace quintet::chat
