// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/knowledgequestions.h"

#include "app/cli/knowledgeoutput.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

knowledge::Query queryFrom(const Invocation &invocation, const QString &text, knowledge::SearchMode mode)
{
    knowledge::Query query{.collections = {invocation.arguments().value(1)}, .text = text, .mode = mode};
    if (invocation.isSet(u"k"_s))
        query.count = invocation.value(u"k"_s).toInt();
    query.reranker = invocation.value(u"rerank"_s);
    query.notes = std::make_shared<QStringList>();
    return query;
}

void noteAll(Output &output, const knowledge::Query &query)
{
    for (const QString &note : std::exchange(*query.notes, {}))
        output.note(note);
}

/// One query of --queries; each is answered as soon as it is read.
Task<int> searchAll(Invocation &invocation, Services &services, knowledge::SearchMode mode)
{
    QFile file(invocation.value(u"queries"_s));
    if (!file.open(QIODevice::ReadOnly))
        co_return invocation.failInput(
            Error(ErrorKind::BadInput, tr("%1 cannot be read: %2").arg(file.fileName(), file.errorString())));
    int status = exitStatus::done;
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty())
            continue;
        const QJsonObject row = QJsonDocument::fromJson(line).object();
        const QString text = row[u"query"].toString();
        if (text.trimmed().isEmpty()) {
            status = invocation.failInput(
                Error(ErrorKind::BadInput, tr("Line %1 of %2 holds no query.").arg(number).arg(file.fileName())));
            continue;
        }
        const knowledge::Query query = queryFrom(invocation, text, mode);
        const auto hits = co_await services.library().search(query, invocation.token());
        if (!hits)
            co_return invocation.failInput(hits.error());
        noteAll(invocation.output(), query);
        print(invocation.output(), *hits, row[u"id"]);
    }
    co_return status;
}

knowledge::AskWatcher watcherFor(Output &output, const std::shared_ptr<bool> &hasText)
{
    knowledge::AskWatcher watcher;
    watcher.onText = [&output, hasText](const QString &piece) {
        output.progress({});
        *hasText = true;
        if (!output.isJson())
            output.text(piece);
    };
    watcher.onWaiting = [&output](const llm::Waiting &waiting) { output.progress(sentenceFor(waiting)); };
    return watcher;
}

/// Goes over all passages of the collection, having said what that takes.
Task<Result<knowledge::Answer>> askWhole(Invocation &invocation, Services &services, knowledge::AskWish wish,
                                         knowledge::AskWatcher watcher)
{
    Output &output = invocation.output();
    knowledge::WholeWatcher whole{.answer = std::move(watcher)};
    whole.onEstimate = [&output](const knowledge::WholeEstimate &estimate) { output.note(sentenceFor(estimate)); };
    whole.onProgress = [&output](qint64 done, qint64 count) {
        output.progress(tr("%1 of %2 passages").arg(done).arg(count));
    };
    co_return co_await services.wholeAnswerer().ask(std::move(wish), std::move(whole), invocation.token());
}

} // namespace

Task<int> searchCollection(Invocation &invocation, Services &services)
{
    const auto mode =
        knowledge::searchModeNamed(invocation.isSet(u"mode"_s) ? invocation.value(u"mode"_s) : u"hybrid"_s);
    if (!mode)
        co_return invocation.failUsage(
            tr("--mode takes hybrid, keyword or vector, not %1.").arg(invocation.value(u"mode"_s)));
    if (invocation.isSet(u"queries"_s))
        co_return co_await searchAll(invocation, services, *mode);
    const QString text = invocation.arguments().mid(2).join(u' ');
    const knowledge::Query query = queryFrom(invocation, text, *mode);
    const auto hits = co_await services.library().search(query, invocation.token());
    if (!hits)
        co_return invocation.failInput(hits.error());
    noteAll(invocation.output(), query);
    print(invocation.output(), *hits, {});
    if (hits->empty())
        invocation.output().note(tr("Nothing was found."));
    co_return exitStatus::done;
}

Task<int> askCollection(Invocation &invocation, Services &services)
{
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    const QString text = invocation.arguments().mid(2).join(u' ');
    knowledge::AskWish wish{.query = queryFrom(invocation, text, knowledge::SearchMode::Hybrid),
                            .endpoint = *endpoint,
                            .parameters = invocation.parameters(),
                            .budget = invocation.budget(),
                            .useCache = !invocation.isSet(u"no-cache"_s)};
    if (const auto collection = co_await services.library().find(invocation.arguments().value(1)); !collection)
        co_return invocation.failInput(collection.error());
    Output &output = invocation.output();
    const bool isWhole = invocation.isSet(u"whole"_s);
    if (!isWhole && knowledge::wholeKindOf(text))
        output.note(tr("This asks about the whole collection; the answer comes from its best passages. With --whole "
                       "all of them are gone over."));
    const auto hasText = std::make_shared<bool>(false);
    const knowledge::AskWatcher watcher = watcherFor(output, hasText);
    const knowledge::Query query = wish.query;
    const auto answer = isWhole ? co_await askWhole(invocation, services, std::move(wish), watcher)
                                : co_await services.answerer().ask(std::move(wish), watcher, invocation.token());
    output.progress({});
    noteAll(output, query);
    invocation.noteBudget();
    if (*hasText && !output.isJson())
        output.text(u"\n"_s);
    if (!answer)
        co_return invocation.fail(answer.error());
    print(output, *answer);
    co_return exitStatus::done;
}

} // namespace quintet::cli
