// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/openai/chatrequest.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 mostTokens = 1'000'000'000;
constexpr qint64 largestExact = 1LL << 53; // in a number of JSON

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

std::optional<llm::Role> roleNamed(const QString &name)
{
    if (name == u"system" || name == u"developer")
        return llm::Role::System;
    if (name == u"user")
        return llm::Role::User;
    if (name == u"assistant")
        return llm::Role::Assistant;
    if (name == u"tool" || name == u"function")
        return llm::Role::Tool;
    return std::nullopt;
}

Result<llm::Image> imageFrom(const QJsonObject &part)
{
    const QJsonValue given = part[u"image_url"];
    const QString url = given.isString() ? given.toString() : given[u"url"].toString();
    const qsizetype comma = url.indexOf(u',');
    if (!url.startsWith(u"data:") || comma < 0 || !url.first(comma).endsWith(u";base64"))
        return failure(ErrorKind::BadInput, tr("Send pictures in the request, as data:image/png;base64,...; addresses "
                                               "are not fetched."));
    const auto bytes =
        QByteArray::fromBase64Encoding(url.sliced(comma + 1).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return failure(ErrorKind::BadInput, tr("A picture is no base64."));
    return llm::Image{*bytes, url.first(comma).sliced(5).section(u';', 0, 0)};
}

Result<void> takeContent(const QJsonValue &content, llm::Message &message)
{
    if (!content.isArray()) {
        message.text = content.toString();
        return {};
    }
    for (const QJsonValue part : content.toArray()) {
        const QString type = part[u"type"].toString();
        if (type == u"text" || type == u"refusal") {
            message.text += part[type].toString();
        } else if (type == u"image_url") {
            auto image = imageFrom(part.toObject());
            if (!image)
                return std::unexpected(image.error());
            message.images.push_back(std::move(*image));
        } else {
            return failure(ErrorKind::BadInput, tr("Content of the type %1 cannot be passed on.").arg(type));
        }
    }
    return {};
}

Result<llm::Message> messageFrom(const QJsonObject &object)
{
    const auto role = roleNamed(object[u"role"].toString());
    if (!role)
        return failure(ErrorKind::BadInput, tr("There is no role %1.").arg(object[u"role"].toString()));
    llm::Message message{.role = *role, .toolCallId = object[u"tool_call_id"].toString()};
    if (const auto taken = takeContent(object[u"content"], message); !taken)
        return std::unexpected(taken.error());
    for (const QJsonValue call : object[u"tool_calls"].toArray()) {
        const QJsonObject function = call[u"function"].toObject();
        const QJsonObject extra = call[u"extra_content"].toObject();
        message.toolCalls.push_back(
            {.id = call[u"id"].toString(),
             .name = function[u"name"].toString(),
             .arguments = function[u"arguments"].toString(),
             .extra = extra.isEmpty() ? QByteArray() : QJsonDocument(extra).toJson(QJsonDocument::Compact)});
    }
    const QString thought = object[u"reasoning_content"].toString(object[u"reasoning"].toString());
    if (!thought.isEmpty())
        message.thinking.push_back({.text = thought, .signature = {}, .redacted = {}});
    return message;
}

void takeTools(const QJsonObject &body, llm::Request &request)
{
    for (const QJsonValue tool : body[u"tools"].toArray()) {
        const QJsonObject function = tool[u"function"].toObject();
        request.tools.push_back({.name = function[u"name"].toString(),
                                 .description = function[u"description"].toString(),
                                 .schema = function[u"parameters"].toObject()});
    }
    const QJsonValue choice = body[u"tool_choice"];
    const QString name = choice.isString() ? choice.toString() : choice[u"function"][u"name"].toString();
    request.toolChoice = name == u"auto" ? QString() : name;
}

void takeFormat(const QJsonObject &body, llm::Request &request)
{
    const QJsonObject format = body[u"response_format"].toObject();
    const QString type = format[u"type"].toString();
    if (type == u"json_object")
        request.format = llm::ResponseFormat{.schema = {}};
    else if (type == u"json_schema")
        request.format = llm::ResponseFormat{.name = format[u"json_schema"][u"name"].toString(u"answer"_s),
                                             .schema = format[u"json_schema"][u"schema"].toObject()};
}

/// The whole number of that name, if there is one.
Result<std::optional<qint64>> wholeNumber(const QJsonObject &body, const QString &name, qint64 least, qint64 most)
{
    const QJsonValue value = body[name];
    if (value.isNull() || value.isUndefined())
        return std::nullopt;
    const double number = value.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!(number >= double(least) && number <= double(most)) || number != std::floor(number))
        return failure(ErrorKind::BadInput,
                       tr("\"%1\" is to be a whole number from %2 to %3.").arg(name).arg(least).arg(most));
    return value.toInteger();
}

Result<void> takeParameters(const QJsonObject &body, llm::Parameters &parameters)
{
    const auto number = [&body](const QString &name) {
        return body[name].isDouble() ? std::optional(body[name].toDouble()) : std::nullopt;
    };
    parameters.temperature = number(u"temperature"_s);
    parameters.topP = number(u"top_p"_s);
    for (const QString &name : {u"max_tokens"_s, u"max_completion_tokens"_s}) {
        const auto tokens = wholeNumber(body, name, 1, mostTokens);
        if (!tokens)
            return std::unexpected(tokens.error());
        if (*tokens)
            parameters.maxTokens = int(**tokens);
    }
    const auto seed = wholeNumber(body, u"seed"_s, -largestExact, largestExact);
    if (!seed)
        return std::unexpected(seed.error());
    parameters.seed = *seed;
    if (body[u"stop"].isString())
        parameters.stop = {body[u"stop"].toString()};
    else
        parameters.stop = body[u"stop"].toVariant().toStringList();
    parameters.reasoningEffort = body[u"reasoning_effort"].toString();
    return {};
}

/// Whether the answer can have the form that is asked for.
Result<void> checkForm(const QJsonObject &body)
{
    const auto choices = wholeNumber(body, u"n"_s, 1, 1);
    if (!choices)
        return std::unexpected(choices.error());
    if (body[u"logprobs"].toBool())
        return failure(ErrorKind::BadInput, tr("Probabilities (\"logprobs\") cannot be passed on."));
    if (body.contains(u"functions"))
        return failure(ErrorKind::BadInput, tr("Name \"tools\" in place of \"functions\"."));
    for (const QJsonValue modality : body[u"modalities"].toArray()) {
        if (modality.toString() != u"text")
            return failure(ErrorKind::BadInput, tr("Answers are text alone."));
    }
    return {};
}

} // namespace

Result<ChatRequest> chatRequestFrom(const QJsonObject &body)
{
    if (const auto possible = checkForm(body); !possible)
        return std::unexpected(possible.error());
    ChatRequest result;
    result.request.pattern = u"chat"_s;
    result.request.model = body[u"model"].toString();
    result.request.mayCache = true;
    for (const QJsonValue each : body[u"messages"].toArray()) {
        auto message = messageFrom(each.toObject());
        if (!message)
            return std::unexpected(message.error());
        result.request.messages.push_back(std::move(*message));
    }
    if (result.request.messages.empty())
        return failure(ErrorKind::BadInput, tr("There are no messages."));
    takeTools(body, result.request);
    takeFormat(body, result.request);
    if (const auto taken = takeParameters(body, result.request.parameters); !taken)
        return std::unexpected(taken.error());
    result.stream = body[u"stream"].toBool();
    result.includeUsage = body[u"stream_options"][u"include_usage"].toBool();
    return result;
}

} // namespace quintet::serve
