// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/library/gatewayreranker.h"
#include "support/house.h"
#include "support/scriptedserver.h"
#include "support/shelf.h"

#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;

class TestRetrieval final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void phrasesAndExclusionsAreKept()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "The quick brown fox jumps over the lazy dog.\n");
        shelf.write(u"b.txt"_s, "The brown and quick fox sleeps. Dogs are lazy.\n");
        shelf.write(u"2019/c.md"_s, "Foxes, brown ones, in the old report.\n");
        shelf.filled(u"House"_s);
        QCOMPARE(shelf.search(u"House"_s, u"fox"_s).size(), size_t(3));
        const auto phrase = shelf.search(u"House"_s, u"\"quick brown fox\""_s);
        QCOMPARE(phrase.size(), size_t(1));
        QVERIFY(phrase[0].document.endsWith(u"a.txt"));
        const auto without = shelf.search(u"House"_s, u"fox -lazy"_s);
        QCOMPARE(without.size(), size_t(1));
        QVERIFY(without[0].document.endsWith(u"c.md"));
        QCOMPARE(shelf.search(u"House"_s, u"brown file:2019"_s).size(), size_t(1));
        QCOMPARE(shelf.search(u"House"_s, u"brown after:2100"_s).size(), size_t(0));
    }

    void noQueryBreaksASearch_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("operators") << u"AND OR NOT NEAR(a b, 3) ^x col:y \"unbalanced * ( ) { } + -"_s;
        QTest::newRow("quotes") << u"'; DROP TABLE chunk; -- \"\"\"\""_s;
        QTest::newRow("scripts") << u"مرحبا שלום नमस्ते สวัสดี 你好 こんにちは 안녕 γειά привет 🙂"_s;
        QTest::newRow("controls") << QString(u"a\u0000b\u0001\u200b\ufeff fox"_s) + QChar(0xd800);
        QTest::newRow("stop words") << u"the of and to be or not to be"_s;
        QTest::newRow("long") << QString(u"fox dog \"lazy\" -cat "_s).repeated(5'000);
        QTest::newRow("long word") << QString(100'000, u'x');
    }

    void noQueryBreaksASearch()
    {
        QFETCH(QString, query);
        Shelf shelf;
        shelf.write(u"a.txt"_s, "The quick brown fox jumps over the lazy dog. 你好 สวัสดี नमस्ते\n");
        shelf.filled(u"House"_s);
        for (const SearchMode mode : {SearchMode::Hybrid, SearchMode::Keyword, SearchMode::Vector}) {
            const auto hits =
                resultOf(shelf.library.search({.collections = {u"House"_s}, .text = query, .mode = mode}, {}));
            QVERIFY(hits.has_value());
        }
    }

    void aModelPutsTheHitsInOrderWhereItIsAskedTo()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Quinces, quinces, quinces: all about quinces.\n");
        shelf.write(u"b.txt"_s, "Quinces are cooked with sugar and more sugar.\n");
        shelf.write(u"c.txt"_s, "Quinces ripen late.\n");
        const auto collection = shelf.filled(u"House"_s);
        shelf.reranker.word = u"sugar"_s;
        Query query{.collections = {u"House"_s}, .text = u"quinces"_s, .count = 1};
        const auto search = [&] { return *resultOf(shelf.library.search(query, {})); };
        QVERIFY(!search().at(0).document.endsWith(u"b.txt"));
        QVERIFY(shelf.reranker.models.isEmpty()); // off, until it is wanted
        query.reranker = u"server/sorter"_s;
        const auto sorted = search();
        QCOMPARE(sorted.size(), size_t(1));
        QVERIFY(sorted[0].document.endsWith(u"b.txt"));
        QVERIFY(sorted[0].score > 0 && sorted[0].score <= 1);
        QCOMPARE(shelf.reranker.models, QStringList{u"server/sorter"_s});
        // Set for the collection, and not this time.
        auto settings = resultOf(collection->info())->settings;
        settings.reranker = u"server/other"_s;
        QVERIFY(resultOf(collection->save(settings)));
        query.reranker.clear();
        QVERIFY(search().at(0).document.endsWith(u"b.txt"));
        QCOMPARE(shelf.reranker.models.last(), u"server/other"_s);
        query.reranker = u"none"_s;
        QVERIFY(!search().at(0).document.endsWith(u"b.txt"));
        // Away, it takes nothing with it but its order, and that is said.
        query.reranker.clear();
        query.notes = std::make_shared<QStringList>();
        shelf.reranker.failure = Error(ErrorKind::Network, u"It is away."_s);
        QVERIFY(!search().at(0).document.endsWith(u"b.txt"));
        QCOMPARE(query.notes->size(), 1);
        QVERIFY(query.notes->first().contains(u"It is away."_s));
    }

    void theServersOrderIsTaken()
    {
        ScriptedServer server;
        server.on("/v1/rerank", [](const Received &) {
            return Script::response(200, "{\"results\":[{\"index\":2,\"relevance_score\":0.9},"
                                         "{\"index\":0,\"relevance_score\":0.2}]}");
        });
        House house;
        const QTemporaryDir folder;
        llm::EndpointRegistry endpoints(folder.filePath(u"quintet.ini"_s));
        QVERIFY(endpoints.put({.name = u"sorter"_s, .baseUrl = server.url(u"/v1"_s)}));
        GatewayReranker reranker(house.gateway, endpoints);
        const auto scores = resultOf(reranker.scores(u"sorter/model-1"_s, u"q"_s, {u"a"_s, u"b"_s, u"c"_s}, {}));
        QVERIFY2(scores.has_value(), scores ? "" : qPrintable(scores.error().message));
        QVERIFY(scores->at(2) > scores->at(0) && scores->at(0) > scores->at(1)); // what it left out is the last
        QCOMPARE(house.ledger.events.size(), size_t(1));
        QVERIFY(!resultOf(reranker.scores(u"nobody/m"_s, u"q"_s, {u"a"_s}, {})));
    }

    void wordsThatTheIndexLeavesOutAreFoundAsTheyStand()
    {
        Shelf shelf;
        shelf.write(u"hamlet.txt"_s, "To be, or not to be: that is the question.\n\n");
        shelf.write(u"plain.txt"_s, "It is 100 % of that, and to be had.\n");
        shelf.filled(u"House"_s);
        const auto phrase = shelf.search(u"House"_s, u"that is the"_s);
        QCOMPARE(phrase.size(), size_t(1));
        QVERIFY(phrase[0].document.endsWith(u"hamlet.txt"));
        QVERIFY(!isAbout(phrase));                                        // found, but no answer to anything
        QCOMPARE(shelf.search(u"House"_s, u"be to"_s).size(), size_t(2)); // each word, if not as it stands
        QCOMPARE(shelf.search(u"House"_s, u"that file:plain"_s).size(), size_t(1));
        QCOMPARE(shelf.search(u"House"_s, u"that_is"_s).size(), size_t(0)); // no pattern
    }

    void namesInCodeAreFoundByTheirParts()
    {
        Shelf shelf;
        shelf.write(u"camel.cpp"_s, "int parseQueryText(const char *textDecoder) { return HTTPServer::listen(); }\n");
        shelf.write(u"snake.py"_s, "def render_page_title(value):\n    return setattr(value, 'x', 1)\n");
        shelf.write(u"prose.txt"_s, "Nothing is called anything here.\n");
        shelf.filled(u"House"_s);
        const auto found = [&shelf](const QString &text) {
            QStringList names;
            for (const Hit &hit : shelf.search(u"House"_s, text))
                names << QFileInfo(hit.document).fileName();
            return names.join(u' ');
        };
        for (const QString &text : {u"parseQueryText"_s, u"query"_s, u"parse query"_s, u"parse_query"_s, u"decoder"_s,
                                    u"server"_s, u"HTTPServer"_s})
            QCOMPARE(found(text), u"camel.cpp"_s);
        for (const QString &text : {u"render_page_title"_s, u"renderPageTitle"_s, u"page title"_s, u"attr"_s})
            QCOMPARE(found(text), u"snake.py"_s);
        QCOMPARE(found(u"zzattr"_s), QString());
    }

    void partsOfWordsAreFoundHoweverOldTheirTextIs()
    {
        Shelf shelf;
        shelf.write(u"old.py"_s, "def old(value):\n    return delattr(value, 'x') or attrition(value)\n");
        const auto collection = shelf.filled(u"House"_s);
        // As though a hundred thousand had come since, and gone.
        auto connection = store::Connection::open(collection->path());
        QVERIFY(connection
                && connection->executeScript("UPDATE sqlite_sequence SET seq = 100000 WHERE name = 'chunk'"));
        shelf.write(u"new.py"_s, "def new(value):\n    return setattr(value, 'x', 1)\n");
        shelf.ingest(*collection);
        Query query{.collections = {u"House"_s}, .text = u"lattr"_s};
        query.notes = std::make_shared<QStringList>();
        const auto hits = resultOf(shelf.library.search(query, {}));
        QVERIFY(hits && hits->size() == 1 && hits->front().document.endsWith(u"old.py"));
        QVERIFY(query.notes->isEmpty());
        // The texts of so many only are read.
        PassageStore passages(*connection);
        const auto behind = passages.lastBefore(1);
        QVERIFY(behind && *behind > 0);
        QCOMPARE(passages.holding({u"lattr"_s}, {}, *behind, 5)->size(), size_t(0));
        QCOMPARE(passages.holding({u"tattr"_s}, {}, *behind, 5)->size(), size_t(1));
        QCOMPARE(passages.lastBefore(2).value(), 0);
    }

    void wordsAreFoundByTheirBeginningWhereAQuestionIsNarrowed()
    {
        Shelf shelf;
        for (int i = 0; i < 320; ++i)
            shelf.write(u"%1.txt"_s.arg(i), "The marzipanesque taste of number " + QByteArray::number(i) + ".\n");
        const auto collection = shelf.filled(u"House"_s);
        shelf.write(u"wanted.py"_s, "marzipanLike(1)\nmarzipanesque(2)\n");
        shelf.ingest(*collection);
        const auto hits = shelf.search(u"House"_s, u"marzipanes file:wanted.py"_s);
        QVERIFY(hits.size() == 1 && hits.front().document.endsWith(u"wanted.py"));
    }

    void anEmptyQueryAndAnUnknownCollectionSaySo()
    {
        Shelf shelf;
        const auto empty = resultOf(shelf.library.search({.collections = {u"House"_s}, .text = u"  "_s}, {}));
        QVERIFY(!empty && empty.error().kind == ErrorKind::BadInput);
        const auto unknown = resultOf(shelf.library.search({.collections = {u"House"_s}, .text = u"fox"_s}, {}));
        QVERIFY(!unknown && unknown.error().kind == ErrorKind::BadInput);
    }

    void sameWordsAreSaidOnceAndNeighboursAreJoined()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "A remark about marzipan that stands alone.\n");
        shelf.write(u"b.txt"_s, "A remark about marzipan that stands alone. \n\n");
        QByteArray text;
        for (int i = 0; i < 40; ++i)
            text += "Paragraph " + QByteArray::number(i) + " is about nougat. "
                    + QByteArray("It goes on for quite a while with words. ").repeated(12) + "\n\n";
        shelf.write(u"long.txt"_s, text);
        shelf.filled(u"House"_s);
        QCOMPARE(shelf.search(u"House"_s, u"marzipan"_s, 5).size(), size_t(1));
        const auto apart = resultOf(shelf.library.search(
            {.collections = {u"House"_s}, .text = u"nougat"_s, .count = 5, .joinNeighbours = false}, {}));
        const auto joined = shelf.search(u"House"_s, u"nougat"_s, 5);
        qint64 longest = 0;
        for (const Hit &hit : joined)
            longest = std::max(longest, hit.end - hit.start);
        for (const Hit &hit : *apart)
            QVERIFY(hit.end - hit.start <= longest);
    }

    void aPassageThatIsSwitchedOffIsNotFound()
    {
        Shelf shelf;
        shelf.write(u"a.txt"_s, "Something about liquorice.\n");
        const auto collection = shelf.filled(u"House"_s);
        const auto hits = shelf.search(u"House"_s, u"liquorice"_s);
        QCOMPARE(hits.size(), size_t(1));
        QVERIFY(resultOf(collection->setEnabled(hits[0].chunk, false)).has_value());
        QVERIFY(shelf.search(u"House"_s, u"liquorice"_s).empty());
        QVERIFY(resultOf(collection->setEnabled(hits[0].chunk, true)).has_value());
        QCOMPARE(shelf.search(u"House"_s, u"liquorice"_s).size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestRetrieval)
#include "tst_retrieval.moc"
