// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/embeddings.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <cmath>

using namespace quintet;
using namespace quintet::llm;
using namespace Qt::StringLiterals;

class TestEmbeddings final : public QObject {
    Q_OBJECT

    static QByteArray recording(const QString &name)
    {
        QFile file(QStringLiteral(QUINTET_TEST_DATA "/wire/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

private Q_SLOTS:
    void floatsAndBase64SayTheSame()
    {
        const auto floats = wire::embeddingsResponse(recording(u"emb-float.body"_s), 1, 0);
        const auto base64 = wire::embeddingsResponse(recording(u"emb-base64.body"_s), 1, 0);
        QVERIFY(floats && base64);
        QCOMPARE(floats->vectors[0].size(), base64->vectors[0].size());
        QVERIFY(floats->vectors[0].size() > 100);
        double furthest = 0;
        for (size_t i = 0; i < floats->vectors[0].size(); ++i)
            furthest = std::max(furthest, std::abs(double(floats->vectors[0][i]) - double(base64->vectors[0][i])));
        QVERIFY2(furthest < 1e-5, qPrintable(QString::number(furthest)));
        QCOMPARE(floats->usage.prompt, 7);
    }

    void vectorsAreInTheOrderOfTheTexts()
    {
        const auto embeddings = wire::embeddingsResponse(
            json("{'data':[{'index':1,'embedding':[0,1]},{'index':0,'embedding':[1,0]}]}"), 2, 0);
        QVERIFY(embeddings.has_value());
        QVERIFY((embeddings->vectors == std::vector<std::vector<float>>{{1, 0}, {0, 1}}));
    }

    void shortenedVectorsAreMadeUnitVectorsAgain()
    {
        const auto embeddings = wire::embeddingsResponse(json("{'data':[{'index':0,'embedding':[3,4]}]}"), 1, 2);
        QVERIFY((embeddings->vectors[0] == std::vector<float>{0.6F, 0.8F}));
    }

    void whatIsNotWholeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const char *body) { QTest::newRow(name) << json(body); };
        row("too few", "{'data':[{'index':0,'embedding':[1]}]}");
        row("too many",
            "{'data':[{'index':0,'embedding':[1]},{'index':1,'embedding':[1]},{'index':1,'embedding':[1]}]}");
        row("twice the same", "{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[1]}]}");
        row("of two lengths", "{'data':[{'index':0,'embedding':[1]},{'index':1,'embedding':[1,2]}]}");
        row("no number", "{'data':[{'index':0,'embedding':[1]},{'index':1,'embedding':['x']}]}");
        row("no base64", "{'data':[{'index':0,'embedding':[1]},{'index':1,'embedding':'%%%'}]}");
        row("not a number", "{'data':[{'index':0,'embedding':'AADAfw=='},{'index':1,'embedding':'AADAfw=='}]}");
        row("empty", "{'data':[{'index':0,'embedding':[]},{'index':1,'embedding':[]}]}");
        row("index beyond", "{'data':[{'index':0,'embedding':[1]},{'index':7,'embedding':[1]}]}");
        row("no JSON", "oops");
    }

    void whatIsNotWholeIsRefused()
    {
        QFETCH(QByteArray, body);
        QCOMPARE(wire::embeddingsResponse(body, 2, 0).error().kind, ErrorKind::Protocol);
    }

    void aServersErrorIsItsOwn()
    {
        const auto error = wire::embeddingsResponse(recording(u"emb-toolong.body"_s), 1, 0).error();
        QVERIFY(error.message.contains(u"too large to process"));
    }

    void textsAreRankedByRelevance()
    {
        const auto ranking = wire::rerankResponse(json("{'results':[{'index':0,'relevance_score':-2},{'index':2,'"
                                                       "relevance_score':0.9}],'usage':{'total_tokens'"
                                                       ":5}}"),
                                                  3);
        QVERIFY((ranking->results == std::vector<Ranked>{{2, 0.9}, {0, -2}}));
        QCOMPARE(ranking->usage.prompt, 5);
        QCOMPARE(wire::rerankResponse(json("{'results':[{'index':5,'relevance_score':1}]}"), 3).error().kind,
                 ErrorKind::Protocol);
        QCOMPARE(wire::rerankResponse("{}", 3).error().kind, ErrorKind::Protocol);
    }

    void requestsSayWhatTheyMust()
    {
        const QJsonObject body =
            wire::embeddingsRequest({.pattern = {}, .model = u"m"_s, .texts = {u"a"_s, u"b"_s}, .dimensions = 64});
        QCOMPARE(body[u"input"].toArray().size(), 2);
        QCOMPARE(body[u"dimensions"].toInt(), 64);
        QCOMPARE(body[u"encoding_format"].toString(), u"base64"_s);
        const QJsonObject rerank =
            wire::rerankRequest({.pattern = {}, .model = u"m"_s, .query = u"q"_s, .texts = {u"a"_s}, .run = {}});
        QCOMPARE(rerank[u"documents"][0].toString(), u"a"_s);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddings)
#include "tst_embeddings.moc"
