// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/batchdoor.h"

#include "app/resultjson.h"
#include "base/onpool.h"
#include "batch/answer/answerschema.h"
#include "batch/answer/template.h"
#include "batch/itemstore.h"
#include "batch/work/cancellation.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <qcorosignal.h>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 usualPage = 1'000; // results at a time
constexpr qint64 longestPage = 10'000;
const QString working = u".working"_s; // behind the name of a run's items: a server is at work on it

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

QJsonObject bodySchema()
{
    QJsonObject items = property(u"array"_s, u"texts, or objects whose members a prompt names as {{row.MEMBER}}"_s);
    items[u"minItems"] = 1;
    QJsonObject jobs = property(u"integer"_s, u"items at a time"_s);
    jobs[u"minimum"] = 1;
    jobs[u"maximum"] = 1'000;
    QJsonObject labels = property(u"array"_s, u"what to classify into"_s);
    labels[u"items"] = QJsonObject{{u"type"_s, u"string"_s}};
    QJsonObject schema{{u"description"_s, u"the answers' JSON schema, or short: \"name, age int, tags list\""_s},
                       {u"type"_s, QJsonArray{u"string"_s, u"object"_s}}};
    return objectSchema(
        Asking::withCommonProperties(
            {{u"items"_s, items},
             {u"prompt"_s, property(u"string"_s, u"what to do with each; may hold {{text}} and {{row.MEMBER}}"_s)},
             {u"task"_s, property(u"string"_s, u"summarize, extract, classify, keywords, translate or rewrite"_s)},
             {u"labels"_s, labels},
             {u"language"_s, property(u"string"_s, u"to translate into, or to answer in"_s)},
             {u"schema"_s, schema},
             {u"name"_s, property(u"string"_s, u"of the run"_s)},
             {u"jobs"_s, jobs},
             {u"provider_batch"_s, property(u"boolean"_s, u"as a batch of the provider's, within a day"_s)}}),
        {u"items"_s});
}

Result<batch::RunSpec> specFrom(const QJsonObject &request, const llm::Endpoint &endpoint)
{
    batch::RunSpec spec;
    spec.name = request[u"name"].toString(tr("Over HTTP"));
    spec.source.kind = batch::SourceKind::Lines;
    spec.prompt = request[u"prompt"].toString();
    spec.labels = request[u"labels"].toVariant().toStringList();
    spec.language = request[u"language"].toString();
    spec.endpoint = endpoint;
    spec.parameters = Asking::parametersOf(request);
    spec.budget = Asking::budgetOf(request);
    spec.jobs = request[u"jobs"].toInt();
    spec.viaProvider = request[u"provider_batch"].toBool();
    if (const QString name = request[u"task"].toString(); !name.isEmpty()) {
        const auto task = batch::taskNamed(name);
        if (!task)
            return failure(ErrorKind::BadInput, tr("There is no task %1.").arg(name));
        spec.task = *task;
    } else if (spec.prompt.isEmpty()) {
        return failure(ErrorKind::BadInput, tr("Say what to do with each item: \"prompt\", or \"task\"."));
    }
    if (request.contains(u"schema")) {
        const QJsonValue given = request[u"schema"];
        const auto schema =
            given.isObject() ? Result<QJsonObject>(given.toObject()) : batch::schemaFrom(given.toString());
        if (!schema)
            return std::unexpected(schema.error());
        spec.schema = *schema;
    }
    return batch::Template(spec.prompt).check().and_then([&] { return batch::check(spec); }).transform([&] {
        return spec;
    });
}

/// Writes the items down, one a line.
Result<void> writeItems(const QString &path, const QJsonArray &items)
{
    QSaveFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly))
        return failure(ErrorKind::Storage, tr("%1 cannot be written: %2").arg(path, file.errorString()));
    for (const QJsonValue item : items) {
        if (!item.isString() && !item.isObject())
            return failure(ErrorKind::BadInput, tr("Each item is a text or an object."));
        const QByteArray json = QJsonDocument(QJsonArray{item}).toJson(QJsonDocument::Compact);
        file.write(json.sliced(1, json.size() - 2) + '\n'); // without the brackets of the array
    }
    if (!file.commit())
        return failure(ErrorKind::Storage, tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

QJsonObject jsonFrom(const batch::ItemRecord &record, bool isJson)
{
    const batch::Item &item = record.item;
    QJsonObject object{{u"index"_s, item.position()}};
    if (item.error && item.state == batch::ItemState::Failed) {
        object[u"state"] = u"failed"_s;
        object[u"error"] = resultJson(*item.error)[u"error"];
        return object;
    }
    object[u"state"] = item.state == batch::ItemState::Done ? u"done"_s : u"waiting"_s;
    if (item.state != batch::ItemState::Done)
        return object;
    object[u"text"] = record.result;
    if (isJson)
        object[u"value"] = QJsonDocument::fromJson('[' + record.result.toUtf8() + ']').array().first();
    return object;
}

QJsonObject statusOf(const batch::Run &run)
{
    QJsonObject object = resultJson(run);
    object[u"task_id"] = run.id.value;
    object[u"status"] = object.take(u"state");
    object[u"progress"] = run.total > 0 ? double(run.done + run.failed) / double(run.total) : 0;
    object[u"reason"] = run.reason ? QJsonValue(run.reason->message) : QJsonValue();
    return object;
}

} // namespace

BatchDoor::BatchDoor(const Asking &asking, QString folder)
    : m_asking(asking),
      m_folder(std::move(folder)),
      m_runs(asking.services().database(), asking.services().clock())
{
}

void BatchDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Post,
                .path = u"/api/batch"_s,
                .summary = u"Begins a run over the items; answers its task_id at once"_s,
                .body = bodySchema(),
                .handler = [this](auto exchange) { return begin(std::move(exchange)); }});
    routes.add({.method = Method::Get,
                .path = u"/api/batch"_s,
                .summary = u"All runs, the newest first"_s,
                .handler = [this](auto exchange) { return list(std::move(exchange)); }});
    routes.add({.method = Method::Get,
                .path = u"/api/batch/{id}"_s,
                .summary = u"How a run stands, and its results; ?offset= and ?limit= page through them"_s,
                .handler = [this](auto exchange) { return show(std::move(exchange)); }});
    routes.add({.method = Method::Post,
                .path = u"/api/batch/{id}/resume"_s,
                .summary = u"Goes on with a run that was paused"_s,
                .handler = [this](auto exchange) { return resume(std::move(exchange)); }});
    routes.add({.method = Method::Delete,
                .path = u"/api/batch/{id}"_s,
                .summary = u"Cancels a run; what was answered is kept"_s,
                .handler = [this](auto exchange) { return cancel(std::move(exchange)); }});
}

Task<void> BatchDoor::begin(std::shared_ptr<Exchange> exchange)
{
    const auto request = exchange->json();
    if (!request)
        co_return exchange->fail(request.error());
    const auto endpoint = m_asking.endpointFor(*request, u"batch"_s);
    if (!endpoint)
        co_return exchange->fail(endpoint.error());
    auto spec = specFrom(*request, *endpoint);
    if (!spec)
        co_return exchange->fail(spec.error());
    const QString path = m_folder + u'/' + makeId() + u".jsonl"_s;
    spec->source.paths = {path};
    const auto written =
        co_await onPool([path, items = (*request)[u"items"].toArray()] { return writeItems(path, items); });
    if (!written)
        co_return exchange->fail(written.error());
    const auto created = co_await m_runs.create(*spec);
    if (!created)
        co_return exchange->fail(created.error());
    work(*created);
    exchange->answer(QJsonObject{{u"task_id"_s, created->id.value}, {u"status"_s, u"processing"_s}}, Status::Accepted);
}

Task<void> BatchDoor::list(std::shared_ptr<Exchange> exchange)
{
    Services &services = m_asking.services();
    const auto runs =
        co_await onPool([&services] { return batch::RunStore(services.database(), services.clock()).all(); });
    if (!runs)
        co_return exchange->fail(runs.error());
    QJsonArray rows;
    for (const batch::Run &run : *runs) {
        QJsonObject row = statusOf(run);
        row[u"name"] = run.name;
        rows.append(row);
    }
    exchange->answer(QJsonObject{{u"runs"_s, rows}});
}

Task<void> BatchDoor::show(std::shared_ptr<Exchange> exchange)
{
    const auto run = m_runs.find(exchange->part(0));
    if (!run)
        co_return exchange->fail(run.error(), Status::NotFound);
    const qint64 offset = std::clamp(exchange->query(u"offset"_s).toLongLong(), 0LL, run->total);
    const qint64 asked = exchange->query(u"limit"_s).toLongLong();
    const qint64 limit = std::clamp(asked > 0 ? asked : usualPage, 1LL, longestPage);
    Services &services = m_asking.services();
    const auto results = co_await onPool([&services, run = *run, offset, limit]() -> Result<QJsonArray> {
        batch::ItemStore items(services.database(), services.clock());
        std::vector<qint64> ids;
        for (qint64 position = offset; position < std::min(offset + limit, run.total); ++position)
            ids.push_back(batch::itemId(run.number, position));
        return items.records(ids, std::numeric_limits<int>::max()).transform([&](const auto &records) {
            QJsonArray rows;
            for (const batch::ItemRecord &record : records)
                rows.append(jsonFrom(record, !run.spec.schema.isEmpty()));
            return rows;
        });
    });
    if (!results)
        co_return exchange->fail(results.error());
    QJsonObject object = statusOf(*run);
    object[u"result"] = run->isOver() || !results->isEmpty() ? QJsonValue(*results) : QJsonValue();
    object[u"next_offset"] = offset + limit < run->total ? QJsonValue(offset + limit) : QJsonValue();
    exchange->answer(object);
}

Task<void> BatchDoor::cancel(std::shared_ptr<Exchange> exchange)
{
    const auto run = m_runs.find(exchange->part(0));
    if (!run)
        co_return exchange->fail(run.error(), Status::NotFound);
    if (!run->isOver()) {
        if (const auto cancelled = co_await batch::cancelRun(m_asking.services().batchParts(), *run); !cancelled)
            co_return exchange->fail(cancelled.error());
    }
    const auto now = m_runs.find(run->id.value);
    if (now && batch::hasResultsToTake(*now))
        work(*now);
    now ? exchange->answer(statusOf(*now)) : exchange->fail(now.error());
}

Task<void> BatchDoor::work(batch::Run run)
{
    const QString items = run.spec.source.paths.value(0);
    const bool isOurs = isKeptHere(items);
    if (isOurs)
        QFile(items + working).open(QIODevice::WriteOnly);
    ++m_underWay;
    {
        batch::Runner runner(m_asking.services().batchParts(), run);
        // How it ended stands in the run.
        co_await runner.work(m_stop.get_token());
    }
    --m_underWay;
    m_wake.wakeLater();
    // What a run of somebody else's is made from is never touched.
    if (!isOurs)
        co_return;
    // The mark stays where this server ends, or is ended, so that the next one goes on.
    if (!m_stop.stop_requested())
        QFile::remove(items + working);
    const auto now = m_runs.find(run.id.value);
    if (now && now->isOver())
        QFile::remove(items);
}

void BatchDoor::resumeAll()
{
    const auto runs = m_runs.all();
    for (const batch::Run &run : runs.value_or(std::vector<batch::Run>())) {
        const QString items = run.spec.source.paths.value(0);
        if (isKeptHere(items) && !run.isOver() && QFile::exists(items + working))
            work(run);
    }
}

Task<void> BatchDoor::resume(std::shared_ptr<Exchange> exchange)
{
    const auto run = m_runs.find(exchange->part(0));
    if (!run)
        co_return exchange->fail(run.error(), Status::NotFound);
    if (run->isOver())
        co_return exchange->fail(Error(ErrorKind::BadInput, tr("The run is over.")));
    if (run->state == batch::RunState::Paused)
        work(*run);
    exchange->answer(QJsonObject{{u"task_id"_s, run->id.value}, {u"status"_s, u"processing"_s}}, Status::Accepted);
}

Task<void> BatchDoor::stop()
{
    m_stop.request_stop();
    while (m_underWay > 0)
        co_await qCoro(&m_wake, &Wake::woken);
}

} // namespace quintet::serve
