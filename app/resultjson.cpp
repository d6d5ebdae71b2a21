// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/resultjson.h"

#include <QJsonArray>

namespace quintet {

namespace {

using namespace Qt::StringLiterals;

QJsonValue orNull(const std::optional<int> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QJsonValue costOf(const llm::Completion &completion)
{
    return completion.cost ? QJsonValue(completion.cost->dollars()) : QJsonValue();
}

QJsonObject usageOf(const llm::Completion &completion)
{
    return {{u"prompt_tokens"_s, completion.usage.prompt},
            {u"completion_tokens"_s, completion.usage.completion},
            {u"cost_usd"_s, costOf(completion)}};
}

QJsonValue inMilliseconds(const std::optional<usage::Latency> &latency, bool isMedian)
{
    return latency ? QJsonValue(qint64((isMedian ? latency->median : latency->p95).count())) : QJsonValue();
}

QJsonObject resultJson(const knowledge::Citation &citation)
{
    return {{u"marker"_s, citation.marker}, {u"document"_s, citation.document},  {u"page"_s, orNull(citation.page)},
            {u"place"_s, citation.place},   {u"start"_s, citation.start},        {u"end"_s, citation.end},
            {u"quote"_s, citation.quote},   {u"verified"_s, citation.isVerified}};
}

QJsonArray citationsOf(const chat::Message &answer)
{
    QJsonArray citations;
    for (const chat::Citation &citation : answer.citations) {
        citations.append(QJsonObject{{u"marker"_s, citation.label},
                                     {u"document"_s, citation.document},
                                     {u"page"_s, orNull(citation.page)},
                                     {u"start"_s, citation.start},
                                     {u"end"_s, citation.end},
                                     {u"quote"_s, citation.quote}});
    }
    return citations;
}

} // namespace

QJsonObject resultJson(const Error &error)
{
    return {{u"error"_s,
             QJsonObject{{u"kind"_s, nameOf(error.kind)}, {u"message"_s, error.message}, {u"detail"_s, error.detail}}}};
}

QJsonObject resultJson(const llm::Event &event)
{
    const auto piece = [](const QString &type, const QString &text) {
        return QJsonObject{{u"type"_s, type}, {u"text"_s, text}};
    };
    return std::visit(
        llm::Visitor{
            [&](const llm::TextDelta &delta) { return piece(u"text"_s, delta.text); },
            [&](const llm::ReasoningDelta &delta) { return piece(u"reasoning"_s, delta.text); },
            [&](const llm::ToolCallDelta &delta) {
                return QJsonObject{{u"type"_s, u"tool_call"_s},
                                   {u"id"_s, delta.id},
                                   {u"name"_s, delta.name},
                                   {u"arguments"_s, delta.arguments}};
            },
            [&](const llm::UsageReported &reported) {
                return QJsonObject{{u"type"_s, u"usage"_s},
                                   {u"prompt_tokens"_s, reported.usage.prompt},
                                   {u"completion_tokens"_s, reported.usage.completion}};
            },
            [](const llm::Thought &) { return QJsonObject(); }, [](const llm::Cited &) { return QJsonObject(); },
            [](const llm::Quoted &) { return QJsonObject(); }, [](const llm::ModelNamed &) { return QJsonObject(); },
            [](const llm::Stopped &) { return QJsonObject(); }, [](const llm::Waiting &) { return QJsonObject(); }},
        event);
}

QJsonObject resultJson(const chat::Answered &answered, const QString &conversation)
{
    const llm::Completion &completion = answered.completion;
    return {{u"type"_s, u"done"_s},
            {u"conversation"_s, conversation.isEmpty() ? QJsonValue() : QJsonValue(conversation)},
            {u"endpoint"_s, answered.message.facts.endpoint},
            {u"model"_s, answered.message.facts.model},
            {u"citations"_s, citationsOf(answered.message)},
            {u"cost_usd"_s, costOf(completion)},
            {u"latency_ms"_s, qint64(completion.totalTime.count())}};
}

QJsonObject resultJson(const knowledge::Hit &hit, int rank)
{
    QJsonObject row{
        {u"rank"_s, rank},       {u"score"_s, hit.score}, {u"document"_s, hit.document},
        {u"start"_s, hit.start}, {u"end"_s, hit.end},     {u"text"_s, hit.text},
        {u"title"_s, hit.title}, {u"place"_s, hit.place}, {u"headings"_s, QJsonArray::fromStringList(hit.headings)}};
    if (hit.page)
        row[u"page"] = *hit.page;
    return row;
}

QJsonObject resultJson(const summarize::Summary &summary)
{
    const llm::Completion &completion = summary.completion;
    QJsonArray sources;
    for (const summarize::SourceSentence &sentence : summary.sentences) {
        sources.append(QJsonObject{{u"document"_s, sentence.document},
                                   {u"start"_s, sentence.start},
                                   {u"end"_s, sentence.end},
                                   {u"text"_s, sentence.text}});
    }
    return {{u"summary"_s, summary.text},
            {u"model"_s, completion.model},
            {u"endpoint"_s, completion.endpoint},
            {u"cached"_s, completion.cached},
            {u"usage"_s, usageOf(completion)},
            {u"stop_reason"_s, nameOf(completion.stopReason)},
            {u"latency_ms"_s, qint64(completion.totalTime.count())},
            {u"sources"_s, sources}};
}

QJsonObject resultJson(const knowledge::Answer &answer)
{
    const llm::Completion &completion = answer.completion;
    QJsonArray citations;
    for (const knowledge::Citation &citation : answer.citations)
        citations.append(resultJson(citation));
    QJsonArray claims;
    for (const knowledge::Claim &claim : answer.claims) {
        QJsonArray markers;
        for (const int marker : claim.markers)
            markers.append(marker);
        claims.append(
            QJsonObject{{u"text"_s, claim.text}, {u"markers"_s, markers}, {u"supported"_s, claim.isSupported}});
    }
    QJsonObject object{{u"answer"_s, answer.text},
                       {u"citations"_s, citations},
                       {u"claims"_s, claims},
                       {u"found"_s, !answer.knowsNothing},
                       {u"question"_s, answer.question},
                       {u"model"_s, completion.model},
                       {u"endpoint"_s, completion.endpoint},
                       {u"cached"_s, completion.cached},
                       {u"usage"_s, usageOf(completion)},
                       {u"latency_ms"_s, qint64(completion.totalTime.count())}};
    if (!answer.notes.isEmpty())
        object[u"notes"] = QJsonArray::fromStringList(answer.notes);
    return object;
}

QJsonObject resultJson(const QString &collection, const knowledge::IngestReport &report)
{
    return {{u"collection"_s, collection},
            {u"read"_s, report.read},
            {u"known"_s, report.known},
            {u"unchanged"_s, report.unchanged},
            {u"removed"_s, report.removed},
            {u"skipped"_s, report.skipped},
            {u"failed"_s, report.failed},
            {u"bytes"_s, report.bytes},
            {u"milliseconds"_s, qint64(report.time.count())}};
}

QJsonObject resultJson(const knowledge::CollectionInfo &info)
{
    QJsonArray sources;
    for (const knowledge::SourceRow &source : info.sources)
        sources.append(source.path);
    return {{u"name"_s, info.settings.name},
            {u"id"_s, info.id},
            {u"documents"_s, info.sums.documents},
            {u"indexed"_s, info.sums.indexed},
            {u"pending"_s, info.sums.pending},
            {u"failed"_s, info.sums.failed},
            {u"skipped"_s, info.sums.skipped},
            {u"passages"_s, info.sums.chunks},
            {u"bytes"_s, info.sums.bytes},
            {u"file_bytes"_s, info.fileSize},
            {u"watched"_s, info.settings.watched},
            {u"embedding"_s, info.settings.embedding},
            {u"vector_weight"_s, info.space && info.space->weight ? QJsonValue(*info.space->weight) : QJsonValue()},
            {u"sources"_s, sources}};
}

QJsonObject resultJson(const batch::Run &run)
{
    const QJsonValue cost = run.unpriced > 0 ? QJsonValue() : QJsonValue(run.cost.dollars());
    // A listing under way is shown as what it is for: work on the run.
    const batch::RunState state = run.state == batch::RunState::Preparing || run.state == batch::RunState::Submitted
                                      ? batch::RunState::Processing
                                      : run.state;
    return {{u"id"_s, run.id.value},   {u"state"_s, nameOf(state)}, {u"total"_s, run.total},     {u"done"_s, run.done},
            {u"failed"_s, run.failed}, {u"queued"_s, run.queued},   {u"running"_s, run.running}, {u"cost_usd"_s, cost}};
}

QJsonObject resultJson(const knowledge::WholeEstimate &estimate)
{
    return {{u"documents"_s, estimate.documents},
            {u"passages"_s, estimate.passages},
            {u"requests"_s, estimate.requests},
            {u"prompt_tokens"_s, estimate.promptTokens},
            {u"completion_tokens"_s, estimate.completionTokens},
            {u"cost_usd"_s, estimate.cost ? QJsonValue(estimate.cost->dollars()) : QJsonValue()},
            {u"seconds"_s, qint64(estimate.time.count())}};
}

QJsonObject resultJson(const usage::UsageRow &row, const QString &split)
{
    return {{split, row.key},
            {u"requests"_s, row.requests},
            {u"cached"_s, row.cached},
            {u"failed"_s, row.failed},
            {u"prompt_tokens"_s, row.promptTokens},
            {u"completion_tokens"_s, row.completionTokens},
            {u"cost_usd"_s, row.knownCost() ? QJsonValue(row.knownCost()->dollars()) : QJsonValue()},
            {u"unpriced_requests"_s, row.unpriced},
            {u"saved_usd"_s, row.saved.dollars()},
            {u"hit_rate"_s, row.hitRate()},
            {u"saved_share"_s, row.savedShare()},
            {u"first_token_ms_median"_s, inMilliseconds(row.firstToken, true)},
            {u"first_token_ms_p95"_s, inMilliseconds(row.firstToken, false)},
            {u"latency_ms_average"_s, row.averageTime ? QJsonValue(qint64(row.averageTime->count())) : QJsonValue()},
            {u"latency_ms_median"_s, inMilliseconds(row.total, true)},
            {u"latency_ms_p95"_s, inMilliseconds(row.total, false)}};
}

} // namespace quintet
