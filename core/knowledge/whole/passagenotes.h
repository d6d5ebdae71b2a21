// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/answer/answer.h"

#include <QHash>

namespace quintet::knowledge {

/// A passage with its number in the whole collection, from 1 on.
struct NumberedPassage {
    int number = 0;
    Hit hit;
};

/// Notes that a model made of passages for a question, each behind the numbers of the passages it rests on: "[12]".
struct PassageNotes {
    QString text;
    QHash<int, Hit> cited; ///< by number
};

/// Asks a model for notes of `passages` that matter to the question; the word NOTHING where none does.
llm::Request notesRequest(const AskWish &wish, const QString &run, const std::vector<NumberedPassage> &passages);

/// Asks for shorter notes that keep the numbers.
llm::Request shorterRequest(const AskWish &wish, const QString &run, const QString &notes);

/// Asks for the answer from the notes.
llm::Request wholeRequest(const AskWish &wish, const QString &run, const QString &notes);

/// What a model said as notes: empty where it found nothing. Numbers that were not given to it are left out.
PassageNotes notesFrom(const QString &said, const std::vector<NumberedPassage> &passages);

/// Parts of about `room` tokens, broken between lines.
QStringList partsOf(const QString &notes, qint64 room);

/// The passages that `notes` cite, in the order of the text; their numbers in it become 1, 2, ...
std::vector<Hit> renumber(QString &notes, const QHash<int, Hit> &cited);

} // namespace quintet::knowledge
