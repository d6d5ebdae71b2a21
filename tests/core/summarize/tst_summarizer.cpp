// SPDX-License-Identifier: GPL-3.0-or-later
#include "summarize/split.h"
#include "summarize/summarizer.h"
#include "support/house.h"
#include "support/resultof.h"
#include "support/scriptedmodel.h"
#include "text/tokenestimate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimer>

using namespace quintet;
using namespace quintet::summarize;
using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestSummarizer final : public QObject {
    Q_OBJECT

private:
    struct House : test::House {
        Summarizer summarizer{gateway, catalog};
    };

    /// A model that reads `context` words and answers with the first ten words it was given; refuses what is longer, as
    /// llama.cpp does.
    static void serve(ScriptedServer &server, int context, int saysContext)
    {
        server.on("/v1/models", [saysContext](const Received &) {
            return Script::response(
                200, QStringLiteral("{\"data\":[{\"id\":\"m\",\"max_model_len\":%1}]}").arg(saysContext).toUtf8());
        });
        server.on("/v1/chat/completions", [context](const Received &request) {
            const QJsonObject body = QJsonDocument::fromJson(request.body).object();
            const QStringList words = body[u"messages"][1][u"content"].toString().simplified().split(u' ');
            if (words.size() > context) {
                return Script::response(
                    400, "{\"error\":{\"code\":400,\"type\":\"exceed_context_size_error\",\"message\":\"too long\"}}");
            }
            const QJsonObject message{{u"content"_s, words.mid(0, 10).join(u' ')}};
            const QJsonObject choice{{u"index"_s, 0}, {u"message"_s, message}, {u"finish_reason"_s, u"stop"_s}};
            return Script::response(200, QJsonDocument(QJsonObject{{u"choices"_s, QJsonArray{choice}}}).toJson());
        });
    }

    static document::Document longText(int paragraphs)
    {
        QString text;
        for (int i = 0; i < paragraphs; ++i)
            text +=
                u"Paragraph %1 says that the kettle number %1 is blue and holds two litres of water. It boils quickly.\n\n"_s
                    .arg(i);
        document::Document document;
        document.text = text;
        document.format = u"text"_s;
        return document;
    }

    static SummaryWish wishFor(const ScriptedServer &server)
    {
        SummaryWish wish;
        wish.endpoint = {u"scripted"_s, llm::EndpointKind::OpenAi, server.url(u"/v1"_s), u"m"_s, {}};
        return wish;
    }

private Q_SLOTS:
    void piecesFollowEachOtherWithoutGapAndFit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addRow("paragraphs") << longText(200).text;
        QTest::addRow("one paragraph") << longText(200).text.replace(u'\n', u' ');
        QTest::addRow("one word") << u"x"_s.repeated(20'000);
        QTest::addRow("emoji") << QStringLiteral("\U0001F600").repeated(5'000);
        QTest::addRow("han") << u"水壶是蓝色的。它能装两升水。"_s.repeated(500);
        QTest::addRow("short") << u"Just this."_s;
        QTest::addRow("blank") << u"  \n "_s;
    }

    void piecesFollowEachOtherWithoutGapAndFit()
    {
        QFETCH(QString, text);
        const auto pieces = splitByTokens(text, 100);
        qsizetype end = 0;
        for (const text::Span &piece : pieces) {
            QCOMPARE(piece.start, end);
            QVERIFY(!piece.isEmpty());
            QVERIFY(piece.end == text.size() || !text[piece.end].isLowSurrogate());
            QVERIFY2(text::estimateTokens(piece.of(text)) <= 110,
                     qPrintable(QString::number(text::estimateTokens(piece.of(text)))));
            end = piece.end;
        }
        QCOMPARE(end, text.size());
    }

    void aTextThatFitsIsOneRequest()
    {
        ScriptedServer server;
        serve(server, 100'000, 100'000);
        House house;
        const auto summary = resultOf(house.summarizer.summarize(longText(5), wishFor(server), {}, {}));
        QVERIFY2(summary.has_value(), summary ? "" : qPrintable(summary.error().message));
        QVERIFY(summary->text.startsWith(u"Paragraph 0 says"));
        QCOMPARE(server.count("POST"), 1);
        QCOMPARE(server.count("GET"), 0); // short enough for any model, so none is asked how much it reads
    }

    void aLongTextIsReadInSectionsAndNoneIsLeftOut()
    {
        ScriptedServer server;
        serve(server, 3'000, 2'000);
        House house;
        QList<int> sections;
        int count = 0;
        Watcher watcher;
        watcher.onSection = [&](int done, int of) {
            sections << done;
            count = of;
        };
        const auto summary = resultOf(house.summarizer.summarize(longText(400), wishFor(server), watcher, {}));
        QVERIFY2(summary.has_value(), summary ? "" : qPrintable(summary.error().message));
        QVERIFY(count > 3);
        QVERIFY(std::ranges::is_sorted(sections));
        QCOMPARE(server.count("POST"), count + 1);
        QString sent;
        for (const Received &request : server.received())
            sent += QString::fromUtf8(request.body);
        for (int i = 0; i < 400; ++i)
            QVERIFY2(sent.contains(u"kettle number %1 is"_s.arg(i)), qPrintable(QString::number(i)));
    }

    void aContextThatIsSmallerThanSaidIsLearnt()
    {
        ScriptedServer server;
        serve(server, 1'500, 6'000);
        House house;
        const auto summary = resultOf(house.summarizer.summarize(longText(400), wishFor(server), {}, {}));
        QVERIFY2(summary.has_value(), summary ? "" : qPrintable(summary.error().message));
        qint64 tokens = 0;
        for (const usage::UsageEvent &event : house.ledger.events)
            tokens += event.outcome == u"done" ? event.tokens.prompt : 0; // others were given up
        QCOMPARE(summary->completion.usage.prompt, tokens);
    }

    void aHopelessContextIsAnError()
    {
        ScriptedServer server;
        serve(server, 5, 6'000);
        House house;
        const auto summary = resultOf(house.summarizer.summarize(longText(400), wishFor(server), {}, {}));
        QCOMPARE(summary.error().kind, ErrorKind::ContextTooLong);
    }

    void aTinyContextIsAnErrorAndNoFloodOfRequests()
    {
        for (const int context : {1, 3, 40, 300}) {
            ScriptedServer server;
            serve(server, 100'000, context);
            House house;
            const auto summary = resultOf(house.summarizer.summarize(longText(400), wishFor(server), {}, {}));
            QCOMPARE(summary.error().kind, ErrorKind::ContextTooLong);
            QCOMPARE(server.count("POST"), 0);
        }
    }

    void aKeyThatIsRefusedIsNotTriedForEverySection()
    {
        ScriptedServer server;
        server.on("/v1/models", [](const Received &) {
            return Script::response(200, "{\"data\":[{\"id\":\"m\",\"max_model_len\":2000}]}");
        });
        server.on("/v1/chat", [](const Received &) { return Script::response(401, "{}"); });
        House house;
        const auto summary = resultOf(house.summarizer.summarize(longText(2'000), wishFor(server), {}, {}));
        QCOMPARE(summary.error().kind, ErrorKind::Unauthorized);
        QVERIFY2(server.count("POST") <= 16, qPrintable(QString::number(server.count("POST"))));
    }

    void whatAllSectionsTookIsAddedUp()
    {
        ScriptedServer server;
        serve(server, 3'000, 2'000);
        House house;
        const auto summary = resultOf(house.summarizer.summarize(longText(400), wishFor(server), {}, {}));
        qint64 tokens = 0;
        for (const usage::UsageEvent &event : house.ledger.events)
            tokens += event.outcome == u"done" ? event.tokens.prompt : 0; // others were given up
        QCOMPARE(summary->completion.usage.prompt, tokens);
        QVERIFY(tokens > 5'000);
        QCOMPARE(summary->completion.attempts, static_cast<int>(house.ledger.events.size()));
    }

    void oneBudgetHoldsForAllSections()
    {
        ScriptedServer server;
        serve(server, 3'000, 2'000);
        House house;
        SummaryWish wish = wishFor(server);
        wish.endpoint.model = u"gpt-5-mini"_s;
        wish.endpoint.baseUrl = server.url(u"/v1"_s);
        wish.budget.money = usage::Money::fromDollars(0.00001);
        // A server on this computer is free, whatever its model is called.
        QVERIFY(resultOf(house.summarizer.summarize(longText(400), wish, {}, {})).has_value());
    }

    void cancellingStopsAllSections()
    {
        ScriptedServer server;
        server.on("/v1/models", [](const Received &) {
            return Script::response(200, "{\"data\":[{\"id\":\"m\",\"max_model_len\":1000}]}");
        });
        server.on("/v1/chat", [](const Received &) { return Script().stall(); });
        House house;
        CancelSource source;
        QTimer::singleShot(200, this, [&source] { source.request_stop(); });
        const auto summary =
            resultOf(house.summarizer.summarize(longText(200), wishFor(server), {}, source.get_token()));
        QCOMPARE(summary.error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void theBuiltInEngineQuotesWithPlaces()
    {
        House house;
        document::Document source = longText(1);
        source.path = u"/tmp/a.pdf"_s;
        source.places = {{document::Place::Page, u"3"_s, 0, source.text.size(), 3}};
        SummaryWish wish;
        wish.endpoint = llm::builtinEndpoint();
        const auto summary = resultOf(house.summarizer.summarize(source, wish, {}, {}));
        QVERIFY(summary.has_value());
        QVERIFY(!summary->sentences.empty());
        QCOMPARE(summary->sentences[0].place, u"p. 3"_s);
        QCOMPARE(source.text.mid(summary->sentences[0].start, summary->sentences[0].end - summary->sentences[0].start),
                 summary->sentences[0].text);
        QCOMPARE(house.ledger.events.size(), size_t(1));
        wish.instruction = u"as a poem"_s;
        QCOMPARE(resultOf(house.summarizer.summarize(source, wish, {}, {})).error().kind, ErrorKind::NeedsModel);
    }
};

QTEST_GUILESS_MAIN(TestSummarizer)
#include "tst_summarizer.moc"
