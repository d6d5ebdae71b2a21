// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QString>
#include <QStringList>

namespace quintet::knowledge {

/// A query taken apart. Nothing that a person can type is an error: what is no operator is a word.
struct Question {
    QString words;       ///< what is to be found, phrases included, without operators
    QStringList phrases; ///< between straight or curly double quotes: must occur as they stand, but for case and space
    QStringList without; ///< words that must not occur
    QStringList files;   ///< each must be part of the document's path, whatever the case
    QDate after;         ///< the document's date must not be before it; invalid: any

    bool isFiltered() const { return !files.isEmpty() || after.isValid(); }
    bool operator==(const Question &) const = default;
};

/// Takes `text` apart: "exact phrase", -word (of three letters or more, so that options of programs can be asked for),
/// file:PART (also file:"two words"), after:YYYY, after:YYYY-MM or
/// after:YYYY-MM-DD. Linear; any thread.
Question questionFrom(const QString &text);

} // namespace quintet::knowledge
