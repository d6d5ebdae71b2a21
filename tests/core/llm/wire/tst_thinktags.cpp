// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/stream.h"
#include "llm/wire/thinktags.h"

#include <QTest>

using namespace quintet::llm;
using namespace Qt::StringLiterals;

class TestThinkTags final : public QObject {
    Q_OBJECT

    static Completion fed(const QStringList &pieces)
    {
        wire::ThinkTags tags;
        Completion completion;
        const auto take = [&completion](const std::vector<Event> &events) {
            for (const Event &event : events)
                completion.apply(event);
        };
        for (const QString &piece : pieces)
            take(tags.feed(piece));
        take(tags.finish());
        return completion;
    }

private Q_SLOTS:
    void thoughtsAreParted_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("reasoning");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << u"Hello <b>"_s << u""_s << u"Hello <b>"_s;
        QTest::newRow("thought") << u"<think>hm</think>\n\nYes."_s << u"hm"_s << u"Yes."_s;
        QTest::newRow("space before") << u" \n<think>\nhm\n</think>Yes"_s << u"\nhm\n"_s << u"Yes"_s;
        QTest::newRow("other tags") << u"[THINK]a</think>b[/THINK]c"_s << u"a</think>b"_s << u"c"_s;
        QTest::newRow("thinking") << u"<thinking>a < b</thinking>c"_s << u"a < b"_s << u"c"_s;
        QTest::newRow("talked about later") << u"Use <think>x</think>."_s << u""_s << u"Use <think>x</think>."_s;
        QTest::newRow("never closed") << u"<think>and on </thi"_s << u"and on </thi"_s << u""_s;
        QTest::newRow("nearly a tag") << u"<thin ice"_s << u""_s << u"<thin ice"_s;
        QTest::newRow("only the beginning") << u"<thi"_s << u""_s << u"<thi"_s;
        QTest::newRow("empty thought") << u"<think></think>Yes"_s << u""_s << u"Yes"_s;
        QTest::newRow("nothing") << u""_s << u""_s << u""_s;
    }

    void thoughtsAreParted()
    {
        QFETCH(QString, answer);
        QFETCH(QString, reasoning);
        QFETCH(QString, text);
        for (qsizetype cut = 0; cut <= answer.size(); ++cut) {
            const Completion completion = fed({answer.first(cut), answer.sliced(cut)});
            QCOMPARE(completion.reasoning, reasoning);
            QCOMPARE(completion.text, text);
        }
        const Completion single = fed(answer.split(QString()));
        QCOMPARE(single.reasoning, reasoning);
        QCOMPARE(single.text, text);
    }

    void plainTextIsNotHeldBack()
    {
        wire::ThinkTags tags;
        QCOMPARE(tags.feed(u"H"_s).size(), size_t(1));
        QVERIFY(tags.isPast());
        QCOMPARE(tags.feed(u"<think>"_s).size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestThinkTags)
#include "tst_thinktags.moc"
