// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/instruction.h"

#include "batch/answer/answerschema.h"
#include "text/tokenestimate.h"

#include <QJsonDocument>

#include <algorithm>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 usualAnswer = 1'000; // tokens left for an answer where no limit is set

QString withWish(const QString &instruction, const RunSpec &spec)
{
    return spec.prompt.trimmed().isEmpty() ? instruction : instruction + u' ' + spec.prompt.trimmed();
}

QString languageClause(const RunSpec &spec)
{
    return spec.language.isEmpty() || spec.task == TaskKind::Translate ? QString()
                                                                       : u" Answer in %1."_s.arg(spec.language);
}

QString schemaClause(const QJsonObject &schema)
{
    if (schema.isEmpty())
        return {};
    return u" Answer with one JSON value that fits this JSON schema, and nothing else: "_s
           + QString::fromUtf8(QJsonDocument(schema).toJson(QJsonDocument::Compact));
}

} // namespace

QJsonObject answerSchemaOf(const RunSpec &spec)
{
    return spec.task == TaskKind::Classify ? schemaOfLabels(spec.labels) : spec.schema;
}

Asking askingOf(const Run &run)
{
    return {.endpoint = run.spec.endpoint,
            .parameters = run.spec.parameters,
            .language = run.spec.language,
            .useCache = run.spec.useCache,
            .run = run.id.value,
            .runBudget = run.spec.budget};
}

// Prompts are not translated: models follow English instructions best, whatever the language of the text.
QString purposeOf(const RunSpec &spec)
{
    switch (spec.task) {
    case TaskKind::Prompt: return spec.prompt;
    case TaskKind::Summarize: return withWish(u"Summarize the text."_s, spec);
    case TaskKind::Extract:
        return withWish(u"Take the fields that the schema names out of the text. Use null for what the text does not "
                        "say; guess nothing."_s,
                        spec);
    case TaskKind::Classify:
        return withWish(u"Say which one of these labels fits the text best: %1."_s.arg(spec.labels.join(u", "_s)),
                        spec);
    case TaskKind::Keywords:
        return withWish(u"List the five to ten keywords that say best what the text is about, in its language, on one "
                        "line, parted by commas. Answer with the keywords alone."_s,
                        spec);
    case TaskKind::Translate:
        return withWish(u"Translate the text into %1. Keep its structure and Markdown, names and figures. Answer with "
                        "the translation alone."_s.arg(spec.language),
                        spec);
    case TaskKind::Rewrite:
        return u"Rewrite the text as follows: %1 Keep what it says. Answer with the new text alone."_s.arg(
            spec.prompt.trimmed());
    }
    Q_UNREACHABLE();
}

Result<llm::Request> requestFor(const RunSpec &spec, const Asking &asking, const TemplateValues &values)
{
    llm::Request request;
    request.pattern = u"batch"_s;
    request.model = asking.endpoint.model;
    request.parameters = asking.parameters;
    if (!request.parameters.temperature)
        request.parameters.temperature = 0;
    request.mayCache = asking.useCache;
    request.run = asking.run;
    request.runBudget = asking.runBudget;
    const QJsonObject schema = answerSchemaOf(spec);
    if (!schema.isEmpty())
        request.format = llm::ResponseFormat{.schema = schema};
    const Template prompt(purposeOf(spec));
    const Result<QString> filled = prompt.filledWith(values);
    if (!filled)
        return std::unexpected(filled.error());
    const QString instruction = *filled + languageClause(spec) + schemaClause(schema);
    if (prompt.holdsContent())
        request.messages = {{llm::Role::User, instruction}};
    else
        request.messages = {{llm::Role::System, instruction}, {llm::Role::User, values.text}};
    return request;
}

llm::Request repairOf(llm::Request request, const QString &answer, const QString &why)
{
    request.messages.push_back({llm::Role::Assistant, answer});
    request.messages.push_back(
        {llm::Role::User, u"That does not fit the JSON schema:\n%1\nAnswer again, with JSON that "
                          "fits it and nothing else."_s.arg(why)});
    return request;
}

qint64 expectedAnswer(const RunSpec &spec, qint64 textTokens)
{
    const auto usual = [&]() -> qint64 {
        switch (spec.task) {
        case TaskKind::Prompt: return spec.schema.isEmpty() ? 200 : 60;
        case TaskKind::Summarize: return 130;
        case TaskKind::Extract: return 20 + 12 * fieldsOf(spec.schema).size();
        case TaskKind::Classify: return 15;
        case TaskKind::Keywords: return 40;
        case TaskKind::Translate:
        case TaskKind::Rewrite: return textTokens;
        }
        Q_UNREACHABLE();
    };
    return std::min<qint64>(usual(), spec.parameters.maxTokens.value_or(1 << 30));
}

qint64 roomFor(const RunSpec &spec, qint64 contextTokens)
{
    const qint64 answer = spec.parameters.maxTokens.value_or(usualAnswer);
    const qint64 prompt = text::estimateTokens(purposeOf(spec) + schemaClause(answerSchemaOf(spec)));
    // Our estimate is right to about a fifth.
    const auto safe = static_cast<qint64>(0.8 * static_cast<double>(contextTokens));
    // What is translated or rewritten comes out as long as it went in.
    const bool isEcho = spec.task == TaskKind::Translate || spec.task == TaskKind::Rewrite;
    const qint64 room = isEcho ? (safe - prompt) / 2 : safe - prompt - answer;
    return std::max(contextTokens / 8, room);
}

} // namespace quintet::batch
