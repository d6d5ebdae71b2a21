// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/knowledgeoutput.h"

#include "app/resultjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString nameOfPlace(const QString &title, const QString &place)
{
    return place.isEmpty() ? title : title + u", "_s + place;
}

} // namespace

QString lineFor(const knowledge::IngestProgress &progress)
{
    const double seconds = std::max(0.001, double(progress.time.count()) / 1000);
    return tr("%1 of %2 files, %3 files/s")
        .arg(progress.done)
        .arg(progress.total)
        .arg(double(progress.done) / seconds, 0, 'f', 0);
}

QString lineFor(const knowledge::VectorProgress &progress)
{
    switch (progress.stage) {
    case knowledge::VectorProgress::Learning: return tr("Learning from %1 passages …").arg(progress.done);
    case knowledge::VectorProgress::Placing: return tr("Vectors: %1 of %2").arg(progress.done).arg(progress.total);
    case knowledge::VectorProgress::Linking: return tr("Index: %1 of %2").arg(progress.done).arg(progress.total);
    case knowledge::VectorProgress::Measuring: return tr("Measuring: %1 of %2").arg(progress.done).arg(progress.total);
    }
    Q_UNREACHABLE();
}

QString sentenceFor(const knowledge::IngestReport &report)
{
    QStringList parts{tr("%1 read").arg(report.read)};
    const auto add = [&parts](qint64 count, const QString &text) {
        if (count > 0)
            parts << text.arg(count);
    };
    add(report.known, tr("%1 known by their content"));
    add(report.unchanged, tr("%1 unchanged"));
    add(report.removed, tr("%1 gone"));
    add(report.skipped, tr("%1 without text"));
    add(report.failed, tr("%1 unreadable"));
    return tr("Files: %1.").arg(parts.join(u", "_s));
}

QString sentenceFor(const knowledge::WholeEstimate &estimate)
{
    const QString all = tr("All %1 passages of %2 documents").arg(estimate.passages).arg(estimate.documents);
    if (estimate.requests == 0)
        return tr("%1 are gone over, without a model.").arg(all);
    return tr("%1: about %2 requests, %3 tokens, %4, %5 s.")
        .arg(all)
        .arg(estimate.requests)
        .arg(estimate.promptTokens + estimate.completionTokens)
        .arg(estimate.cost ? display(*estimate.cost) : tr("an unknown price"))
        .arg(estimate.time.count());
}

QJsonObject jsonFrom(const knowledge::DocumentRow &row)
{
    return {{u"document"_s, row.path},
            {u"state"_s, nameOf(row.state)},
            {u"reason"_s, row.reason.isEmpty() ? QJsonValue() : QJsonValue(row.reason)},
            {u"bytes"_s, row.size}};
}

QStringList rowFor(const knowledge::CollectionInfo &info)
{
    const QLocale locale;
    QString state = info.sums.pending > 0 ? tr("%1 to be read").arg(info.sums.pending) : tr("up to date");
    if (info.sums.failed > 0)
        state += u", "_s + tr("%1 unreadable").arg(info.sums.failed);
    return {info.settings.name, locale.toString(info.sums.documents), locale.toString(info.sums.chunks),
            locale.formattedDataSize(info.fileSize), state};
}

QString textFor(const knowledge::CollectionInfo &info)
{
    QString text = rowFor(info).join(u"  "_s) + u'\n';
    for (const knowledge::SourceRow &source : info.sources)
        text += tr("from %1").arg(source.path) + u'\n';
    return text + u'\n';
}

void print(Output &output, const std::vector<knowledge::Hit> &hits, const QJsonValue &queryId)
{
    int rank = 0;
    for (const knowledge::Hit &hit : hits) {
        ++rank;
        if (!output.isJson()) {
            const QString id =
                queryId.isNull() || queryId.isUndefined() ? QString() : queryId.toVariant().toString() + u' ';
            output.text(u"%1%2. %3\n   %4\n\n"_s.arg(id, QString::number(rank), nameOfPlace(hit.document, hit.place),
                                                     hit.text.simplified()));
            continue;
        }
        QJsonObject row = resultJson(hit, rank);
        if (!queryId.isNull() && !queryId.isUndefined())
            row[u"query_id"] = queryId;
        output.object(row);
    }
}

void print(Output &output, const knowledge::Answer &answer)
{
    if (output.isJson()) {
        output.object(resultJson(answer));
        return;
    }
    for (const knowledge::Citation &citation : answer.citations) {
        output.text(u"\n[%1] %2\n    “%3”%4\n"_s.arg(
            QString::number(citation.marker), nameOfPlace(citation.document, citation.place),
            citation.quote.simplified(), citation.isVerified ? QString() : tr(" (not found in this form)")));
    }
    if (!answer.claims.empty())
        output.note(tr("%1 of %2 sentences found in the sources").arg(answer.supported()).arg(answer.claims.size()));
}

void print(Output &output, const knowledge::CheckReport &report)
{
    if (output.isJson()) {
        output.object({{u"sound"_s, report.isSound()},
                       {u"problems"_s, QJsonArray::fromStringList(report.problems)},
                       {u"repaired"_s, QJsonArray::fromStringList(report.repaired)},
                       {u"left_out"_s, QJsonArray::fromStringList(report.leftOut)},
                       {u"documents"_s, report.documents},
                       {u"passages"_s, report.chunks},
                       {u"vectors"_s, report.vectors},
                       {u"recall_at_10"_s, report.recall ? QJsonValue(*report.recall) : QJsonValue()}});
        return;
    }
    for (const QString &problem : report.problems)
        output.line(tr("wrong: %1").arg(problem));
    for (const QString &repaired : report.repaired)
        output.line(tr("repaired: %1").arg(repaired));
    for (const QString &leftOut : report.leftOut)
        output.line(tr("not looked at: %1").arg(leftOut));
    output.line(
        tr("%1 documents, %2 passages, %3 vectors").arg(report.documents).arg(report.chunks).arg(report.vectors));
    if (report.recall)
        output.line(tr("recall@10 of the graph: %1").arg(*report.recall, 0, 'f', 3));
    output.line(report.isSound() ? tr("The collection is sound.") : tr("Rebuild it with: quintet knowledge rebuild"));
}

} // namespace quintet::cli
