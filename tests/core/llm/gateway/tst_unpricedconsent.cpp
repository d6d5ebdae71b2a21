// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/asking.h"
#include "support/scriptedmodel.h"

#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// A user who is asked about models without a price.
struct User {
    explicit User(House &house)
    {
        house.consent.setAsker([this](const QString &model) {
            asked << model;
            question = std::make_shared<QPromise<bool>>();
            question->start();
            return question->future();
        });
    }

    void say(bool yes)
    {
        question->addResult(yes);
        question->finish();
    }

    QStringList asked;
    std::shared_ptr<QPromise<bool>> question;
};

class TestUnpricedConsent final : public QObject {
    Q_OBJECT

    /// A server that is not on this computer, for which `server` stands in as its proxy.
    static Endpoint elsewhere(const ScriptedServer &server)
    {
        Endpoint endpoint = endpointAt(server);
        endpoint.baseUrl = QUrl(u"http://quintet.invalid/v1"_s);
        endpoint.proxy = server.url({}).toString();
        return endpoint;
    }

    static Request limited(const QString &run = {})
    {
        Request request = hello();
        request.model = u"scripted-small"_s;
        request.run = run;
        request.runBudget.money = usage::Money::fromDollars(1);
        if (run.isEmpty())
            std::swap(request.runBudget, request.budget);
        return request;
    }

    static Task<Result<Completion>> ask(House &house, const ScriptedServer &server, const Request &request)
    {
        return collect(house.gateway.ask(elsewhere(server), request), {}, {});
    }

    static QString problemOf(Task<Result<Completion>> answer)
    {
        const auto result = resultOf(std::move(answer));
        return result ? QString() : result.error().message;
    }

private Q_SLOTS:
    void aYesIsKeptAndTheRequestGoesOut()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        User user(house);
        auto answer = ask(house, server, limited());
        QTRY_COMPARE(user.asked, QStringList{u"scripted-small"_s});
        QCOMPARE(server.count("POST"), 0);
        user.say(true);
        QCOMPARE(problemOf(std::move(answer)), QString());
        QCOMPARE(house.settings.budgets().unpricedAllowed, QStringList{u"scripted-small"_s});
        QVERIFY(resultOf(ask(house, server, limited())).has_value());
        QCOMPARE(user.asked.size(), 1);
    }

    void aNoSendsNothingAndIsNotRepeatedWithinARun()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        User user(house);
        auto answer = ask(house, server, limited(u"run"_s));
        QTRY_COMPARE(user.asked.size(), 1);
        user.say(false);
        QCOMPARE(resultOf(std::move(answer)).error().kind, ErrorKind::Budget);
        QCOMPARE(resultOf(ask(house, server, limited(u"run"_s))).error().kind, ErrorKind::Budget);
        QCOMPARE(user.asked.size(), 1);
        auto later = ask(house, server, limited()); // what the user does now is worth a question
        QTRY_COMPARE(user.asked.size(), 2);
        user.say(true);
        QCOMPARE(problemOf(std::move(later)), QString());
        QCOMPARE(server.count("POST"), 1);
    }

    void manyAtOnceShareOneQuestion()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        User user(house);
        std::vector<Task<Result<Completion>>> answers;
        for (int i = 0; i < 5; ++i) {
            Request request = limited(u"run"_s);
            request.messages.front().text = QString::number(i);
            answers.push_back(ask(house, server, request));
        }
        QTRY_COMPARE(user.asked.size(), 1);
        QTest::qWait(50);
        user.say(true);
        for (auto &answer : answers)
            QCOMPARE(problemOf(std::move(answer)), QString());
        QCOMPARE(user.asked.size(), 1);
    }

    void whoGoesWithoutAnAnswerSaysNo()
    {
        ScriptedServer server;
        House house;
        User user(house);
        auto answer = ask(house, server, limited());
        QTRY_COMPARE(user.asked.size(), 1);
        user.question.reset();
        QCOMPARE(resultOf(std::move(answer)).error().kind, ErrorKind::Budget);
    }

    void aRequestThatIsGivenUpMeanwhileIsNotSent()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        User user(house);
        {
            const auto stream = house.gateway.ask(elsewhere(server), limited());
            QTRY_COMPARE(user.asked.size(), 1);
        }
        user.say(true);
        QTest::qWait(50);
        QCOMPARE(server.count("POST"), 0);
        QVERIFY(house.spending.holds.isEmpty());
    }

    void embeddingsAskToo()
    {
        ScriptedServer server;
        server.on("/v1/embeddings", [](const Received &) {
            return Script::response(200, R"({"data":[{"index":0,"embedding":[1,0]}]})");
        });
        House house;
        User user(house);
        EmbeddingRequest request{.pattern = u"knowledge"_s, .model = u"scripted-small"_s, .texts = {u"x"_s}};
        request.runBudget.money = usage::Money::fromDollars(1);
        auto vectors = house.gateway.embed(elsewhere(server), request, {});
        QTRY_COMPARE(user.asked.size(), 1);
        user.say(true);
        QVERIFY(resultOf(std::move(vectors)).has_value());
    }

    void whoIsGivenUpDoesNotWaitForTheAnswer()
    {
        ScriptedServer server;
        House house;
        User user(house);
        EmbeddingRequest request{.pattern = {}, .model = u"scripted-small"_s, .texts = {u"x"_s}};
        request.runBudget.money = usage::Money::fromDollars(1);
        CancelSource source;
        auto vectors = house.gateway.embed(elsewhere(server), request, source.get_token());
        QTRY_COMPARE(user.asked.size(), 1);
        source.request_stop();
        QCOMPARE(resultOf(std::move(vectors)).error().kind, ErrorKind::Cancelled);
        QVERIFY(house.settings.budgets().unpricedAllowed.isEmpty());
    }

    void twoModelsAreAskedAboutOneAfterTheOther()
    {
        ScriptedServer server;
        server.on("/", [](const Received &) {
            return Script::response(200,
                                    R"({"choices":[{"index":0,"message":{"content":"Yes."},"finish_reason":"stop"}]})");
        });
        House house;
        User user(house);
        Request other = limited();
        other.model = u"another"_s;
        auto first = ask(house, server, limited());
        auto second = ask(house, server, other);
        QTRY_COMPARE(user.asked, QStringList{u"scripted-small"_s});
        QTest::qWait(30);
        QCOMPARE(user.asked.size(), 1);
        user.say(true);
        QTRY_COMPARE(user.asked, (QStringList{u"scripted-small"_s, u"another"_s}));
        user.say(true);
        QCOMPARE(problemOf(std::move(first)), QString());
        QCOMPARE(problemOf(std::move(second)), QString());
    }

    void withoutALimitOfMoneyNobodyIsAsked()
    {
        ScriptedServer server;
        const ScriptedModel model(server);
        House house;
        User user(house);
        Request request = limited();
        request.budget = {.money = {}, .tokens = 100'000};
        QVERIFY(resultOf(ask(house, server, request)).has_value());
        QVERIFY(user.asked.isEmpty());
    }

    void whereNobodyCanBeAskedTheErrorSaysTheWay()
    {
        ScriptedServer server;
        House house;
        const Error error = resultOf(ask(house, server, limited())).error();
        QCOMPARE(error.kind, ErrorKind::Budget);
        QVERIFY2(error.message.contains(u"scripted-small"), qPrintable(error.message));
    }
};

QTEST_GUILESS_MAIN(TestUnpricedConsent)
#include "tst_unpricedconsent.moc"
