// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/resulttable.h"
#include "batch/output/runreport.h"
#include "batch/work/disposition.h"
#include "batchhouse.h"
#include "usage/ledgerstore.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::batch;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Runs from their first item to their last, over a gateway and a server that can do what servers do.
class TestRunner final : public QObject {
    Q_OBJECT

private:
    using House = BatchHouse;

private Q_SLOTS:
    void everyItemHasItsResultAndTheCountsAgree()
    {
        House house;
        const batch::Run run = house.make(house.spec(100));
        const auto ended = house.work(run);
        QVERIFY2(ended.has_value(), qPrintable(ended ? QString() : ended.error().message));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 100);
        QCOMPARE(ended->queued + ended->running + ended->failed, 0);
        QCOMPARE(ended->promptTokens, 700);
        QCOMPARE(ended->completionTokens, 200);
        QCOMPARE(ended->unpriced, 0);
        QCOMPARE(house.server.count("POST"), 100);
        for (const ItemRecord &record : house.records(run)) {
            QCOMPARE(record.result, u"Said."_s);
            QCOMPARE(record.item.attempts, 1);
            QCOMPARE(record.item.repeated, false);
        }
        QCOMPARE(house.ledger.events.size(), 100);
        QCOMPARE(house.ledger.events[0].pattern, u"batch"_s);
        QCOMPARE(house.ledger.events[0].run, run.id.value);
    }

    void anAnswerThatDoesNotFitIsAskedForOnceMoreThenMarked()
    {
        House house;
        RunSpec spec = house.spec(3);
        spec.task = TaskKind::Extract;
        spec.schema = *schemaFrom(u"name, age int"_s);
        QHash<QByteArray, int> asked;
        house.answer = [&asked](const Received &request) {
            const bool isRepair = request.body.contains("does not fit");
            ++asked[isRepair ? "repair" : "first"];
            if (request.body.contains("number 0"))
                return House::say(u"{\"name\":\"Ada\",\"age\":36}"_s);
            if (request.body.contains("number 1"))
                return House::say(isRepair ? u"```json\n{\"name\":\"Bob\",\"age\":null}\n```"_s
                                           : u"{\"name\":\"Bob\"}"_s);
            return House::say(u"I do not know."_s);
        };
        const batch::Run run = house.make(spec);
        QCOMPARE(house.work(run)->state, RunState::Complete);
        const auto records = house.records(run);
        QCOMPARE(records[0].result, u"{\"age\":36,\"name\":\"Ada\"}"_s);
        QCOMPARE(records[1].result, u"{\"age\":null,\"name\":\"Bob\"}"_s);
        QCOMPARE(records[1].item.valid, true);
        QCOMPARE(records[1].item.promptTokens, 14); // both requests
        QCOMPARE(records[2].result, u"I do not know."_s);
        QCOMPARE(records[2].item.valid, false);
        QCOMPARE(asked["first"], 3);
        QCOMPARE(asked["repair"], 2);
    }

    void tooManyRequestsNeverMakeAnItemFail()
    {
        House house;
        int count = 0;
        house.answer = [&count](const Received &) {
            // The server lets one of eight through.
            return ++count % 8 == 0 ? House::say(u"Said."_s)
                                    : Script::response(429, "{\"error\":{\"message\":\"Too many\"}}",
                                                       "application/json", {"Retry-After: 1"});
        };
        const auto ended = house.work(house.make(house.spec(60)));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 60);
        QCOMPARE(ended->failed, 0);
    }

    void aClockThatIsSetPausesNothing()
    {
        House house;
        int count = 0;
        house.answer = [&](const Received &) {
            if (++count % 20 == 5) // first forward, then far back
                house.clock.set(house.clock.now().addDays(count == 5 ? 1 : -9));
            return House::say(u"Said."_s).drip(100, std::chrono::milliseconds(20)); // while the run looks around
        };
        RunSpec spec = house.spec(60);
        spec.jobs = 1;
        QCOMPARE(house.work(house.make(spec))->state, RunState::Complete);
        QCOMPARE(count, 60);
    }

    void faultsOfEveryKindInOneOfTwentyAreOvercome()
    {
        House house;
        QRandomGenerator random(3);
        house.answer = [&random](const Received &) {
            if (random.bounded(20) != 0)
                return House::say(u"Said."_s);
            switch (random.bounded(7)) {
            case 0: return Script::response(500, "{}");
            case 1: return Script::response(503, "busy", "text/plain");
            case 2: return Script::raw("").close();
            case 3: return House::say(u"Said."_s).cutAt(60);
            case 4: return Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}}");
            case 5: return Script::raw("").reset();
            default: return Script::response(429, "{}");
            }
        };
        const auto ended = house.work(house.make(house.spec(400)));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 400);
    }

    void aRefusedKeyPausesTheRunAndTheNextGoesOn()
    {
        House house;
        house.answer = [](const Received &) {
            return Script::response(401, "{\"error\":{\"message\":\"Incorrect key\"}}");
        };
        const batch::Run run = house.make(house.spec(50));
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QCOMPARE(paused->reason->kind, ErrorKind::Unauthorized);
        QCOMPARE(paused->queued, 50);
        QVERIFY(house.server.count("POST") < 50);
        house.answer = [](const Received &) { return House::say(u"Said."_s); };
        const auto ended = house.work(*paused);
        QCOMPARE(ended->state, RunState::Complete);
        QVERIFY(!ended->reason);
    }

    void whatTheServerDeclinesIsSetAsideAndCanBeTriedAgain()
    {
        House house;
        bool declines = true;
        house.answer = [&declines](const Received &request) {
            return declines && request.body.contains("number 3")
                       ? Script::response(400, "{\"error\":{\"message\":\"Not this\"}}")
                       : House::say(u"Said."_s);
        };
        const batch::Run run = house.make(house.spec(5));
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->failed, 1);
        const auto groups = house.runs.errorGroups(run);
        QCOMPARE(groups->size(), 1);
        QCOMPARE(groups->front().count, 1);
        declines = false;
        QVERIFY(resultOf(house.items.retryFailed(*ended, {})));
        QCOMPARE(house.work(*ended)->done, 5);
        QCOMPARE(house.server.count("POST"), 6);
    }

    void errorsOfAnItemAndErrorsOfTheRunAreToldApart()
    {
        const auto of = [](ErrorKind kind, int attempts) { return dispositionOf(Error(kind, u"e"_s), attempts); };
        // A text that the built-in engine can make nothing of is that item's failure.
        for (const ErrorKind kind : {ErrorKind::NeedsModel, ErrorKind::BadInput, ErrorKind::Refused})
            QCOMPARE(of(kind, 1), Disposition::Fail);
        for (const ErrorKind kind : {ErrorKind::Unauthorized, ErrorKind::Quota, ErrorKind::Budget, ErrorKind::Storage})
            QCOMPARE(of(kind, 1), Disposition::Pause);
        for (const ErrorKind kind : {ErrorKind::RateLimited, ErrorKind::Unavailable})
            QCOMPARE(of(kind, 1'000), Disposition::Again);
        QCOMPARE(of(ErrorKind::Timeout, 3), Disposition::Again);
        QCOMPARE(of(ErrorKind::Timeout, 4), Disposition::Fail);
    }

    void oneProcessWorksARunOthersAreTold()
    {
        House house;
        const batch::Run run = house.make(house.spec(3));
        const auto other = store::ProcessIdentity{u"another computer"_s, 7, 7};
        QVERIFY(resultOf(valueOf(house.database->writer().write([&](store::Connection &connection) {
            return store::takeLease(connection, leaseName(run.id), other, house.clock.now()).transform([](bool) { });
        }))));
        const auto refused = house.work(run);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
        QCOMPARE(house.server.count("POST"), 0);
        house.clock.turn(std::chrono::seconds(31)); // of silence
        QCOMPARE(house.work(run)->state, RunState::Complete);
    }

    void pausedItWaitsForWhatIsUnderWay()
    {
        House house;
        CancelSource source;
        int count = 0;
        house.answer = [&](const Received &) {
            if (++count == 10)
                QTimer::singleShot(0, &house.server, [&source] { source.request_stop(); });
            return Script(House::say(u"Said."_s)).drip(40, std::chrono::milliseconds(1));
        };
        const batch::Run run = house.make(house.spec(100));
        const auto paused = house.work(run, source.get_token());
        QCOMPARE(paused->state, RunState::Paused);
        QVERIFY(!paused->reason);
        QCOMPARE(paused->done, house.server.count("POST"));
        QCOMPARE(paused->running, 0);
        QCOMPARE(house.work(run)->done, 100);
        QCOMPARE(house.server.count("POST"), 100);
    }

    void cancelledByAnotherItStops()
    {
        House house;
        const batch::Run run = house.make(house.spec(60));
        bool isCancelled = false;
        house.answer = [&](const Received &) {
            if (!std::exchange(isCancelled, true)) {
                house.database->writer().write([run](store::Connection &connection) {
                    return connection.execute(u"UPDATE batch_run SET state = 'cancelled' WHERE number = ?"_s,
                                              {run.number});
                });
            }
            return Script(House::say(u"Said."_s)).drip(8, std::chrono::milliseconds(20));
        };
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Cancelled);
        QVERIFY(ended->done < 60);
    }

    void attemptsThatFailedAreInTheSum()
    {
        House house;
        RunSpec spec = house.spec(30);
        spec.endpoint = house.priced();
        spec.jobs = 1;
        QSet<QByteArray> seen;
        house.answer = [&seen](const Received &request) {
            // All but the first are broken off once, one of them ever again.
            if ((!seen.contains(request.body) && !request.body.contains("number 0."))
                || request.body.contains("number 7.")) {
                seen.insert(request.body);
                return House::say(u"Said."_s).cutAt(60);
            }
            return House::say(u"Said."_s);
        };
        const batch::Run run = house.make(spec);
        const auto ended = house.work(run);
        QCOMPARE(ended->done, 29);
        QCOMPARE(ended->failed, 1);
        QCOMPARE(ended->cost, house.spent());
        // An item costs what all attempts at it took, the broken ones by estimate.
        QVERIFY(ended->resultsCost >= usage::Money::fromDollars(29 * (7 * 10 + 2 * 20) / 1e6));
        QVERIFY2(ended->cost > ended->resultsCost, qPrintable(display(ended->cost)));
        const QJsonObject usage = QJsonDocument::fromJson(runReport(*ended)).object()[u"usage"].toObject();
        QCOMPARE(usage[u"cost_usd"].toDouble(), house.spent().dollars());
        const auto all = house.runs.all();
        QCOMPARE(all->size(), 1);
        QCOMPARE(all->front().cost, house.spent());
    }

    void filesThatCannotBeReadFailAloneAndWithTheReason()
    {
        House house;
        RunSpec spec = house.spec(2);
        house.file(u"in/empty.txt"_s, "");
        house.file(u"in/noise.bin"_s, QByteArray("\x00\x01\x02\xff\xfe", 5).repeated(100));
        const auto ended = house.work(house.make(spec));
        QCOMPARE(ended->done, 2);
        QCOMPARE(ended->failed, 2);
        QCOMPARE(house.server.count("POST"), 2);
    }

    void filesThatChangeUnderWayAreReadAsTheyAreAndMarked()
    {
        House house;
        RunSpec spec = house.spec(12);
        spec.jobs = 1;
        const auto path = [&house](int number) {
            return house.folder.filePath(u"in/item%1.txt"_s.arg(number, 4, 10, QLatin1Char('0')));
        };
        QByteArray sent;
        house.answer = [&](const Received &request) {
            if (sent.isEmpty()) { // the first is under way, and the others wait
                house.file(u"in/item0009.txt"_s, "Another text altogether.\n");
                QFile::remove(path(10));
                QFile::rename(path(11), house.folder.filePath(u"in/renamed.txt"_s));
            }
            sent += request.body;
            return House::say(u"Said."_s);
        };
        const batch::Run run = house.make(spec);
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 10);
        QCOMPARE(ended->failed, 2);
        QVERIFY(sent.contains("Another text altogether."));
        const auto records = house.records(run);
        for (int i = 0; i < 12; ++i)
            QCOMPARE(records[size_t(i)].item.changed, i == 9);
        for (const size_t gone : {size_t(10), size_t(11)}) {
            QVERIFY2(records[gone].item.error->message.contains(u"since it was listed"),
                     qPrintable(records[gone].item.error->message));
            QVERIFY(records[gone].item.error->message.startsWith(records[gone].item.name));
        }
        // Back again, they can be tried again.
        QVERIFY(QFile::rename(house.folder.filePath(u"in/renamed.txt"_s), path(11)));
        house.file(u"in/item0010.txt"_s, "A new one.\n");
        QVERIFY(resultOf(house.items.retryFailed(*ended, {})));
        QCOMPARE(house.work(run)->done, 12);
        QCOMPARE(house.records(run)[10].item.changed, true);
        QCOMPARE(house.records(run)[11].item.changed, false);
        const ItemRecord changed = house.records(run)[9];
        QVERIFY(toJson(run, changed)[u"changed"].toBool());
        QCOMPARE(*house.runs.marks(run), (ItemMarks{.repeated = 0, .changed = 2}));
    }

    void rowsAreWorkedOnAsTheyWereListed()
    {
        House house;
        RunSpec spec = house.spec(0);
        spec.source = {.kind = SourceKind::Table,
                       .paths = {house.file(u"rows.csv"_s, "name,age\nAda,36\nBob,41\nCid,12\n")}};
        spec.prompt = u"{{row.name}} is {{row.age}}."_s;
        spec.jobs = 1;
        QByteArray sent;
        house.answer = [&](const Received &request) {
            if (sent.isEmpty())
                house.file(u"rows.csv"_s, "name,age\nEve,99\n");
            sent += request.body;
            return House::say(u"Said."_s);
        };
        QCOMPARE(house.work(house.make(spec))->done, 3);
        QVERIFY2(sent.contains("Bob is 41.") && sent.contains("Cid is 12.") && !sent.contains("Eve"), sent.constData());
    }

    void oneOfSeveralFoldersThatVanishesPausesTheRun()
    {
        House house;
        RunSpec spec = house.spec(4);
        house.file(u"other/one.txt"_s, "One.");
        house.file(u"other/two.txt"_s, "Two.");
        spec.source.paths << house.folder.filePath(u"other"_s);
        spec.jobs = 1;
        const QDir folder(house.folder.path());
        house.answer = [&folder](const Received &) {
            QDir().rename(folder.filePath(u"other"_s), folder.filePath(u"away"_s));
            return House::say(u"Said."_s);
        };
        const batch::Run run = house.make(spec);
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QVERIFY2(paused->reason->message.contains(u"/other is not there"), qPrintable(paused->reason->message));
        QCOMPARE(paused->failed, 0);
        QVERIFY(QDir().rename(folder.filePath(u"away"_s), folder.filePath(u"other"_s)));
        house.answer = [](const Received &) { return House::say(u"Said."_s); };
        QCOMPARE(house.work(run)->done, 6);
    }

    void aFolderThatVanishesPausesTheRun()
    {
        House house;
        RunSpec spec = house.spec(40);
        spec.jobs = 2;
        const QDir folder(house.folder.path());
        house.answer = [&folder](const Received &) {
            QDir().rename(folder.filePath(u"in"_s), folder.filePath(u"away"_s));
            return House::say(u"Said."_s);
        };
        const batch::Run run = house.make(spec);
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QCOMPARE(paused->reason->kind, ErrorKind::BadInput);
        QCOMPARE(paused->failed, 0);
        house.answer = [](const Received &) { return House::say(u"Said."_s); };
        QVERIFY(QDir().rename(folder.filePath(u"away"_s), folder.filePath(u"in"_s)));
        QCOMPARE(house.work(run)->done, 40);
    }

    void anOutputThatCannotBeWrittenIsSaidBeforeAnythingIsPaidFor()
    {
        House house;
        RunSpec spec = house.spec(4);
        spec.output.folder = house.file(u"a-file"_s, "not a folder") + u"/out"_s;
        const auto paused = house.work(house.make(spec));
        QCOMPARE(paused->state, RunState::Paused);
        QCOMPARE(paused->reason->kind, ErrorKind::Storage);
        QCOMPARE(house.server.count("POST"), 0);
    }

    void aResultWhoseFileCannotBeWrittenIsKeptAndWrittenLater()
    {
        House house;
        RunSpec spec = house.spec(10);
        spec.output.folder = house.folder.filePath(u"out"_s);
        spec.jobs = 1;
        const QString out = spec.output.folder;
        int count = 0;
        house.answer = [&](const Received &) {
            if (++count == 4) // the folder is taken away, and a file stands in its place
                QDir().rename(out, out + u"-away"_s), house.file(u"out"_s, "");
            return House::say(u"Said."_s);
        };
        const batch::Run run = house.make(spec);
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QCOMPARE(paused->reason->kind, ErrorKind::Storage);
        QCOMPARE(paused->done, 4);
        QFile::remove(out);
        QDir().rename(out + u"-away"_s, out);
        QCOMPARE(house.work(run)->state, RunState::Complete);
        QCOMPARE(house.server.count("POST"), 10);
        QCOMPARE(QDir(out).entryList({u"*.answer.md"_s}).size(), 10);
    }

    void aTextThatIsTooLongIsCondensedOrWorkedOnInParts()
    {
        House house;
        RunSpec spec = house.spec(0);
        house.file(u"in/long.txt"_s,
                   QByteArray("The kettle is blue. It holds two litres of water.\n\n").repeated(1'000));
        spec.prompt = u"How much does the kettle hold?"_s;
        QCOMPARE(house.work(house.make(spec))->done, 1);
        QCOMPARE(house.texts.condensed.size(), 1);
        QCOMPARE(house.server.count("POST"), 1);
        spec.task = TaskKind::Translate;
        spec.language = u"French"_s;
        spec.prompt.clear();
        const batch::Run translation = house.make(spec);
        QCOMPARE(house.work(translation)->done, 1);
        QVERIFY(house.server.count("POST") > 4);
        QVERIFY(house.records(translation)[0].result.startsWith(u"Said.\n\nSaid."_s));
    }

    void theResultsOfARunAreTheItemsOfTheNext()
    {
        House house;
        const batch::Run first = house.make(house.spec(3));
        QCOMPARE(house.work(first)->done, 3);
        RunSpec spec = house.spec(0);
        spec.source = {.kind = SourceKind::Run, .paths = {}, .include = {}, .exclude = {}, .run = first.id.value};
        spec.prompt = u"Again: {{text}}"_s;
        const batch::Run second = house.make(spec);
        QCOMPARE(house.work(second)->done, 3);
        QVERIFY(house.server.received().back().body.contains("Again: Said."));
        QCOMPARE(house.records(second)[0].item.name, u"item0000.txt"_s);
    }

    void resultsThatQuintetWroteAreNoItems()
    {
        House house;
        RunSpec spec = house.spec(3);
        spec.output.folder = spec.source.paths.first(); // beside the sources
        QCOMPARE(house.work(house.make(spec))->total, 3);
        QCOMPARE(QDir(spec.output.folder).entryList(QDir::Files).size(), 7);
        QCOMPARE(house.work(house.make(spec))->total, 3);
        QCOMPARE(QDir(spec.output.folder).entryList(QDir::Files).size(), 8); // with a report of its own
    }

    void anEstimateCountsAndNamesWhatCannotBeRead()
    {
        House house;
        RunSpec spec = house.spec(300);
        house.file(u"in/noise.bin"_s, QByteArray("\x00\x01\x02\xff\xfe", 5).repeated(100));
        Estimator estimator(house.parts(), house.prices, house.cache);
        const auto all = resultOf(estimator.estimate(spec, 1'000, {}));
        QCOMPARE(all->items, 301);
        QCOMPARE(all->sampled, 301);
        QCOMPARE(all->unreadable.size(), 1);
        QVERIFY(all->firstPrompt.contains(u"item number 0"));
        const auto some = resultOf(estimator.estimate(spec, 20, {}));
        QCOMPARE(some->items, 301);
        QCOMPARE(some->sampled, 20);
        const double ratio = static_cast<double>(some->promptTokens) / static_cast<double>(all->promptTokens);
        QVERIFY2(ratio > 0.8 && ratio < 1.25, qPrintable(QString::number(ratio)));
        QCOMPARE(house.server.count("POST"), 0);
    }

    void anEstimateKnowsHowFastTheModelAnsweredOfLate()
    {
        House house;
        RunSpec spec = house.spec(80);
        spec.jobs = 4;
        Estimator estimator(house.parts(), house.prices, house.cache);
        const auto before = resultOf(estimator.estimate(spec, 10, {}));
        QVERIFY(before && !before->time);
        usage::LedgerStore ledger(*house.database);
        usage::UsageEvent event;
        event.time = house.clock.now();
        event.pattern = u"chat"_s;
        event.endpoint = u"any"_s;
        event.model = before->model;
        event.totalTime = std::chrono::seconds(2);
        event.outcome = u"done"_s;
        for (int i = 0; i < 5; ++i)
            ledger.record(event);
        house.database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        const auto after = resultOf(estimator.estimate(spec, 10, {}));
        QVERIFY(after && after->time);
        const double seconds = double(after->time->count()) / 1000;
        QVERIFY2(seconds > 36 && seconds < 44, qPrintable(QString::number(seconds)));
    }
};

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"
