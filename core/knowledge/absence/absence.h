// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QStringList>

namespace quintet::knowledge {

/// Why a document is not among the hits of a search, as far as can be told: the first reason that holds.
struct Absence {
    enum Reason {
        NotInCollection,
        SeveralFit, ///< `wanted` names no document more than others: `documents`
        IsAmongHits,
        Waiting,     ///< not read yet
        Failed,      ///< could not be read: `detail`
        Skipped,     ///< holds nothing that is read: `detail`
        LeftOutBy,   ///< an operator of the question: `detail`
        SwitchedOff, ///< all its passages are
        NotReached,  ///< neither leg puts it forward
        Duplicate,   ///< says the same as `other`
        TooAlike,    ///< put behind, since it is much like `other`, which is among the hits
        Behind,      ///< others fit better
        PutBehind,   ///< found, but the model `detail` put it behind others, as `hit`
    };

    /// What a leg says of the document's best passage.
    struct Standing {
        qint64 rank = 0; ///< from 1 on; 0: not found that way
        qint64 of = 0;   ///< that were found, or 0 where all are compared
    };

    Reason reason = NotInCollection;
    QString wanted;   ///< as it was asked for
    QString document; ///< path
    QStringList documents;
    QString detail;
    QString other;           ///< a document
    int hit = 0;             ///< its number among the hits, from 1 on
    QStringList words;       ///< of the question that it has, stemmed
    QStringList missing;     ///< that it has not
    bool hasVectors = false; ///< the collection has, so that its standing by them says something
    Standing byWords;
    Standing byVectors;
    double score = 0;     ///< of both together; 0: none
    double lastScore = 0; ///< of the last hit
};

/// The same in sentences, the reason first.
QStringList sentencesFor(const Absence &absence);

} // namespace quintet::knowledge
