// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/chatdoor.h"

#include "app/chatturn.h"
#include "app/resultjson.h"

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
    QJsonObject collections = property(u"array"_s, u"names of collections to consult"_s);
    collections[u"items"] = QJsonObject{{u"type"_s, u"string"_s}};
    return objectSchema(
        Asking::withCommonProperties(
            {{u"message"_s, property(u"string"_s, u"what is said"_s)},
             {u"conversation"_s, property(u"string"_s, u"the id of one to go on with; else a new one begins"_s)},
             {u"system"_s, property(u"string"_s, u"how the model is to behave"_s)},
             {u"collections"_s, collections},
             {u"temporary"_s, property(u"boolean"_s, u"keep nothing of it"_s)}}),
        {u"message"_s});
}

ChatWish wishFrom(const QJsonObject &request, const llm::Endpoint &endpoint)
{
    ChatWish wish{.conversation = request[u"conversation"].toString(),
                  .isTemporary = request[u"temporary"].toBool(),
                  .parameters = Asking::parametersOf(request),
                  .text = request[u"message"].toString().trimmed(),
                  .endpoint = endpoint,
                  .budget = Asking::budgetOf(request)};
    if (request.contains(u"system"))
        wish.system = request[u"system"].toString();
    if (request.contains(u"collections"))
        wish.collections = request[u"collections"].toVariant().toStringList();
    return wish;
}

} // namespace

void ChatDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Post,
                .path = u"/api/chat/stream"_s,
                .summary = u"Says something into a conversation, and streams the answer as it is written"_s,
                .body = schema(),
                .isStream = true,
                .handler = [this](auto exchange) { return stream(std::move(exchange)); }});
}

Task<void> ChatDoor::stream(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    const auto endpoint = m_asking.endpointFor(*request, u"chat"_s);
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    const ChatWish wish = wishFrom(*request, *endpoint);
    if (wish.text.isEmpty())
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("There is no message.")));
    // The stream begins with the first piece, so that what fails before it has a status of its own.
    const auto pass = [exchange](const llm::Event &event) {
        if (const QJsonObject object = resultJson(event); !object.isEmpty()) {
            exchange->beginEvents();
            exchange->send(object);
        }
    };
    const auto turn = co_await takeChatTurn(m_asking.services(), wish, pass, exchange->token());
    if (!turn)
        co_return exchange->fail(turn.error());
    if (turn->answered.error)
        co_return exchange->fail(*turn->answered.error);
    exchange->beginEvents();
    exchange->endEvents(resultJson(turn->answered, turn->conversation));
}

} // namespace quintet::serve
