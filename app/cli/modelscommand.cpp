// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/table.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString perMillion(double dollars)
{
    return u'$' + QString::number(dollars, 'g', 6);
}

Task<int> list(Invocation &invocation, Services &services)
{
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    const auto models = co_await services.catalog().modelInfos(*endpoint, invocation.token());
    if (!models)
        co_return invocation.fail(models.error());
    const bool isFree = isLocal(*endpoint);
    Table table(invocation.output(), {tr("model"), tr("reads"), tr("in"), tr("out"), QString()});
    for (const llm::ModelInfo &model : *models) {
        const auto price = services.prices().find(model.name, QDate::currentDate(), 0);
        const auto amount = [&](double usage::Price::*part) {
            return isFree ? QJsonValue(0.0) : price ? QJsonValue((*price).*part) : QJsonValue();
        };
        const auto shown = [&](double usage::Price::*part) {
            return isFree ? tr("free") : price ? perMillion((*price).*part) : u"?"_s;
        };
        table.add({{u"name"_s, model.name},
                   {u"endpoint"_s, endpoint->name},
                   {u"context_tokens"_s, model.contextTokens > 0 ? QJsonValue(model.contextTokens) : QJsonValue()},
                   {u"owner"_s, model.owner.isEmpty() ? QJsonValue() : QJsonValue(model.owner)},
                   {u"state"_s, model.state.isEmpty() ? QJsonValue() : QJsonValue(model.state)},
                   {u"local"_s, isFree},
                   {u"input_usd_per_million"_s, amount(&usage::Price::input)},
                   {u"output_usd_per_million"_s, amount(&usage::Price::output)},
                   {u"default"_s, model.name == endpoint->model}},
                  {model.name, model.contextTokens > 0 ? QString::number(model.contextTokens) : u"-"_s,
                   shown(&usage::Price::input), shown(&usage::Price::output),
                   model.name == endpoint->model ? tr("default") : model.state});
    }
    table.print();
    if (models->empty())
        invocation.output().note(tr("%1 has no model loaded.").arg(endpoint->name));
    co_return exitStatus::done;
}

int listPrices(Invocation &invocation, Services &services)
{
    Table table(invocation.output(), {tr("model"), tr("in"), tr("out"), tr("cached in"), tr("from"), tr("to"),
                                      tr("from tokens"), QString()});
    const auto add = [&](const std::vector<usage::Price> &prices, bool isOwn) {
        for (const usage::Price &price : prices) {
            QJsonObject row = toJson(price);
            row[u"own"] = isOwn;
            const auto date = [](QDate day) { return day.isValid() ? day.toString(Qt::ISODate) : u"-"_s; };
            table.add(row, {QString(price.model).remove(u'\\'), perMillion(price.input), perMillion(price.output),
                            perMillion(price.cachedInput), date(price.from), date(price.to),
                            QString::number(price.fromPromptTokens), isOwn ? tr("your own") : QString()});
        }
    };
    add(services.prices().own(), true);
    add(services.prices().standard(), false);
    table.print();
    return exitStatus::done;
}

/// Sets or takes away the user's own price of one model.
int setPrice(Invocation &invocation, Services &services, const QString &model)
{
    const QString pattern = QRegularExpression::escape(model);
    std::vector<usage::Price> own = services.prices().own();
    const auto erased = std::erase_if(own, [&pattern](const usage::Price &price) { return price.model == pattern; });
    if (invocation.isSet(u"remove"_s) && erased == 0)
        return invocation.fail(Error(ErrorKind::BadInput, tr("You have set no price for %1.").arg(model)));
    if (!invocation.isSet(u"remove"_s)) {
        QJsonObject row{{u"model"_s, pattern}};
        for (const auto &[option, key] :
             {std::pair{u"in"_s, u"in"_s}, std::pair{u"out"_s, u"out"_s}, std::pair{u"cached-in"_s, u"cached_in"_s}}) {
            bool isNumber = false;
            const double dollars = invocation.value(option).toDouble(&isNumber);
            if (invocation.isSet(option) && !isNumber)
                return invocation.failUsage(tr("--%1 takes dollars for a million tokens.").arg(option));
            if (isNumber)
                row[key] = dollars;
        }
        const auto price = usage::priceFrom(row);
        if (!price)
            return invocation.failUsage(
                tr("Give the price of a million tokens, up to a million dollars: --in USD --out USD."));
        own.push_back(*price);
    }
    if (const auto set = services.prices().setOwn(own); !set)
        return invocation.fail(set.error());
    return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QStringList &arguments = invocation.arguments();
    const QString verb = arguments.value(0, u"list"_s);
    const qsizetype wanted = verb == u"price" ? 2 : 1;
    if ((verb != u"list" && verb != u"prices" && verb != u"price") || arguments.size() > wanted
        || (verb == u"price" && arguments.size() < 2))
        co_return invocation.failUsage(tr("models knows list, prices, and price MODEL --in USD --out USD."));
    const auto services = invocation.services();
    if (!services)
        co_return invocation.fail(services.error());
    if (verb == u"prices")
        co_return listPrices(invocation, **services);
    if (verb == u"price")
        co_return setPrice(invocation, **services, arguments[1]);
    co_return co_await list(invocation, **services);
}

} // namespace

Command modelsCommand()
{
    return {u"models"_s,
            u"[list | prices | price MODEL]"_s,
            tr("The models of the endpoint in use, with what they read and cost; and the prices that are known."),
            {{u"in"_s, u"USD"_s, tr("with price: what a million tokens of prompt cost")},
             {u"out"_s, u"USD"_s, tr("with price: what a million tokens of answer cost")},
             {u"cached-in"_s, u"USD"_s, tr("with price: what a million tokens cost that the server had already read")},
             {u"remove"_s, {}, tr("with price: take your own price away again")}},
            run};
}

} // namespace quintet::cli
