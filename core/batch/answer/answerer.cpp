// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/answerer.h"

#include "base/onpool.h"
#include "batch/answer/keywords.h"
#include "document/chunks/chunker.h"
#include "text/tokenestimate.h"

#include <QCoreApplication>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr int keywordCount = 8;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

Result<ItemResult> plainResult(const Result<llm::Completion> &completion)
{
    if (!completion)
        return std::unexpected(completion.error());
    if (completion->stopReason == llm::StopReason::Filtered || completion->stopReason == llm::StopReason::Refused)
        return failure(ErrorKind::Refused, tr("The model or its server declined to answer."));
    const QString text = completion->text.trimmed();
    if (text.isEmpty())
        return failure(ErrorKind::Protocol, tr("The model answered with nothing."));
    return ItemResult{.text = text,
                      .model = completion->model,
                      .valid = {},
                      .cached = completion->cached,
                      .promptTokens = completion->usage.prompt,
                      .completionTokens = completion->usage.completion,
                      .cost = completion->cost,
                      .saved = completion->saved,
                      .time = completion->totalTime};
}

/// `sum` with what another request took; a cost that is not known makes the sum unknown.
ItemResult added(ItemResult sum, const ItemResult &one)
{
    sum.cached = sum.cached && one.cached;
    sum.promptTokens += one.promptTokens;
    sum.completionTokens += one.completionTokens;
    sum.cost = sum.cost && one.cost ? std::optional(usage::Money{sum.cost->nanoDollars + one.cost->nanoDollars})
                                    : std::nullopt;
    if (one.saved)
        sum.saved = usage::Money{sum.saved.value_or(usage::Money()).nanoDollars + one.saved->nanoDollars};
    sum.time += one.time;
    return sum;
}

} // namespace

Task<Result<void>> Answerer::prepare(Run run, CancelToken token)
{
    m_spec = run.spec;
    m_asking = askingOf(run);
    if (auto checked = check(m_spec); !checked)
        co_return checked;
    if (auto checked = Template(m_spec.prompt).check(); !checked)
        co_return checked;
    if (const QJsonObject schema = answerSchemaOf(m_spec); !schema.isEmpty()) {
        auto parsed = AnswerSchema::from(schema);
        if (!parsed)
            co_return std::unexpected(parsed.error());
        m_schema = std::move(*parsed);
    }
    if (m_asking.endpoint.kind == llm::EndpointKind::Builtin)
        co_return Result<void>();
    const Result<llm::Endpoint> endpoint = co_await m_catalog.withModel(m_asking.endpoint, token);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    m_asking.endpoint = *endpoint;
    m_room = roomFor(m_spec, co_await m_catalog.contextTokens(*endpoint, token));
    co_return Result<void>();
}

Result<llm::Request> Answerer::request(const Material &material) const
{
    return requestFor(m_spec, m_asking, material.values);
}

bool Answerer::fits(const Material &material) const
{
    return text::estimateTokens(material.values.text) <= m_room;
}

Result<ItemResult> Answerer::resultFrom(const llm::Completion &completion) const
{
    return plainResult(completion).transform([this](ItemResult result) {
        if (!m_schema)
            return result;
        const Result<QString> checked = m_schema->checked(result.text);
        result.valid = checked.has_value();
        if (checked)
            result.text = *checked;
        return result;
    });
}

Task<Result<ItemResult>> Answerer::answer(Material material, CancelToken token)
{
    if (material.values.text.trimmed().isEmpty())
        co_return failure(ErrorKind::BadInput, tr("There is no text in it."));
    if (m_asking.endpoint.kind == llm::EndpointKind::Builtin)
        co_return co_await answerBuiltin(std::move(material), token);
    if (m_spec.task == TaskKind::Summarize && m_spec.schema.isEmpty()) {
        const QString wish = m_spec.prompt.trimmed().isEmpty() ? QString() : purposeOf(m_spec);
        co_return plainResult(co_await m_texts.summarize(std::move(material.document), wish, m_asking, token));
    }
    if (text::estimateTokens(material.values.text) > m_room)
        co_return co_await answerInParts(std::move(material), token);
    const auto whole = request(material);
    if (!whole)
        co_return std::unexpected(whole.error());
    auto result = co_await ask(*whole, token);
    // The context may be smaller than the server says; it is learnt by then.
    if (!result && result.error().kind == ErrorKind::ContextTooLong) {
        m_room = std::min(m_room, std::max<qint64>(256, text::estimateTokens(material.values.text) / 2));
        co_return co_await answerInParts(std::move(material), token);
    }
    co_return result;
}

/// A text that the model cannot read at once: parts of it are worked on one by one where that makes sense, else it is
/// condensed to what the prompt is about.
Task<Result<ItemResult>> Answerer::answerInParts(Material material, CancelToken token)
{
    if (m_spec.task != TaskKind::Translate && m_spec.task != TaskKind::Rewrite) {
        const auto notes =
            plainResult(co_await m_texts.condense(material.values.text, m_room, purposeOf(m_spec), m_asking, token));
        if (!notes)
            co_return std::unexpected(notes.error());
        material.values.text = notes->text;
        const auto request = requestFor(m_spec, m_asking, material.values);
        if (!request)
            co_return std::unexpected(request.error());
        const auto result = co_await ask(*request, token);
        co_return result.transform([&](const ItemResult &last) { return added(last, *notes); });
    }
    std::optional<ItemResult> sum;
    const document::ChunkSize size{.tokens = static_cast<int>(m_room), .overlap = 0};
    for (const document::Chunk &chunk : document::chunksOf(material.document, size)) {
        material.values.text = chunk.text;
        const auto request = requestFor(m_spec, m_asking, material.values);
        if (!request)
            co_return std::unexpected(request.error());
        const auto part = co_await ask(*request, token);
        if (!part)
            co_return part;
        const QString text = sum ? sum->text + u"\n\n"_s + part->text : part->text;
        sum = sum ? added(*sum, *part) : *part;
        sum->text = text;
    }
    if (!sum)
        co_return failure(ErrorKind::BadInput, tr("There is no text in it."));
    co_return *sum;
}

Task<Result<ItemResult>> Answerer::answerBuiltin(Material material, CancelToken token)
{
    if (m_spec.task == TaskKind::Summarize)
        co_return plainResult(co_await m_texts.summarize(std::move(material.document), {}, m_asking, token));
    if (m_spec.task == TaskKind::Keywords) {
        const QStringList words =
            co_await onPool([text = material.values.text] { return keywordsOf(text, keywordCount); });
        if (words.isEmpty())
            co_return failure(ErrorKind::BadInput, tr("There are no words in it."));
        co_return ItemResult{.text = words.join(u", "_s), .model = m_asking.endpoint.model, .cost = usage::Money()};
    }
    // A prompt is read as a question to the item; the text itself is not part of the question.
    TemplateValues values = material.values;
    values.text.clear();
    const auto question = Template(m_spec.prompt).filledWith(values);
    if (!question)
        co_return std::unexpected(question.error());
    llm::Request request;
    request.pattern = u"batch"_s;
    request.model = m_asking.endpoint.model;
    request.run = m_asking.run;
    request.mayCache = m_asking.useCache;
    request.messages = {{llm::Role::User, *question}};
    request.answer = llm::AnswerWish{.question = *question, .cite = false};
    const auto chunks = co_await onPool([document = material.document] { return document::chunksOf(document); });
    for (const document::Chunk &chunk : chunks)
        request.answer->passages.push_back({chunk.text, material.values.fileName});
    co_return plainResult(co_await llm::collect(m_gateway.ask(m_asking.endpoint, request), {}, token));
}

Task<Result<ItemResult>> Answerer::ask(llm::Request request, CancelToken token)
{
    auto result = plainResult(co_await llm::collect(m_gateway.ask(m_asking.endpoint, request), {}, token));
    if (!result || !m_schema)
        co_return result;
    const Result<QString> checked = m_schema->checked(result->text);
    if (!checked)
        co_return co_await repaired(repairOf(std::move(request), result->text, checked.error().message), *result,
                                    token);
    result->text = *checked;
    result->valid = true;
    co_return result;
}

/// Asks once more for an answer that does not fit. What comes is kept, and marked if it does not fit either.
Task<Result<ItemResult>> Answerer::repaired(llm::Request request, ItemResult first, CancelToken token)
{
    const auto second = plainResult(co_await llm::collect(m_gateway.ask(m_asking.endpoint, request), {}, token));
    if (!second && second.error().kind != ErrorKind::Refused && second.error().kind != ErrorKind::ContextTooLong)
        co_return second;
    ItemResult result = first;
    result.valid = false;
    if (second) {
        const Result<QString> checked = m_schema->checked(second->text);
        result = added(first, *second);
        result.text = checked ? *checked : second->text;
        result.valid = checked.has_value();
    }
    co_return result;
}

} // namespace quintet::batch
