// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/answerparts.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestExcerpt = 280;

QString tr(const char *text, const char *comment = nullptr, int number = -1)
{
    return QCoreApplication::translate("quintet::ui", text, comment, number);
}

QString shortened(const QString &text)
{
    const QString flat = text.simplified();
    return flat.size() <= longestExcerpt ? flat : flat.left(longestExcerpt).trimmed() + u" …"_s;
}

QString fileName(const QString &path)
{
    return QFileInfo(path).fileName();
}

QString placeOf(const QString &place, const QStringList &headings)
{
    QStringList parts;
    if (!place.isEmpty())
        parts << place;
    if (!headings.isEmpty() && headings.last() != place)
        parts << headings.last();
    return parts.join(u" · "_s);
}

QString labelOf(size_t number)
{
    return QString::number(number);
}

/// A card for each passage: what was quoted of it, or that nothing was.
SourcesPart sourcesOf(const knowledge::Answer &answer)
{
    SourcesPart part;
    for (size_t i = 0; i < answer.passages.size(); ++i) {
        const knowledge::Hit &hit = answer.passages[i];
        QStringList quotes;
        for (const knowledge::Citation &citation : answer.citations) {
            if (citation.marker == int(i) + 1)
                quotes << u"“"_s + shortened(citation.quote) + u"”"_s;
        }
        QString place = placeOf(hit.place, hit.headings);
        if (quotes.isEmpty())
            place += (place.isEmpty() ? QString() : u" · "_s) + tr("not used");
        part.sources.push_back({labelOf(i + 1), fileName(hit.document), place, quotes.join(u' ')});
    }
    return part;
}

SourcesPart sourcesOf(const std::vector<knowledge::Hit> &hits)
{
    SourcesPart part;
    for (size_t i = 0; i < hits.size(); ++i)
        part.sources.push_back({labelOf(i + 1), fileName(hits[i].document), placeOf(hits[i].place, hits[i].headings),
                                shortened(hits[i].text)});
    return part;
}

FactsPart factsOf(const knowledge::Answer &answer)
{
    FactsPart part;
    const auto claims = int(answer.claims.size());
    if (claims > 0) {
        const QString mark = answer.supported() == claims ? u"✓ "_s : u"⚠ "_s;
        part.facts << mark + tr("%1 of %2 sentences found in the sources").arg(answer.supported()).arg(claims);
    }
    const double seconds = double(answer.completion.totalTime.count()) / 1000;
    if (seconds >= 0.05)
        part.facts << tr("%1 s").arg(QLocale().toString(seconds, 'f', 1));
    if (answer.completion.cached)
        part.facts << tr("from cache");
    else if (answer.completion.cost && answer.completion.cost->nanoDollars > 0)
        part.facts << tr("$%1").arg(answer.completion.cost->dollars(), 0, 'f', 4);
    return part;
}

/// The claims that nothing speaks for, as a list under the answer.
QString unsupported(const knowledge::Answer &answer)
{
    QStringList lines;
    for (const knowledge::Claim &claim : answer.claims) {
        if (!claim.isSupported)
            lines << u"> "_s + claim.text.simplified();
    }
    if (lines.isEmpty())
        return {};
    return u"\n\n**"_s + tr("Not found in the sources:") + u"**\n\n"_s + lines.join(u"\n>\n"_s);
}

QString cell(QString text)
{
    return text.replace(u'|', u"\\|"_s).replace(u'\n', u' ');
}

QString rank(int rank)
{
    return rank > 0 ? QString::number(rank) : u"–"_s;
}

} // namespace

int numberIn(const QString &label)
{
    QString digits;
    for (const QChar c : label) {
        if (c.isDigit())
            digits += c;
    }
    return digits.toInt();
}

Message questionMessage(const QString &id, const QString &text)
{
    return {.id = id, .author = Author::User, .parts = {TextPart{text}}};
}

Message answerMessage(const QString &id, const knowledge::Answer &answer)
{
    Message message{.id = id, .parts = {TextPart{answer.text + unsupported(answer)}}};
    if (FactsPart facts = factsOf(answer); !facts.facts.isEmpty())
        message.parts.push_back(std::move(facts));
    for (const QString &note : answer.notes)
        message.parts.push_back(TextPart{note});
    if (SourcesPart sources = sourcesOf(answer); !sources.sources.empty())
        message.parts.push_back(std::move(sources));
    return message;
}

Message hitsMessage(const QString &id, const std::vector<knowledge::Hit> &hits)
{
    if (hits.empty())
        return {.id = id, .parts = {TextPart{tr("Nothing was found.")}}};
    return {.id = id, .parts = {sourcesOf(hits)}};
}

Message offerMessage(const QString &id, const knowledge::WholeEstimate &estimate)
{
    const QLocale locale;
    QStringList facts{
        tr("%1 passages of %2 documents").arg(locale.toString(estimate.passages), locale.toString(estimate.documents))};
    if (estimate.requests > 0) {
        facts << tr("about %1 requests").arg(locale.toString(estimate.requests))
              << tr("about %1 tokens").arg(locale.toString(estimate.promptTokens + estimate.completionTokens))
              << (estimate.cost ? tr("about %1").arg(display(*estimate.cost)) : tr("an unknown price"))
              << tr("about %1 s").arg(locale.toString(qint64(estimate.time.count())));
    } else {
        facts << tr("without a model: key sentences of each document");
    }
    ApprovalPart offer{
        .id = u"whole"_s,
        .question = tr("This asks about the whole collection. Go over all of it?"),
        .detail = facts.join(u" · "_s),
        .detailFormat = u"markdown"_s,
        .choices = {{u"whole"_s, tr("Go over all passages"), true}, {u"best"_s, tr("Answer from the best passages")}}};
    return {.id = id, .parts = {std::move(offer)}};
}

Message progressMessage(const QString &id, qint64 done, qint64 count)
{
    const QLocale locale;
    return {.id = id,
            .parts = {FactsPart{{tr("%1 of %2 passages").arg(locale.toString(done), locale.toString(count))}}},
            .isOpen = true};
}

Message inspectionMessage(const QString &id, const std::vector<knowledge::Hit> &hits,
                          const std::vector<knowledge::PassageRow> &off, const QStringList &whyNot)
{
    Message message{.id = id};
    QString table = u"| | %1 | %2 | %3 | %4 | %5 |\n|-:|:-|-:|-:|-:|-:|\n"_s.arg(
        tr("Passage"), tr("Word rank"), tr("Vector rank"), tr("Covers"), tr("Score"));
    for (size_t i = 0; i < hits.size(); ++i) {
        const knowledge::Hit &hit = hits[i];
        table += u"| %1 | %2 | %3 | %4 | %5 % | %6 |\n"_s.arg(
            QString::number(i + 1), cell(fileName(hit.document) + u", "_s + hit.place), rank(hit.keywordRank),
            rank(hit.vectorRank), QString::number(qRound(100 * hit.coverage)), QLocale().toString(hit.score, 'f', 3));
        message.actions.push_back({.id = u"off:%1"_s.arg(hit.chunk), .text = tr("Switch passage %1 off").arg(i + 1)});
    }
    message.parts.push_back(TextPart{hits.empty() ? tr("Nothing was found.") : table});
    if (!whyNot.isEmpty()) {
        QString text = u"**"_s + whyNot.first() + u"**\n"_s;
        for (const QString &sentence : whyNot.mid(1))
            text += u"\n- "_s + sentence;
        message.parts.push_back(TextPart{text});
    }
    if (!hits.empty())
        message.parts.push_back(sourcesOf(hits));
    if (!off.empty()) {
        FactsPart switched{.facts = {tr("%n passage(s) switched off", nullptr, int(off.size()))}};
        for (const knowledge::PassageRow &row : off)
            switched.actions.push_back(
                {u"on:%1"_s.arg(row.chunk),
                 tr("Switch on: %1").arg(QStringList{fileName(row.document), row.place}.join(u' ').trimmed())});
        message.parts.push_back(std::move(switched));
    }
    return message;
}

Message errorMessage(const QString &id, const Error &error)
{
    return {.id = id, .parts = {ErrorPart{error.message, tr("Try again")}}};
}

} // namespace quintet::ui
