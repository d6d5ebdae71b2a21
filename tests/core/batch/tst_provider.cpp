// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/cancellation.h"
#include "batchhouse.h"
#include "support/scriptedbatches.h"

#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::batch;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// Runs that a provider works through as batches, and runs that go through files.
class TestProvider final : public QObject {
    Q_OBJECT

private:
    struct House : BatchHouse {
        ScriptedBatches batches{server};

        RunSpec viaProvider(int files)
        {
            RunSpec spec = this->spec(files);
            spec.viaProvider = true;
            return spec;
        }

        int liveRequests() const
        {
            return static_cast<int>(std::ranges::count_if(
                server.received(), [](const Received &request) { return request.path.endsWith("/chat/completions"); }));
        }
    };

    using Outcome = ScriptedBatches::Outcome;

    static bool isAbout(const QJsonObject &body, const QString &words)
    {
        return body[u"messages"].toArray().last()[u"content"].toString().contains(words);
    }

private Q_SLOTS:
    void answersComeBackInAnyOrderToTheirItems()
    {
        House house;
        house.batches.answer = [](const QJsonObject &body) {
            return Outcome{Outcome::Answered,
                           body[u"messages"].toArray().last()[u"content"].toString().section(u' ', 4, 4)};
        };
        const batch::Run run = house.make(house.viaProvider(40));
        const auto ended = house.work(run);
        QVERIFY2(ended.has_value(), qPrintable(ended ? QString() : ended.error().message));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 40);
        for (const ItemRecord &record : house.records(run))
            QCOMPARE(record.result, u"%1."_s.arg(record.item.position()));
        QCOMPARE(house.batches.created, 1);
        QCOMPARE(house.liveRequests(), 0);
        QCOMPARE(house.ledger.events.size(), 40);
        QCOMPARE(house.ledger.events[0].run, run.id.value);
        QCOMPARE(ended->promptTokens, 40'000);
    }

    void whatFailsIsReadFromTheErrorFile()
    {
        House house;
        house.batches.answer = [](const QJsonObject &body) {
            return isAbout(body, u"number 3."_s) ? Outcome{Outcome::Failed, u"This is not allowed."_s, 400}
                                                 : Outcome{Outcome::Answered, u"Said."_s};
        };
        const batch::Run run = house.make(house.viaProvider(5));
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->failed, 1);
        const ItemRecord failed = house.records(run)[3];
        QCOMPARE(failed.item.state, ItemState::Failed);
        QVERIFY(failed.item.error->message.contains(u"not allowed"));
    }

    void whatExpiresIsHandedOverAgainThenAskedForLive()
    {
        House house;
        house.batches.answer = [](const QJsonObject &body) {
            // Two of the items never get their turn.
            return isAbout(body, u"number 1."_s) || isAbout(body, u"number 2."_s)
                       ? Outcome{Outcome::Expired, {}}
                       : Outcome{Outcome::Answered, u"Said."_s};
        };
        const auto ended = house.work(house.make(house.viaProvider(6)));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 6);
        QCOMPARE(house.batches.created, 2);
        QCOMPARE(house.liveRequests(), 2);
        for (const int count : std::as_const(house.batches.worked))
            QCOMPARE(count, 1);
    }

    void aJobThatWasBegunWithoutAnAnswerIsFoundAgain()
    {
        House house;
        house.batches.hangsUpOnce = true;
        const auto ended = house.work(house.make(house.viaProvider(5)));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 5);
        QCOMPARE(house.batches.created, 1); // paid for once
    }

    void aRunIsFollowedAcrossRestarts()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        const batch::Run run = house.make(house.viaProvider(8));
        CancelSource source;
        QTimer watch;
        QObject::connect(&watch, &QTimer::timeout, &watch, [&] {
            if (house.batches.created == 1)
                source.request_stop();
        });
        watch.start(5);
        const auto left = house.work(run, source.get_token());
        watch.stop();
        QCOMPARE(left->state, RunState::Submitted);
        QCOMPARE(left->running, 8);
        house.batches.asksUntilDone = 1;
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 8);
        QCOMPARE(house.batches.created, 1);
        for (const ItemRecord &record : house.records(run))
            QCOMPARE(record.item.repeated, false);
    }

    void aBatchThatIsDeclinedPausesTheRunWithTheReason()
    {
        House house;
        house.batches.declines = true;
        const batch::Run run = house.make(house.viaProvider(3));
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QVERIFY(paused->reason->message.contains(u"no such model"_s));
        QCOMPARE(paused->queued, 3);
        QCOMPARE(house.work(run)->state, RunState::Complete);
    }

    void cancellingReachesTheProvider()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        const batch::Run run = house.make(house.viaProvider(3));
        CancelSource source;
        QTimer watch;
        QObject::connect(&watch, &QTimer::timeout, &watch, [&] {
            if (house.batches.created == 1)
                source.request_stop();
        });
        watch.start(5);
        const auto left = house.work(run, source.get_token());
        QVERIFY(resultOf(cancelRun(house.parts(), *left)));
        QCOMPARE(house.batches.cancelled, 1);
        QCOMPARE(house.runs.find(run.id.value)->state, RunState::Cancelled);
    }

    /// The request to begin the job was stopped on its way back, so that its id is not known here.
    void cancellingFindsAJobWhoseBeginningWasNotHeardOf()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        const batch::Run run = house.make(house.viaProvider(3));
        CancelSource source;
        house.batches.onCreated = [&source] { source.request_stop(); };
        const auto left = house.work(run, source.get_token());
        QCOMPARE(house.batches.created, 1);
        QVERIFY(resultOf(cancelRun(house.parts(), *left)));
        QCOMPARE(house.batches.cancelled, 1);
    }

    void whatWouldPassABudgetIsNotHandedOver()
    {
        House house;
        QVERIFY(house.settings.setBudgets({.day = {.tokens = 500}}));
        const batch::Run run = house.make(house.viaProvider(40));
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QCOMPARE(paused->reason->kind, ErrorKind::Budget);
        QVERIFY2(paused->reason->message.contains(u"today's budget"), qPrintable(paused->reason->message));
        QCOMPARE(paused->queued, 40);
        QCOMPARE(house.server.count("POST"), 0);
        QVERIFY(house.spending.holds.isEmpty());
        for (const ItemRecord &record : house.records(run))
            QCOMPARE(record.item.attempts, 0);
        QVERIFY(house.settings.setBudgets({.day = {.tokens = 50'000}}));
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Complete);
        QVERIFY(house.spending.holds.isEmpty());
    }

    void theBudgetOfARunIsReckonedAtThePriceOfABatch()
    {
        House house;
        RunSpec spec = house.viaProvider(20);
        spec.endpoint = house.priced();
        Estimator estimator(house.parts(), house.prices, house.cache);
        const auto estimate = resultOf(estimator.estimate(spec, 100, {}));
        const double cost = estimate->cost->dollars();
        QVERIFY(cost > 0);
        spec.viaProvider = false;
        QCOMPARE(resultOf(estimator.estimate(spec, 100, {}))->cost->dollars(), 2 * cost);
        spec.viaProvider = true;
        spec.budget.money = usage::Money::fromDollars(0.99 * cost);
        const auto paused = house.work(house.make(spec));
        QCOMPARE(paused->reason->kind, ErrorKind::Budget);
        QVERIFY2(paused->reason->message.contains(u"budget of this run"), qPrintable(paused->reason->message));
        QCOMPARE(house.batches.created, 0);
        spec.budget.money = usage::Money::fromDollars(1.01 * cost);
        QCOMPARE(house.work(house.make(spec))->state, RunState::Complete);
        QCOMPARE(house.batches.created, 1);
    }

    void whatACancelledJobHadDoneIsKept()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        house.batches.doneWhenStopped = 7;
        RunSpec spec = house.viaProvider(20);
        spec.output = {.folder = house.folder.filePath(u"out"_s), .format = OutputFormat::Csv};
        const batch::Run run = house.make(spec);
        CancelSource source;
        house.batches.onCreated = [&source] { source.request_stop(); };
        const auto left = house.work(run, source.get_token());
        QVERIFY(resultOf(cancelRun(house.parts(), *left)));
        QVERIFY(hasResultsToTake(*house.runs.find(run.id.value)));
        const auto ended = house.work(*left);
        QCOMPARE(ended->state, RunState::Cancelled);
        QCOMPARE(ended->done, 7);
        QCOMPARE(ended->queued, 13);
        QVERIFY(!hasResultsToTake(*ended));
        QVERIFY(house.spending.holds.isEmpty());
        QCOMPARE(house.ledger.events.size(), 7);
        QFile table(house.folder.filePath(u"out/results.csv"_s));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QCOMPARE(table.readAll().count("Said."), 7);
        QCOMPARE(house.liveRequests(), 0);
        // There is nothing left to take.
        QCOMPARE(house.work(*ended)->done, 7);
        QCOMPARE(house.ledger.events.size(), 7);
    }

    void cancelledWhileItIsFollowedItTakesWhatWasDone()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        house.batches.doneWhenStopped = 3;
        const batch::Run run = house.make(house.viaProvider(5));
        QTimer watch;
        bool isCancelled = false;
        QObject::connect(&watch, &QTimer::timeout, &watch, [&] {
            if (house.batches.created == 1 && !std::exchange(isCancelled, true))
                house.database->writer().write([run](store::Connection &connection) {
                    return connection.execute(u"UPDATE batch_run SET state = 'cancelled' WHERE number = ?"_s,
                                              {run.number});
                });
        });
        watch.start(5);
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Cancelled);
        QCOMPARE(ended->done, 3);
        QCOMPARE(ended->queued, 2);
        QCOMPARE(house.batches.cancelled, 1);
    }

    void anAnswerThatIsOfNoUseIsPaidForAllTheSame()
    {
        House house;
        house.batches.answer = [](const QJsonObject &body) {
            return Outcome{Outcome::Answered, isAbout(body, u"number 3."_s) ? QString() : u"Said."_s};
        };
        RunSpec spec = house.viaProvider(6);
        spec.endpoint = house.priced();
        house.answer = [](const Received &) { return House::say(QString()); };
        const auto ended = house.work(house.make(spec));
        QCOMPARE(ended->done, 5);
        QCOMPARE(ended->failed, 1);
        const double one = 0.5 * (1'000 * 10 + 100 * 20) / 1e6; // of an answer of a batch
        QCOMPARE(ended->resultsCost, usage::Money::fromDollars(5 * one));
        QVERIFY2(ended->cost >= usage::Money::fromDollars(7 * one), qPrintable(display(ended->cost)));
        QCOMPARE(ended->cost, house.spent());
    }

    void anAnswerThatIsReadTwiceCountsOnce()
    {
        House house;
        RunSpec spec = house.viaProvider(6);
        spec.endpoint = house.priced();
        const batch::Run run = house.make(spec);
        // The answers are written down as paid for, but no result is: as where the process is killed in between.
        QVERIFY(resultOf(valueOf(house.database->writer().write([](store::Connection &connection) {
            return connection.executeScript("CREATE TRIGGER full BEFORE INSERT ON batch_result "
                                            "BEGIN SELECT raise(ABORT, 'disk full'); END");
        }))));
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QCOMPARE(paused->done, 0);
        QVERIFY(resultOf(valueOf(house.database->writer().write(
            [](store::Connection &connection) { return connection.executeScript("DROP TRIGGER full"); }))));
        const auto ended = house.work(run);
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 6);
        QCOMPARE(ended->cost, ended->resultsCost);
        QCOMPARE(house.batches.created, 1);
    }

    void aRunThatIsRemovedIsStoppedAtTheProvider()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        const batch::Run run = house.make(house.viaProvider(5));
        CancelSource source;
        house.batches.onCreated = [&source] { source.request_stop(); };
        QCOMPARE(house.work(run, source.get_token())->done, 0);
        QCOMPARE(house.spending.holds.size(), 1);
        QVERIFY(resultOf(removeRun(house.parts(), run)));
        QCOMPARE(house.batches.cancelled, 1);
        QVERIFY(house.spending.holds.isEmpty());
        QVERIFY(!house.runs.find(run.id.value));
        QVERIFY(PartStore(*house.database).all(run)->empty());
    }

    void aRunWhoseJobIsOverIsRemovedWithoutCancellingIt()
    {
        House house;
        house.batches.asksUntilDone = 1'000'000;
        const batch::Run run = house.make(house.viaProvider(5));
        CancelSource source;
        house.batches.onCreated = [&source] { source.request_stop(); };
        QCOMPARE(house.work(run, source.get_token())->done, 0);
        house.batches.asksUntilDone = 0; // it ended while nobody looked
        QVERIFY(resultOf(removeRun(house.parts(), run)));
        QCOMPARE(house.batches.cancelled, 0);
        QVERIFY(house.spending.holds.isEmpty());
        QVERIFY(!house.runs.find(run.id.value));
    }

    void whatAnExpiredJobHadDoneIsKept()
    {
        House house;
        house.batches.expires = true;
        house.batches.doneWhenStopped = 4;
        const auto ended = house.work(house.make(house.viaProvider(9)));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 9);
        QCOMPARE(house.batches.created, 2);
        for (const int count : std::as_const(house.batches.worked))
            QCOMPARE(count, 1);
    }

    void aJobThatIsCancelledAtTheProviderPausesTheRun()
    {
        House house;
        house.batches.doneWhenStopped = 4;
        house.batches.stops = true;
        const batch::Run run = house.make(house.viaProvider(9));
        const auto paused = house.work(run);
        QCOMPARE(paused->state, RunState::Paused);
        QVERIFY2(paused->reason->message.contains(u"cancelled at the provider"), qPrintable(paused->reason->message));
        QCOMPARE(paused->done, 4);
        QCOMPARE(paused->queued, 5);
        QCOMPARE(house.liveRequests(), 0);
        QCOMPARE(house.work(run)->state, RunState::Complete);
        for (const int count : std::as_const(house.batches.worked))
            QCOMPARE(count, 1);
    }

    void aServerWithoutBatchesSaysSo()
    {
        BatchHouse house;
        RunSpec spec = house.spec(2);
        spec.viaProvider = true;
        const auto paused = house.work(house.make(spec));
        QCOMPARE(paused->state, RunState::Paused);
        QVERIFY(paused->reason);
        spec.endpoint = llm::builtinEndpoint();
        QCOMPARE(check(spec).error().kind, ErrorKind::BadInput);
    }

    void requestsGoOutAndAnswersComeInAsFiles()
    {
        House house;
        const batch::Run run = house.make(house.spec(6));
        const QString path = house.folder.filePath(u"requests.jsonl"_s);
        {
            Runner runner(house.parts(), run);
            runner.setOfflineJob({Runner::OfflineJob::WriteRequests, path});
            const auto paused = resultOf(runner.work({}));
            QCOMPARE(paused->state, RunState::Paused);
            QVERIFY(!paused->reason);
            QCOMPARE(paused->queued, 6);
        }
        QFile requests(path);
        QVERIFY(requests.open(QIODevice::ReadOnly));
        QByteArray answers;
        int number = 0;
        for (const QByteArray &line : requests.readAll().trimmed().split('\n')) {
            const QJsonObject request = QJsonDocument::fromJson(line).object();
            QCOMPARE(request[u"url"].toString(), u"/v1/chat/completions"_s);
            QCOMPARE(request[u"body"][u"model"].toString(), u"m"_s);
            const QJsonObject choice{{u"index"_s, 0},
                                     {u"message"_s, QJsonObject{{u"content"_s, u"Offline %1."_s.arg(number++)}}},
                                     {u"finish_reason"_s, u"stop"_s}};
            const QJsonObject body{{u"choices"_s, QJsonArray{choice}},
                                   {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, 3}, {u"completion_tokens"_s, 2}}}};
            answers.prepend(
                QJsonDocument(QJsonObject{{u"custom_id"_s, request[u"custom_id"]},
                                          {u"response"_s, QJsonObject{{u"status_code"_s, 200}, {u"body"_s, body}}},
                                          {u"error"_s, QJsonValue()}})
                    .toJson(QJsonDocument::Compact)
                + '\n');
        }
        QCOMPARE(number, 6);
        house.file(u"answers.jsonl"_s, "not a line of ours\n" + answers + answers); // each twice
        Runner runner(house.parts(), run);
        runner.setOfflineJob({Runner::OfflineJob::ReadAnswers, house.folder.filePath(u"answers.jsonl"_s)});
        const auto ended = resultOf(runner.work({}));
        QCOMPARE(ended->state, RunState::Complete);
        QCOMPARE(ended->done, 6);
        QCOMPARE(house.records(run)[4].result, u"Offline 4."_s);
        QCOMPARE(house.server.count("POST"), 0);
    }

    void aFileWithoutAnswersIsDeclined()
    {
        House house;
        const batch::Run run = house.make(house.spec(2));
        Runner runner(house.parts(), run);
        runner.setOfflineJob({Runner::OfflineJob::ReadAnswers, house.file(u"other.jsonl"_s, "{\"a\":1}\n")});
        const auto paused = resultOf(runner.work({}));
        QCOMPARE(paused->reason->kind, ErrorKind::BadInput);
        QCOMPARE(paused->queued, 2);
    }
};

QTEST_GUILESS_MAIN(TestProvider)
#include "tst_provider.moc"
