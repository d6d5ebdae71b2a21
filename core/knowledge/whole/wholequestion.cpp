// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/whole/wholequestion.h"

#include <QRegularExpression>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

QRegularExpression expression(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption
                                           | QRegularExpression::UseUnicodePropertiesOption);
}

bool isAbout(const QString &question, const QRegularExpression &cue)
{
    return cue.match(question).hasMatch();
}

} // namespace

std::optional<WholeKind> wholeKindOf(const QString &question)
{
    static const QString all =
        u"(all|every(thing)?|(the |my )?(whole|entire|complete|documents|files|collection)|these "
        "(documents|files))"_s;
    static const QRegularExpression summary = expression(
        u"\\b(summar(y|i[sz]e)|overview|digest|gist)\\b.{0,20}\\b%1\\b"
        "|\\bwhat (is|are) (all |everything |(all )?(the|these|my) (documents|files|collection))"
        "|\\b(main|common|recurring) (themes|topics|points) (of|in|across)\\b"
        "|\\bfass\\w*\\b.{0,40}\\b(alles?|allen|gesamte\\w*|ganze\\w*|dokumente|dateien|sammlung)\\b.{0,40}zusammen"
        "|\\b(zusammenfassung|überblick|übersicht)\\b.{0,20}\\b(alles|aller|alle|allen|gesamte\\w*|ganze\\w*)\\b"
        "|\\bworum geht es in (allen|den|meinen) (dokumenten|dateien)"_s.arg(all));
    static const QRegularExpression listing = expression(
        u"^\\W*(please )?(list|enumerate|collect|find|give me|name|show( me)?|extract)\\b.{0,20}\\b(all|every|each)\\b"
        "|\\b(which|what|how many) (of the )?(documents|files)\\b"
        "|\\b(in|across|from) (all|every|each) (of )?(the |my )?(document|file|collection)"
        "|^\\W*(bitte "
        ")?(liste|nenne?|zähle?|finde|sammle|zeige?|suche)\\b.{0,20}\\b(alle[srnm]?|jede[srnm]?|sämtliche\\w*)\\b"
        "|\\b(welche|wie viele) (der )?(dokumente|dateien)\\b"
        "|\\bin (allen|sämtlichen|jedem) (dokument|datei)"_s);
    if (isAbout(question, summary))
        return WholeKind::Summary;
    return isAbout(question, listing) ? std::optional(WholeKind::Listing) : std::nullopt;
}

} // namespace quintet::knowledge
