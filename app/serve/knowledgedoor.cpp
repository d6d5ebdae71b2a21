// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/knowledgedoor.h"

#include "app/resultjson.h"
#include "app/serve/upload.h"
#include "base/onpool.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QSaveFile>

#include <algorithm>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QJsonObject documentsSchema()
{
    QJsonObject paths = property(u"array"_s, u"files and folders of this computer, absolute"_s);
    paths[u"items"] = QJsonObject{{u"type"_s, u"string"_s}};
    QJsonObject documents = property(u"array"_s, u"texts; a name that is there already is replaced"_s);
    documents[u"items"] = objectSchema({{u"name"_s, property(u"string"_s, u"with its ending, notes.md"_s)},
                                        {u"text"_s, property(u"string"_s, u"what it says"_s)}},
                                       {u"name"_s, u"text"_s});
    return objectSchema({{u"paths"_s, paths}, {u"documents"_s, documents}});
}

QJsonObject count()
{
    QJsonObject schema = property(u"integer"_s, u"passages at most; 3 where it is not said"_s);
    schema[u"minimum"] = 1;
    schema[u"maximum"] = 1000;
    return schema;
}

QJsonObject searchSchema()
{
    QJsonObject mode = property(u"string"_s, u"hybrid where it is not said"_s);
    mode[u"enum"] = QJsonArray{u"hybrid"_s, u"keyword"_s, u"vector"_s};
    return objectSchema(
        {{u"query"_s, property(u"string"_s, u"what to look for"_s)}, {u"k"_s, count()}, {u"mode"_s, mode}},
        {u"query"_s});
}

QJsonObject askSchema()
{
    return objectSchema(
        Asking::withCommonProperties({{u"question"_s, property(u"string"_s, u"what to answer"_s)},
                                      {u"k"_s, count()},
                                      {u"whole"_s, property(u"boolean"_s, u"go over all passages, for questions about "
                                                                          "all documents; the estimate comes first"_s)},
                                      {u"estimate"_s, property(u"boolean"_s, u"with whole: say what it would take, and "
                                                                             "ask nothing"_s)},
                                      {u"stream"_s, property(u"boolean"_s, u"send the answer as it is written"_s)}}),
        {u"question"_s});
}

constexpr qsizetype longestName = 200; // bytes; file systems take 255, and a temporary name is longer

/// Writes documents that were sent; their paths.
Result<QStringList> keep(const QString &folder, const QList<UploadedFile> &files)
{
    QStringList paths;
    for (const UploadedFile &each : files) {
        const QString name = QFileInfo(each.name).fileName();
        const bool isPlain = std::ranges::all_of(name, [](QChar c) { return c.isPrint(); });
        if (name.isEmpty() || name == u"." || name == u".." || !isPlain || name.toUtf8().size() > longestName)
            return failure(
                ErrorKind::BadInput,
                tr("A document needs a name of at most %1 characters, without control characters.").arg(longestName));
        QSaveFile file(folder + u'/' + name);
        const bool isWritten = QDir().mkpath(folder) && file.open(QIODevice::WriteOnly)
                               && file.write(each.content) == each.content.size() && file.commit();
        if (!isWritten)
            return failure(ErrorKind::Storage, tr("%1 cannot be kept: %2").arg(name, file.errorString()));
        paths << file.fileName();
    }
    return paths;
}

knowledge::Query queryFrom(const QString &collection, const QString &text, const QJsonObject &request)
{
    knowledge::Query query{.collections = {collection}, .text = text, .patience = knowledge::patienceInTalk};
    query.count = request[u"k"].toInt(query.count);
    query.notes = std::make_shared<QStringList>();
    return query;
}

} // namespace

KnowledgeDoor::KnowledgeDoor(const Asking &asking, const QString &dataFolder, bool mayReadPaths)
    : m_asking(asking),
      m_folder(dataFolder + u"/serve/documents"_s),
      m_collections(dataFolder + u"/collections"_s),
      m_mayReadPaths(mayReadPaths)
{
}

void KnowledgeDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Get,
                .path = u"/api/knowledge"_s,
                .summary = u"The collections"_s,
                .handler = [this](auto exchange) { return list(std::move(exchange)); }});
    routes.add(
        {.method = Method::Post,
         .path = u"/api/knowledge/{collection}/documents"_s,
         .summary = u"Puts texts, files of a form, or paths into a collection, which is made if it is not there"_s,
         .body = documentsSchema(),
         .handler = [this](auto exchange) { return addDocuments(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/api/knowledge/{collection}/search"_s,
                .summary = u"Finds passages"_s,
                .body = searchSchema(),
                .handler = [this](auto exchange) { return search(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/api/knowledge/{collection}/ask"_s,
                .summary = u"Answers from the collection, with a citation for each claim"_s,
                .body = askSchema(),
                .handler = [this](auto exchange) { return ask(std::move(exchange)); }});
}

Task<void> KnowledgeDoor::list(std::shared_ptr<Exchange> exchange)
{
    const auto all = co_await m_asking.services().library().list();
    if (!all)
        co_return exchange->fail(all.error());
    QJsonArray rows;
    for (const knowledge::CollectionInfo &info : *all)
        rows.append(resultJson(info));
    exchange->answer(QJsonObject{{u"collections"_s, rows}});
}

Task<void> KnowledgeDoor::sweep()
{
    // By their files: a collection that cannot be opened today is not gone.
    co_await onPool([folder = m_folder, collections = m_collections] {
        for (const QString &id : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (!QFile::exists(collections + u'/' + id + u".db"_s))
                QDir(folder + u'/' + id).removeRecursively();
        }
        return true;
    });
}

Task<Result<QStringList>> KnowledgeDoor::pathsIn(std::shared_ptr<Exchange> exchange, QString folder)
{
    QList<UploadedFile> files;
    QStringList paths;
    if (hasFiles(*exchange)) {
        const auto sent = filesIn(*exchange);
        if (!sent)
            co_return std::unexpected(sent.error());
        files = *sent;
    } else {
        const auto request = exchange->json();
        if (!request)
            co_return std::unexpected(request.error());
        paths = (*request)[u"paths"].toVariant().toStringList();
        for (const QJsonValue document : (*request)[u"documents"].toArray())
            files.append({document[u"name"].toString(), document[u"text"].toString().toUtf8()});
    }
    if (!paths.isEmpty() && !m_mayReadPaths)
        co_return failure(ErrorKind::BadInput,
                          tr("This server takes clients from other computers, so it reads no paths "
                             "of this one; send the documents themselves."));
    for (const QString &path : std::as_const(paths)) {
        if (!QDir::isAbsolutePath(path) || !QFileInfo::exists(path))
            co_return failure(ErrorKind::BadInput, tr("%1 is no file or folder; paths are absolute.").arg(path));
    }
    const auto kept = co_await onPool([folder, files] { return keep(folder, files); });
    if (!kept)
        co_return std::unexpected(kept.error());
    paths += *kept;
    if (paths.isEmpty())
        co_return failure(ErrorKind::BadInput, tr("Send \"documents\", \"paths\", or files as a form."));
    co_return paths;
}

Task<void> KnowledgeDoor::addDocuments(std::shared_ptr<Exchange> exchange)
{
    const QString name = exchange->part(0);
    knowledge::Library &library = m_asking.services().library();
    auto collection = co_await library.find(name);
    bool isNew = !collection && collection.error().kind == ErrorKind::BadInput;
    if (isNew) {
        collection = co_await library.create(name);
        if (auto known = co_await library.find(name); !collection && known) { // another request was quicker
            collection = std::move(known);
            isNew = false;
        }
    }
    if (!collection)
        co_return exchange->fail(collection.error());
    const auto paths = co_await pathsIn(exchange, m_folder + u'/' + (*collection)->id());
    if (!paths) {
        // Another client may have put something in meanwhile.
        const auto info = co_await (*collection)->info();
        if (isNew && info && info->sources.empty())
            std::ignore = co_await library.remove((*collection)->id());
        co_return exchange->fail(paths.error());
    }
    if (const auto added = co_await (*collection)->addSources(*paths); !added)
        co_return exchange->fail(added.error());
    const auto report = co_await (*collection)->ingest({.urgent = *paths}, exchange->token());
    if (!report)
        co_return exchange->fail(report.error());
    if (const auto vectors = co_await (*collection)->keepVectors({}, exchange->token()); !vectors)
        co_return exchange->fail(vectors.error());
    QJsonObject object = resultJson(name, *report);
    object[u"failures"] = QJsonArray::fromStringList(report->failures);
    exchange->answer(object);
}

Task<void> KnowledgeDoor::search(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    if (const auto found = co_await m_asking.services().library().find(exchange->part(0)); !found)
        co_return exchange->fail(found.error(), Status::NotFound);
    knowledge::Query query = queryFrom(exchange->part(0), (*request)[u"query"].toString(), *request);
    if (request->contains(u"mode"))
        query.mode = knowledge::searchModeNamed((*request)[u"mode"].toString()).value_or(query.mode);
    const auto hits = co_await m_asking.services().library().search(query, exchange->token());
    if (!hits)
        co_return exchange->fail(hits.error());
    QJsonArray rows;
    for (const knowledge::Hit &hit : *hits)
        rows.append(resultJson(hit, int(rows.size()) + 1));
    QJsonObject answer{{u"hits"_s, rows}};
    if (!query.notes->isEmpty())
        answer[u"notes"] = QJsonArray::fromStringList(*query.notes);
    exchange->answer(answer);
}

Task<void> KnowledgeDoor::ask(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    if (const auto found = co_await m_asking.services().library().find(exchange->part(0)); !found)
        co_return exchange->fail(found.error(), Status::NotFound);
    const auto endpoint = m_asking.endpointFor(*request, u"knowledge"_s);
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    const knowledge::AskWish wish{.query = queryFrom(exchange->part(0), (*request)[u"question"].toString(), *request),
                                  .endpoint = *endpoint,
                                  .parameters = Asking::parametersOf(*request),
                                  .budget = Asking::budgetOf(*request)};
    const bool streams = (*request)[u"stream"].toBool();
    knowledge::AskWatcher watcher;
    if (streams) {
        watcher.onText = [exchange](const QString &piece) {
            exchange->beginEvents();
            exchange->send(QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, piece}});
        };
    }
    const bool isWhole = (*request)[u"whole"].toBool();
    if (isWhole && (*request)[u"estimate"].toBool()) {
        const auto estimate = co_await m_asking.services().wholeAnswerer().estimate(wish, exchange->token());
        co_return estimate ? exchange->answer(resultJson(*estimate)) : exchange->fail(estimate.error());
    }
    const auto estimated = std::make_shared<QJsonObject>();
    knowledge::WholeWatcher whole{.answer = watcher};
    whole.onEstimate = [exchange, streams, estimated](const knowledge::WholeEstimate &estimate) {
        *estimated = resultJson(estimate);
        if (!streams)
            return;
        QJsonObject event = *estimated;
        event[u"type"] = u"estimate"_s;
        exchange->beginEvents();
        exchange->send(event);
    };
    const auto answer = isWhole ? co_await m_asking.services().wholeAnswerer().ask(wish, whole, exchange->token())
                                : co_await m_asking.services().answerer().ask(wish, watcher, exchange->token());
    if (!answer)
        co_return exchange->fail(answer.error());
    QJsonObject object = resultJson(*answer);
    if (isWhole)
        object[u"estimate"] = *estimated;
    if (!streams)
        co_return exchange->answer(object);
    object[u"type"] = u"done"_s;
    exchange->beginEvents();
    exchange->endEvents(object);
}

} // namespace quintet::serve
