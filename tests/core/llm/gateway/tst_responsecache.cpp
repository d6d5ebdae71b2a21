// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/modelfactsstore.h"
#include "llm/gateway/responsecachestore.h"
#include "support/fakes.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestResponseCache final : public QObject {
    Q_OBJECT

    struct Store {
        QTemporaryDir folder;
        FakeClock clock;
        std::unique_ptr<store::Database> database =
            std::move(*store::Database::open(folder.filePath(u"q.db"_s), store::mainSchema()));
        GatewaySettings settings{folder.filePath(u"quintet.ini"_s)};
        ResponseCacheStore cache{*database, clock, settings};

        void settle()
        {
            database->writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        }
    };

    static Completion answer(const QString &text)
    {
        Completion completion;
        completion.text = text;
        completion.reasoning = u"hm"_s;
        completion.model = u"m"_s;
        completion.usage = {3, 4};
        completion.cost = usage::Money::fromDollars(0.004);
        completion.totalTime = std::chrono::milliseconds(3100);
        return completion;
    }

private Q_SLOTS:
    void anAnswerComesBackWithWhatItCost()
    {
        Store store;
        QVERIFY(!store.cache.find("k"));
        store.cache.put("k", answer(u"yes"_s));
        store.settle();
        const auto kept = store.cache.find("k");
        QVERIFY(kept.has_value());
        QCOMPARE(kept->text, u"yes"_s);
        QCOMPARE(kept->cost, usage::Money::fromDollars(0.004));
        QCOMPARE(kept->totalTime, std::chrono::milliseconds(3100));
        store.settle();
        const auto statistics = store.cache.statistics();
        QCOMPARE(statistics->answers, 1);
        QCOMPARE(statistics->hits, 1);
        QVERIFY(statistics->bytes > 20);
        store.cache.clear().waitForFinished();
        QVERIFY(!store.cache.find("k"));
    }

    void anAnswerIsThereBeforeItIsWritten()
    {
        Store store;
        for (int i = 0; i < 50; ++i) {
            const QByteArray key = QByteArray::number(i);
            store.cache.put(key, answer(u"yes"_s));
            QVERIFY(store.cache.find(key).has_value());
        }
        store.settle();
        QCOMPARE(store.cache.statistics()->answers, 50);
        QCOMPARE(store.cache.statistics()->hits, 50);
    }

    void vectorsComeBackAsTheyWere()
    {
        Store store;
        const std::vector<float> vector{0.25F, -1.0F, 3e-7F};
        store.cache.putVectors({{"v", vector}});
        store.settle();
        const std::vector<float> other{4.0F};
        store.cache.putVectors({{"u", other}});
        store.settle();
        const auto found = store.cache.findVectors({"v", "w", "u"});
        QCOMPARE(found.size(), 2);
        QVERIFY(found.value("v") == vector);
        QVERIFY(found.value("u") == other);
        store.settle();
        QCOMPARE(store.cache.statistics()->hits, 2);
    }

    void whatIsTooOldIsNotGiven()
    {
        Store store;
        store.cache.put("k", answer(u"yes"_s));
        store.settle();
        store.clock.turn(std::chrono::hours(24 * 89));
        QVERIFY(store.cache.find("k"));
        store.clock.turn(std::chrono::hours(48));
        QVERIFY(!store.cache.find("k"));
    }

    void theOldestGoWhereThereIsNoRoom()
    {
        Store store;
        QVERIFY(store.settings.setCache({.largestBytes = 1024 * 1024, .longestDays = 90}));
        const QString large = u"word "_s.repeated(4'000); // 20 kB
        for (int i = 0; i < 401; ++i) {
            store.clock.turn(std::chrono::seconds(1));
            store.cache.put("k" + QByteArray::number(i), answer(large));
        }
        store.settle();
        QVERIFY(store.cache.statistics()->bytes < 6 * 1024 * 1024);
        QVERIFY(store.cache.find("k400"));
        QVERIFY(!store.cache.find("k1"));
    }

    void answersOfOneMomentGoOnlyAsFarAsTheyMust()
    {
        Store store;
        QVERIFY(store.settings.setCache({.largestBytes = 1024 * 1024, .longestDays = 90}));
        const QString large = u"word "_s.repeated(4'000); // 20 kB
        for (int i = 0; i < 201; ++i)                     // which prunes at the end, all at one time of the clock
            store.cache.put("k" + QByteArray::number(i), answer(large));
        store.settle();
        QCOMPARE_LE(store.cache.statistics()->bytes, 1024 * 1024);
        QCOMPARE_GE(store.cache.statistics()->bytes, 1024 * 1024 - 21'000);
    }

    void settingsAreSeenOnceTheFileChanged()
    {
        Store store;
        GatewaySettings other(store.folder.filePath(u"quintet.ini"_s));
        QVERIFY(!other.budgets().isSet());
        usage::Budgets budgets;
        budgets.day.money = usage::Money::fromDollars(2.5);
        budgets.month.tokens = 1'000'000;
        budgets.unpricedAllowed << u"m"_s;
        QVERIFY(store.settings.setBudgets(budgets));
        QCOMPARE(store.settings.budgets(), budgets);
        QTRY_COMPARE(other.budgets(), budgets);
        QVERIFY(store.settings.setBudgets({}));
        QCOMPARE(store.settings.budgets(), usage::Budgets());
    }

    void whatIsLearntAboutAModelLasts()
    {
        Store store;
        const Endpoint endpoint{.name = u"e"_s, .baseUrl = QUrl(u"http://localhost:1/v1"_s)};
        {
            ModelFactsStore facts(*store.database);
            QCOMPARE(facts.tokenFactor(endpoint, u"m"_s), 1.0);
            facts.countedPrompt(endpoint, u"m"_s, 1'000, 1'300);
            facts.countedPrompt(endpoint, u"m"_s, 1'000, 1'100);
            facts.countedPrompt(endpoint, u"m"_s, 1'000, 90'000); // no tokenizer does that
            QVERIFY(qAbs(facts.tokenFactor(endpoint, u"m"_s) - 1.2) < 1e-9);
            facts.overflowed(endpoint, u"m"_s, 8'192);
        }
        store.settle();
        ModelFactsStore facts(*store.database);
        QVERIFY(qAbs(facts.tokenFactor(endpoint, u"m"_s) - 1.2) < 1e-9);
        QCOMPARE(facts.learntContext(endpoint, u"m"_s).tokens, 8'192);
        QCOMPARE(facts.learntContext(endpoint, u"other"_s).tokens, 0);
    }

    void anOverflowTellsTheContext_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<qint64>("context");
        QTest::newRow("llama.cpp") << u"{\"error\":{\"n_prompt_tokens\":45010,\"n_ctx\":8192}}"_s << qint64(8192);
        QTest::newRow("openai") << u"This model's maximum context length is 128000 tokens. However, you requested"_s
                                << qint64(128'000);
        QTest::newRow("anthropic") << u"prompt is too long: 208310 tokens > 200000 maximum"_s << qint64(200'000);
        QTest::newRow("words") << u"exceeds the available context size (4096 tokens)"_s << qint64(4096);
        QTest::newRow("silent") << u"too long"_s << qint64(0);
    }

    void anOverflowTellsTheContext()
    {
        QFETCH(QString, said);
        QFETCH(qint64, context);
        QCOMPARE(contextFrom(Error(ErrorKind::ContextTooLong, u"too long"_s, said)).value_or(0), context);
        QVERIFY(!contextFrom(Error(ErrorKind::Refused, said)));
    }
};

QTEST_GUILESS_MAIN(TestResponseCache)
#include "tst_responsecache.moc"
