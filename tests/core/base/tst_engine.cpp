// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/enginecall.h"
#include "base/framegatherer.h"

#include <QSignalSpy>
#include <QTest>

using namespace quintet;
using namespace std::chrono_literals;

class TestEngine final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCallRunsOnTheEngineThreadAndAnswersOnThisOne()
    {
        EngineThread engine;
        QThread *ranOn = nullptr;
        QThread *answeredOn = nullptr;
        int answer = 0;
        QObject receiver;
        auto call = EngineCall<int>(
            engine, &receiver,
            [&ranOn](CancelToken) -> Task<Result<int>> {
                ranOn = QThread::currentThread();
                co_return 42;
            },
            [&](Result<int> result) {
                answeredOn = QThread::currentThread();
                answer = result.value_or(-1);
            });
        QTRY_COMPARE(answer, 42);
        QVERIFY(ranOn != QThread::currentThread());
        QCOMPARE(answeredOn, QThread::currentThread());
    }

    void aCancelledCallAnswersOnceWithCancelled()
    {
        EngineThread engine;
        QObject receiver;
        int answers = 0;
        ErrorKind kind = ErrorKind::Protocol;
        auto call = EngineCall<int>(engine, &receiver, sleepForAnHour, [&](Result<int> result) {
            ++answers;
            kind = result.error().kind;
        });
        QTest::qWait(20);
        call.cancel();
        QTRY_COMPARE(answers, 1);
        QCOMPARE(kind, ErrorKind::Cancelled);
        QTest::qWait(20);
        QCOMPARE(answers, 1);
    }

    void anAbandonedCallNeverAnswersAndItsWorkStops()
    {
        EngineThread engine;
        QObject receiver;
        bool answered = false;
        std::atomic<bool> stopped = false;
        {
            auto call = EngineCall<int>(
                engine, &receiver,
                [&stopped](CancelToken token) -> Task<Result<int>> {
                    SystemClock clock;
                    stopped = !co_await clock.sleep(1h, token);
                    co_return 1;
                },
                [&](Result<int>) { answered = true; });
            QTest::qWait(20);
        }
        QTRY_VERIFY(stopped);
        QTest::qWait(20);
        QVERIFY(!answered);
    }

    void aNewCallReplacesTheOldOne()
    {
        EngineThread engine;
        QObject receiver;
        QList<int> answers;
        const auto answer = [&](Result<int> result) { answers << result.value_or(-1); };
        auto call = EngineCall<int>(engine, &receiver, sleepForAnHour, answer);
        call = EngineCall<int>(engine, &receiver, [](CancelToken) -> Task<Result<int>> { co_return 2; }, answer);
        QTRY_COMPARE(answers, QList<int>{2});
    }

    void valuesAreGatheredIntoFewDeliveries()
    {
        EngineThread engine;
        int deliveries = 0;
        std::vector<int> received;
        FrameGatherer<int> gatherer([&](std::vector<int> values) {
            ++deliveries;
            received.insert(received.end(), values.begin(), values.end());
        });
        engine.runAndWait([send = gatherer.sender()] {
            for (int i = 0; i < 10'000; ++i)
                send(i);
        });
        QTRY_COMPARE(received.size(), size_t(10'000));
        QVERIFY(std::ranges::is_sorted(received));
        QCOMPARE(deliveries, 1);
    }

    void aFlushDeliversTheLastValuesAtOnce()
    {
        std::vector<int> received;
        FrameGatherer<int> gatherer([&](std::vector<int> values) { received = std::move(values); });
        const auto send = gatherer.sender();
        send(7);
        gatherer.flush();
        QCOMPARE(received, std::vector<int>{7});
    }

    void whatIsSentToAGathererThatIsGoneIsDropped()
    {
        std::function<void(int)> send;
        {
            FrameGatherer<int> gatherer([](std::vector<int>) { QFAIL("nothing may be delivered"); });
            send = gatherer.sender();
            send(1);
        }
        send(2);
        QTest::qWait(30);
    }

private:
    static Task<Result<int>> sleepForAnHour(CancelToken token)
    {
        SystemClock clock;
        if (!co_await clock.sleep(1h, token))
            co_return std::unexpected(cancelledError());
        co_return 1;
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
