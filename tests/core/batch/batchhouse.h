// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/onpool.h"
#include "batch/answer/answerschema.h"
#include "batch/work/estimate.h"
#include "document/extraction/fileextractor.h"
#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedserver.h"
#include "usage/ledgerstore.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace quintet::batch {

using namespace Qt::StringLiterals;
using test::Received;
using test::resultOf;
using test::Script;
using test::ScriptedServer;

/// Stands in for the summarizer: says how long the text was.
struct Lengths final : TextTask {
    Task<Result<llm::Completion>> summarize(document::Document source, QString, Asking, CancelToken) override
    {
        llm::Completion completion;
        completion.text = u"%1 characters"_s.arg(source.text.size());
        completion.cost = usage::Money();
        co_return completion;
    }
    Task<Result<llm::Completion>> condense(QString text, qint64 room, QString, Asking, CancelToken) override
    {
        condensed << text.size();
        llm::Completion completion;
        completion.text = text.first(room);
        completion.cost = usage::Money();
        co_return completion;
    }
    QList<qsizetype> condensed;
};

/// All that runs stand on, over a scripted server that answers what `answer` says.
struct BatchHouse : test::House {
    BatchHouse()
    {
        server.on("/v1/models", [](const Received &) {
            return Script::response(200, "{\"data\":[{\"id\":\"m\",\"max_model_len\":4000}]}");
        });
        server.on("/v1/chat/completions", [this](const Received &request) { return answer(request); });
        ledger.next = &book;
    }
    ~BatchHouse() { ledger.next = nullptr; }

    /// An endpoint whose requests cost something: not on this computer, by its name.
    llm::Endpoint priced()
    {
        if (!prices.setOwn({{.model = u"m"_s,
                             .from = QDate(2020, 1, 1),
                             .to = {},
                             .input = 10,
                             .output = 20,
                             .batchFactor = 0.5}}))
            qFatal("cannot set prices");
        llm::Endpoint endpoint{u"scripted"_s, llm::EndpointKind::OpenAi, server.url(u"/v1"_s), u"m"_s, {}};
        endpoint.baseUrl.setHost(u"0.0.0.0"_s);
        return endpoint;
    }

    /// What the ledger says that was spent.
    usage::Money spent() const
    {
        usage::Money sum;
        for (const usage::UsageEvent &event : ledger.events)
            sum += event.cost.value_or(usage::Money());
        return sum;
    }

    BatchParts parts()
    {
        return {*database,
                clock,
                gateway,
                catalog,
                extractor,
                texts,
                client,
                ledger,
                prices,
                spending,
                [](const llm::Endpoint &endpoint) { return endpoint; }};
    }

    QString file(const QString &name, const QByteArray &content)
    {
        QFile file(folder.filePath(name));
        QDir().mkpath(QFileInfo(file).absolutePath());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(content);
        return file.fileName();
    }

    RunSpec spec(int files)
    {
        for (int i = 0; i < files; ++i)
            file(u"in/item%1.txt"_s.arg(i, 4, 10, QLatin1Char('0')), u"This is item number %1.\n"_s.arg(i).toUtf8());
        RunSpec spec;
        spec.source.paths = {folder.filePath(u"in"_s)};
        spec.prompt = u"Say it."_s;
        spec.useCache = false;
        spec.endpoint = {u"scripted"_s, llm::EndpointKind::OpenAi, server.url(u"/v1"_s), u"m"_s, {}};
        return spec;
    }

    batch::Run make(const RunSpec &spec)
    {
        const auto created = resultOf(runs.create(spec));
        if (!created)
            qFatal("%s", qPrintable(created.error().message));
        return *created;
    }

    Result<batch::Run> work(const batch::Run &run, CancelToken token = {})
    {
        Runner runner(parts(), run);
        return resultOf(runner.work(token));
    }

    static Script say(const QString &text)
    {
        const QJsonObject choice{
            {u"index"_s, 0}, {u"message"_s, QJsonObject{{u"content"_s, text}}}, {u"finish_reason"_s, u"stop"_s}};
        return Script::response(
            200,
            QJsonDocument(QJsonObject{{u"model"_s, u"m"_s},
                                      {u"choices"_s, QJsonArray{choice}},
                                      {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, 7}, {u"completion_tokens"_s, 2}}}})
                .toJson());
    }

    std::vector<ItemRecord> records(const batch::Run &run)
    {
        std::vector<ItemRecord> all;
        const auto read = items.forEach(run, [&all](const ItemRecord &record) -> Result<void> {
            all.push_back(record);
            return {};
        });
        return read ? all : std::vector<ItemRecord>();
    }

    ScriptedServer server;
    std::function<Script(const Received &)> answer = [](const Received &) { return say(u"Said."_s); };
    std::unique_ptr<store::Database> database =
        std::move(*store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()));
    usage::LedgerStore book{*database};
    document::FileExtractor extractor;
    Lengths texts;
    RunStore runs{*database, clock};
    ItemStore items{*database, clock};
};

} // namespace quintet::batch
