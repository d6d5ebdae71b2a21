// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/absence/absence.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace quintet::knowledge {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

QString fileName(const QString &path)
{
    return QFileInfo(path).fileName();
}

QString severalFit(const Absence &absence)
{
    constexpr qsizetype mostNamed = 3;
    const QStringList named = absence.documents.first(std::min(mostNamed, absence.documents.size()));
    return QCoreApplication::translate("knowledge", "%n document(s) fit “%1”; say which with more of the path: %2.",
                                       nullptr, int(absence.documents.size()))
        .arg(absence.wanted, named.join(QStringLiteral(", "))
                                 + (named.size() < absence.documents.size() ? QStringLiteral(", …") : QString()));
}

QString reasonFor(const Absence &absence)
{
    const QString name = fileName(absence.document);
    switch (absence.reason) {
    case Absence::NotInCollection: return tr("No document of this collection is called %1.").arg(absence.wanted);
    case Absence::SeveralFit: return severalFit(absence);
    case Absence::IsAmongHits: return tr("%1 is there: passage %2.").arg(name, QString::number(absence.hit));
    case Absence::Waiting: return tr("%1 is still waiting to be read.").arg(name);
    case Absence::Failed: return tr("%1 could not be read: %2").arg(name, absence.detail);
    case Absence::Skipped: return tr("%1 was passed over: %2").arg(name, absence.detail);
    case Absence::LeftOutBy: return tr("%1 is left out by “%2” in the question.").arg(name, absence.detail);
    case Absence::SwitchedOff: return tr("All passages of %1 are switched off.").arg(name);
    case Absence::NotReached:
        return absence.words.isEmpty() ? tr("%1 holds no word of the question.").arg(name)
                                       : tr("%1 is too far behind to be looked at.").arg(name);
    case Absence::Duplicate:
        return tr("%1 says the same as %2, which stands for both.").arg(name, fileName(absence.other));
    case Absence::TooAlike:
        return tr("%1 was put behind, since it is much like passage %2.").arg(name, QString::number(absence.hit));
    case Absence::Behind: return tr("%1 was found, but others fit better.").arg(name);
    case Absence::PutBehind:
        return tr("%1 was found, but %2 put it behind others, as passage %3.")
            .arg(name, absence.detail, QString::number(absence.hit));
    }
    Q_UNREACHABLE();
}

QString standing(const Absence::Standing &standing)
{
    const QLocale locale;
    return standing.of > 0 ? tr("rank %1 of %2").arg(locale.toString(standing.rank), locale.toString(standing.of))
                           : tr("rank %1").arg(locale.toString(standing.rank));
}

bool wasSearched(Absence::Reason reason)
{
    return reason == Absence::NotReached || reason == Absence::Duplicate || reason == Absence::TooAlike
           || reason == Absence::Behind;
}

} // namespace

QStringList sentencesFor(const Absence &absence)
{
    QStringList sentences{reasonFor(absence)};
    if (!wasSearched(absence.reason))
        return sentences;
    const QString separator = QStringLiteral(", ");
    if (!absence.words.isEmpty())
        sentences << tr("Words of the question in it: %1.").arg(absence.words.join(separator));
    if (!absence.missing.isEmpty())
        sentences << tr("Words that it lacks: %1.").arg(absence.missing.join(separator));
    sentences << (absence.byWords.rank > 0 ? tr("By words: %1.").arg(standing(absence.byWords))
                                           : tr("By words: not found."));
    if (absence.hasVectors)
        sentences << (absence.byVectors.rank > 0 ? tr("By vectors: %1.").arg(standing(absence.byVectors))
                                                 : tr("By vectors: not found."));
    const QLocale locale;
    if (absence.score > 0)
        sentences << tr("Both together: %1, where the last hit has %2.")
                         .arg(locale.toString(absence.score, 'f', 3), locale.toString(absence.lastScore, 'f', 3));
    return sentences;
}

} // namespace quintet::knowledge
