// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/openai/openaidoor.h"

#include "app/serve/openai/chatanswer.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTimer>

#include <algorithm>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto collectionPrefix = "knowledge/"_L1;
constexpr int mostDimensions = 4'096;
constexpr qsizetype mostInputs = 2'048; // as OpenAI's own
constexpr auto listingLimit = 3s;       // for a server to say which models it has

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QJsonObject chatSchema()
{
    return objectSchema({{u"model"_s, QJsonObject{{u"description"_s, u"one of /v1/models"_s},
                                                  {u"type"_s, QJsonArray{u"string"_s, u"null"_s}}}},
                         {u"messages"_s, property(u"array"_s, u"as OpenAI's API has them"_s)},
                         {u"stream"_s, QJsonObject{{u"description"_s, u"send the answer as it is written"_s},
                                                   {u"type"_s, QJsonArray{u"boolean"_s, u"null"_s}}}}},
                        {u"messages"_s});
}

QJsonObject embeddingSchema()
{
    const QJsonObject input{{u"description"_s, u"a text, or several"_s},
                            {u"type"_s, QJsonArray{u"string"_s, u"array"_s}}};
    const QJsonObject dimensions{
        {u"type"_s, QJsonArray{u"integer"_s, u"null"_s}}, {u"minimum"_s, 1}, {u"maximum"_s, mostDimensions}};
    return objectSchema({{u"model"_s, property(u"string"_s, u"one of /v1/models"_s)},
                         {u"input"_s, input},
                         {u"dimensions"_s, dimensions}},
                        {u"input"_s});
}

QJsonObject modelRow(const QString &id, const QString &owner)
{
    return {{u"id"_s, id}, {u"object"_s, u"model"_s}, {u"created"_s, 0}, {u"owned_by"_s, owner}};
}

/// The turns before the last question, in pairs.
std::vector<knowledge::Exchange> turnsBefore(const std::vector<llm::Message> &messages)
{
    std::vector<knowledge::Exchange> turns;
    for (const llm::Message &message : messages) {
        if (message.role == llm::Role::User)
            turns.push_back({.question = message.text, .answer = {}});
        else if (message.role == llm::Role::Assistant && !turns.empty())
            turns.back().answer = message.text;
    }
    if (!turns.empty())
        turns.pop_back();
    return turns;
}

/// The documents behind the markers of an answer, for clients that show nothing but its text.
QString sourcesOf(const knowledge::Answer &answer)
{
    QStringList lines;
    for (const knowledge::Citation &citation : answer.citations) {
        const QString place = citation.place.isEmpty() ? QString() : u", "_s + citation.place;
        const QString line = u"[%1] %2%3"_s.arg(QString::number(citation.marker), citation.title, place);
        if (!lines.contains(line))
            lines << line;
    }
    return lines.isEmpty() ? QString() : u"\n\n"_s + lines.join(u'\n');
}

QJsonArray citationsOf(const knowledge::Answer &answer)
{
    QJsonArray citations;
    for (const knowledge::Citation &citation : answer.citations) {
        citations.append(QJsonObject{{u"marker"_s, citation.marker},
                                     {u"document"_s, citation.document},
                                     {u"page"_s, citation.page ? QJsonValue(*citation.page) : QJsonValue()},
                                     {u"quote"_s, citation.quote},
                                     {u"verified"_s, citation.isVerified}});
    }
    return citations;
}

/// OpenAI's clients ask for base64: little-endian float32.
QJsonValue vectorJson(const std::vector<float> &vector, bool asBase64)
{
    if (asBase64) {
        QByteArray bytes(qsizetype(vector.size() * sizeof(float)), Qt::Uninitialized);
        qToLittleEndian<float>(vector.data(), qsizetype(vector.size()), bytes.data());
        return QString::fromLatin1(bytes.toBase64());
    }
    QJsonArray numbers;
    for (const float number : vector)
        numbers.append(double(number));
    return numbers;
}

} // namespace

void OpenAiDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Get,
                .path = u"/v1/models"_s,
                .summary = u"The models there are, as OpenAI's API lists them"_s,
                .style = ErrorStyle::OpenAi,
                .handler = [this](auto exchange) { return models(std::move(exchange)); }});
    routes.add({.method = Method::Get,
                .path = u"/v1/models/{id}"_s,
                .summary = u"One model"_s,
                .style = ErrorStyle::OpenAi,
                .handler = [this](auto exchange) { return model(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/v1/chat/completions"_s,
                .summary = u"A chat completion, as OpenAI's API has it"_s,
                .body = chatSchema(),
                .isStream = true,
                .style = ErrorStyle::OpenAi,
                .handler = [this](auto exchange) { return chat(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/v1/embeddings"_s,
                .summary = u"The meaning of texts as vectors, as OpenAI's API has it"_s,
                .body = embeddingSchema(),
                .style = ErrorStyle::OpenAi,
                .handler = [this](auto exchange) { return embed(std::move(exchange)); }});
}

Task<Result<llm::Endpoint>> OpenAiDoor::endpointFor(QString model, QString pattern, CancelToken token)
{
    QJsonObject wish{{u"model"_s, model}};
    const QString first = model.section(u'/', 0, 0);
    if (model == llm::builtinEndpoint().name)
        wish = {{u"endpoint"_s, model}};
    else if (model.contains(u'/') && m_asking.services().endpoints().find(first))
        wish = {{u"endpoint"_s, first}, {u"model"_s, model.section(u'/', 1)}};
    const auto endpoint = m_asking.endpointFor(wish, pattern);
    if (!endpoint)
        co_return std::unexpected(endpoint.error());
    co_return co_await m_asking.services().catalog().withModel(*endpoint, token);
}

Task<QJsonArray> OpenAiDoor::modelRows()
{
    Services &services = m_asking.services();
    QJsonArray rows;
    CancelSource limit;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&limit] { limit.request_stop(); });
    timer.start(listingLimit);
    const auto used = m_asking.endpointFor({}, u"chat"_s);
    std::vector<llm::Endpoint> endpoints = services.endpoints().all();
    if (used && std::ranges::find(endpoints, used->name, &llm::Endpoint::name) == endpoints.end())
        endpoints.push_back(*used);
    std::erase_if(endpoints, [](const auto &endpoint) { return endpoint.kind == llm::EndpointKind::Builtin; });
    // All are asked at once, so that a server that is down leaves the others in the list.
    std::vector<Task<Result<QStringList>>> answers;
    for (const llm::Endpoint &endpoint : endpoints)
        answers.push_back(services.catalog().models(endpoint, limit.get_token()));
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const llm::Endpoint &endpoint = endpoints[i];
        auto names = co_await answers[i];
        if (!names)
            names = endpoint.model.isEmpty() ? QStringList() : QStringList{endpoint.model};
        for (const QString &name : *names) {
            // A name that reads like another endpoint's model needs its own endpoint before it.
            const bool isPlain =
                used && endpoint.name == used->name && !services.endpoints().find(name.section(u'/', 0, 0));
            rows.append(modelRow(isPlain ? name : endpoint.name + u'/' + name, endpoint.name));
        }
    }
    rows.append(modelRow(llm::builtinEndpoint().name, u"quintet"_s));
    const auto collections = co_await services.library().list();
    for (const knowledge::CollectionInfo &info : collections.value_or(std::vector<knowledge::CollectionInfo>()))
        rows.append(modelRow(collectionPrefix + info.settings.name, u"quintet"_s));
    co_return rows;
}

Task<void> OpenAiDoor::models(std::shared_ptr<Exchange> exchange)
{
    exchange->answer(QJsonObject{{u"object"_s, u"list"_s}, {u"data"_s, co_await modelRows()}});
}

Task<void> OpenAiDoor::model(std::shared_ptr<Exchange> exchange)
{
    for (const QJsonValue row : co_await modelRows()) {
        if (row[u"id"].toString() == exchange->part(0))
            co_return exchange->answer(row.toObject());
    }
    exchange->fail(Error(ErrorKind::BadInput, tr("There is no model %1.").arg(exchange->part(0))), Status::NotFound);
}

Task<void> OpenAiDoor::chat(std::shared_ptr<Exchange> exchange)
{
    const auto body = exchange->json();
    if (!body)
        co_return exchange->fail(body.error());
    auto asked = chatRequestFrom(*body);
    if (!asked)
        co_return exchange->fail(asked.error());
    if (asked->request.model.startsWith(collectionPrefix))
        co_await answerFromCollection(exchange, std::move(*asked));
    else
        co_await passOn(exchange, std::move(*asked));
}

Task<void> OpenAiDoor::passOn(std::shared_ptr<Exchange> exchange, ChatRequest asked)
{
    const auto endpoint = co_await endpointFor(asked.request.model, u"chat"_s, exchange->token());
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    ChatAnswer answer(asked.request.model.isEmpty() ? endpoint->model : asked.request.model);
    asked.request.model = endpoint->model;
    const auto pass = [&answer, exchange, streams = asked.stream](const llm::Event &event) {
        if (const QJsonObject chunk = streams ? answer.chunkFor(event) : QJsonObject(); !chunk.isEmpty()) {
            exchange->beginEvents();
            exchange->send(chunk);
        }
    };
    const auto completion =
        co_await llm::collect(m_asking.services().gateway().ask(*endpoint, asked.request), pass, exchange->token());
    if (!completion)
        co_return exchange->fail(completion.error());
    if (!asked.stream)
        co_return exchange->answer(answer.whole(*completion));
    exchange->beginEvents();
    exchange->send(answer.lastChunk(*completion));
    if (asked.includeUsage)
        exchange->send(answer.usageChunk(*completion));
    exchange->endEvents(QByteArray("[DONE]"));
}

Task<void> OpenAiDoor::answerFromCollection(std::shared_ptr<Exchange> exchange, ChatRequest asked)
{
    const QString name = asked.request.model.sliced(collectionPrefix.size());
    const auto &messages = asked.request.messages;
    const auto question = std::ranges::find(messages.rbegin(), messages.rend(), llm::Role::User, &llm::Message::role);
    if (question == messages.rend())
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("There is no question: no message of a user.")));
    if (const auto found = co_await m_asking.services().library().find(name); !found)
        co_return exchange->fail(found.error(), Status::NotFound);
    const auto endpoint = m_asking.endpointFor({}, u"knowledge"_s);
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    const knowledge::AskWish wish{
        .query = {.collections = {name}, .text = question->text, .patience = knowledge::patienceInTalk},
        .before = turnsBefore(messages),
        .endpoint = *endpoint,
        .parameters = asked.request.parameters};
    ChatAnswer answer(asked.request.model);
    const auto say = [&answer, exchange](const QString &text) {
        exchange->beginEvents();
        exchange->send(answer.chunkFor(llm::TextDelta{text}));
    };
    knowledge::AskWatcher watcher;
    if (asked.stream)
        watcher.onText = say;
    const auto found = co_await m_asking.services().answerer().ask(wish, watcher, exchange->token());
    if (!found)
        co_return exchange->fail(found.error());
    llm::Completion completion = found->completion;
    completion.text = found->text + sourcesOf(*found);
    if (!asked.stream) {
        QJsonObject object = answer.whole(completion);
        object[u"citations"] = citationsOf(*found);
        co_return exchange->answer(object);
    }
    if (const QString sources = sourcesOf(*found); !sources.isEmpty())
        say(sources);
    QJsonObject last = answer.lastChunk(completion);
    last[u"citations"] = citationsOf(*found);
    exchange->beginEvents();
    exchange->send(last);
    if (asked.includeUsage)
        exchange->send(answer.usageChunk(completion));
    exchange->endEvents(QByteArray("[DONE]"));
}

Task<void> OpenAiDoor::embed(std::shared_ptr<Exchange> exchange)
{
    const auto body = exchange->json();
    if (!body)
        co_return exchange->fail(body.error());
    const QString model = (*body)[u"model"].toString();
    llm::EmbeddingRequest request{.pattern = u"knowledge"_s, .dimensions = (*body)[u"dimensions"].toInt()};
    const QJsonValue input = (*body)[u"input"];
    if (input.toArray().size() > mostInputs)
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("At most %1 inputs at a time.").arg(mostInputs)));
    for (const QJsonValue each : input.isArray() ? input.toArray() : QJsonArray{input}) {
        if (each.toString().isEmpty())
            co_return exchange->fail(
                Error(ErrorKind::BadInput, tr("Each input is to be a text that is not empty; tokens "
                                              "cannot be passed on.")));
        request.texts << each.toString();
    }
    if (request.texts.isEmpty())
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("There is no input.")));
    const auto endpoint = co_await endpointFor(model, request.pattern, exchange->token());
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    request.model = endpoint->model;
    const auto embeddings = co_await m_asking.services().gateway().embed(*endpoint, request, exchange->token());
    if (!embeddings)
        co_return exchange->fail(embeddings.error());
    QJsonArray data;
    const bool asBase64 = (*body)[u"encoding_format"].toString() == u"base64";
    for (const std::vector<float> &vector : embeddings->vectors) {
        data.append(QJsonObject{
            {u"object"_s, u"embedding"_s}, {u"index"_s, data.size()}, {u"embedding"_s, vectorJson(vector, asBase64)}});
    }
    const qint64 tokens = embeddings->usage.prompt;
    exchange->answer(QJsonObject{{u"object"_s, u"list"_s},
                                 {u"data"_s, data},
                                 {u"model"_s, model.isEmpty() ? endpoint->model : model},
                                 {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, tokens}, {u"total_tokens"_s, tokens}}}});
}

} // namespace quintet::serve
