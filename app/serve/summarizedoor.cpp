// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/summarizedoor.h"

#include "app/resultjson.h"
#include "app/serve/upload.h"
#include "text/normalize.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QJsonObject schema()
{
    QJsonObject style = property(u"string"_s, u"what kind of summary; brief where it is not said"_s);
    style[u"enum"] = QJsonArray{u"brief"_s, u"bullets"_s, u"detailed"_s, u"actions"_s};
    QJsonObject words = property(u"integer"_s, u"about how long"_s);
    words[u"minimum"] = 1;
    return objectSchema(Asking::withCommonProperties(
                            {{u"text"_s, property(u"string"_s, u"what to summarize"_s)},
                             {u"title"_s, property(u"string"_s, u"of the text"_s)},
                             {u"style"_s, style},
                             {u"words"_s, words},
                             {u"instruction"_s, property(u"string"_s, u"what to do instead, in your own words"_s)},
                             {u"language"_s, property(u"string"_s, u"of the summary, by name"_s)}}),
                        {u"text"_s});
}

/// Where a file is sent, what to do with it stands in the query.
Result<QJsonObject> wishesIn(const Exchange &exchange)
{
    QJsonObject wishes;
    for (const QString &name : {u"style"_s, u"instruction"_s, u"language"_s, u"title"_s, u"endpoint"_s, u"model"_s}) {
        if (const QString value = exchange.query(name); !value.isEmpty())
            wishes[name] = value;
    }
    for (const QString &name : {u"words"_s, u"temperature"_s, u"max_tokens"_s, u"budget_usd"_s, u"budget_tokens"_s}) {
        const QString value = exchange.query(name);
        bool isNumber = true;
        if (const double number = value.toDouble(&isNumber); isNumber && number >= 0 && number <= 1e12)
            wishes[name] = number;
        else if (!value.isEmpty())
            return failure(ErrorKind::BadInput, tr("%1 is to be a number, not %2.").arg(name, value));
    }
    return wishes;
}

} // namespace

void SummarizeDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Post,
                .path = u"/api/summarize"_s,
                .summary = u"Summarizes a text, or a file that is sent as a form or as the body"_s,
                .body = schema(),
                .handler = [this](auto exchange) { return summarize(std::move(exchange)); }});
}

Task<Result<document::Document>> SummarizeDoor::documentIn(std::shared_ptr<Exchange> exchange, QJsonObject request)
{
    if (!hasFiles(*exchange)) {
        document::Document document;
        document.text = text::normalized(request[u"text"].toString());
        co_return document;
    }
    const auto files = filesIn(*exchange);
    if (!files)
        co_return std::unexpected(files.error());
    if (files->size() > 1)
        co_return failure(ErrorKind::BadInput, tr("One file at a time."));
    co_return co_await m_asking.services().extractor().extract(
        {.bytes = files->first().content, .name = files->first().name}, exchange->token());
}

Task<void> SummarizeDoor::summarize(std::shared_ptr<Exchange> exchange)
{
    const auto read = hasFiles(*exchange) ? wishesIn(*exchange) : exchange->json();
    if (!read)
        co_return exchange->fail(read.error());
    const QJsonObject request = *read;
    const auto endpoint = m_asking.endpointFor(request, u"summarize"_s);
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    summarize::SummaryWish wish;
    if (request.contains(u"style")) {
        const auto style = summarize::styleNamed(request[u"style"].toString());
        if (!style)
            co_return exchange->fail(Error(ErrorKind::BadInput, tr("A style is brief, bullets, detailed or actions.")));
        wish.style = *style;
    }
    wish.words = request[u"words"].toInt();
    wish.instruction = request[u"instruction"].toString();
    wish.language = request[u"language"].toString();
    wish.parameters = Asking::parametersOf(request);
    wish.budget = Asking::budgetOf(request);
    wish.endpoint = *endpoint;
    if (const auto checked = summarize::checkWish(wish); !checked)
        co_return exchange->fail(checked.error());
    auto document = co_await documentIn(exchange, request);
    if (!document)
        co_return exchange->fail(document.error());
    if (const QString title = request[u"title"].toString(); !title.isEmpty())
        document->title = title;
    const auto summary =
        co_await m_asking.services().summarizer().summarize(std::move(*document), wish, {}, exchange->token());
    summary ? exchange->answer(resultJson(*summary)) : exchange->fail(summary.error());
}

} // namespace quintet::serve
