// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ssedecoder.h"

#include <QTest>

using namespace quintet;
using namespace quintet::net;

class TestDecoders final : public QObject {
    Q_OBJECT

private:
    static QByteArrayList lines(const QByteArrayList &pieces)
    {
        QByteArrayList result;
        LineDecoder decoder;
        const auto sink = [&result](QByteArrayView line) { result << line.toByteArray(); };
        for (const QByteArray &piece : pieces)
            static_cast<void>(decoder.feed(piece, sink));
        decoder.finish(sink);
        return result;
    }

    static std::vector<SseEvent> decode(const QByteArrayList &pieces)
    {
        std::vector<SseEvent> result;
        SseDecoder decoder;
        for (const QByteArray &piece : pieces) {
            const auto events = decoder.feed(piece);
            result.insert(result.end(), events->begin(), events->end());
        }
        const auto last = decoder.finish();
        result.insert(result.end(), last.begin(), last.end());
        return result;
    }

private Q_SLOTS:
    void allThreeLineEndsAreUnderstood()
    {
        QCOMPARE(lines({"a\nb\r\nc\rd"}), QByteArrayList({"a", "b", "c", "d"}));
        QCOMPARE(lines({"\n\r\n\r"}), QByteArrayList({"", "", ""}));
    }

    void linesAreTheSameWhereverTheyAreCut()
    {
        const QByteArray text = "one\r\ntwo\n\nthree\r\rfour \xE4\xB8\xAD\r\n";
        const QByteArrayList whole = lines({text});
        QCOMPARE(whole.size(), 6);
        for (qsizetype i = 0; i <= text.size(); ++i) {
            for (qsizetype j = i; j <= text.size(); ++j)
                QCOMPARE(lines({text.first(i), text.sliced(i, j - i), text.sliced(j)}), whole);
        }
    }

    void anEndlessLineIsRefusedWithoutBeingKept()
    {
        LineDecoder decoder(1000);
        int count = 0;
        const auto sink = [&count](QByteArrayView) { ++count; };
        QVERIFY(decoder.feed(QByteArray(900, 'x'), sink));
        const auto result = decoder.feed(QByteArray(200, 'x'), sink);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Protocol);
        QCOMPARE(count, 0);
    }

    void anEndlessEventIsRefused()
    {
        SseDecoder decoder;
        const QByteArray lines = QByteArray("data: " + QByteArray(1000, 'x') + "\n").repeated(1000);
        bool wasRefused = false;
        for (int i = 0; i < 60 && !wasRefused; ++i)
            wasRefused = !decoder.feed(lines);
        QVERIFY(wasRefused);
    }

    void eventsFollowTheSpecification()
    {
        const auto events = decode({"\xEF\xBB\xBF: a comment\n\nevent: greeting\ndata: one\ndata:two\nid: 7\n\n"
                                    "data\n\ndata:  spaced\n\nevent: empty\n\n: ping\n\ndata: last"});
        const std::vector<SseEvent> expected{{"greeting", "one\ntwo"}, {"", ""}, {"", " spaced"}, {"", "last"}};
        QCOMPARE(events.size(), expected.size());
        QVERIFY(events == expected);
    }

    void eventsAreTheSameWhereverTheyAreCut()
    {
        const QByteArray stream =
            ": OPENROUTER PROCESSING\r\n\r\ndata: {\"a\":\"\xF0\x9F\x98\x80\"}\r\n\r\ndata: [DONE]\n\n";
        const auto whole = decode({stream});
        QCOMPARE(whole.size(), size_t(2));
        for (qsizetype i = 0; i <= stream.size(); ++i)
            QVERIFY(decode({stream.first(i), stream.sliced(i)}) == whole);
        QByteArrayList bytes;
        for (const char c : stream)
            bytes << QByteArray(1, c);
        QVERIFY(decode(bytes) == whole);
    }
};

QTEST_GUILESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
