// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/whole/wholeanswerer.h"
#include "support/house.h"
#include "support/scriptedserver.h"
#include "support/shelf.h"
#include "text/codepoints.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace quintet;
using namespace quintet::knowledge;
using namespace quintet::test;
using namespace Qt::StringLiterals;

namespace {

/// A model that notes the line with a deadline of each passage it is shown, and writes all notes as the answer.
struct Reader {
    explicit Reader(ScriptedServer &server) : address(server.url(u"/v1"_s))
    {
        server.on("/v1/chat/completions", [this](const Received &request) {
            const QJsonArray messages = QJsonDocument::fromJson(request.body).object()[u"messages"].toArray();
            const QString material = messages.last().toObject()[u"content"].toString();
            const QString instruction = messages.first().toObject()[u"content"].toString();
            prompts << material;
            Script script = Script::eventStream();
            const QJsonObject delta{{u"content"_s, answerTo(instruction, material)}};
            const QJsonObject choice{{u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, u"stop"_s}};
            script.event(QJsonDocument(QJsonObject{{u"choices"_s, QJsonArray{choice}}}).toJson(QJsonDocument::Compact));
            return script.event("[DONE]").end();
        });
    }

    QString answerTo(const QString &instruction, const QString &material)
    {
        if (instruction.contains(u"from notes that were made"_s)) {
            ++finals;
            QStringList lines;
            static const QRegularExpression note(u"^- .*$"_s, QRegularExpression::MultilineOption);
            for (auto each = note.globalMatch(material); each.hasNext();)
                lines << each.next().captured();
            return lines.join(u'\n');
        }
        if (instruction.contains(u"half as long"_s)) {
            ++shortened;
            return material.section(u'\n', 1, 4);
        }
        ++notes;
        static const QRegularExpression passage(u"number=\"(\\d+)\"[^>]*>\\n([^<]*)"_s);
        QStringList lines;
        for (auto each = passage.globalMatch(material); each.hasNext();) {
            const QRegularExpressionMatch match = each.next();
            for (const QString &line : match.captured(2).split(u'\n')) {
                if (line.contains(u"deadline"_s))
                    lines << u"- %1 [%2][999999]"_s.arg(line.trimmed(), match.captured(1));
            }
        }
        return lines.isEmpty() ? u"NOTHING"_s : lines.join(u'\n');
    }

    llm::Endpoint endpoint(const QString &model = u"m"_s) const
    {
        return {.name = u"model"_s, .baseUrl = address, .model = model};
    }

    QUrl address;
    QStringList prompts;
    int notes = 0;
    int shortened = 0;
    int finals = 0;
};

void fill(Shelf &shelf, int documents)
{
    for (int i = 0; i < documents; ++i) {
        QByteArray text = "# Project " + QByteArray::number(i) + " 🙂\n\n";
        for (int line = 0; line < 40; ++line)
            text += "The work of group " + QByteArray::number(i * 100 + line)
                    + " goes on as it was planned, with tools and people and much talk about both.\n\n";
        text += "The deadline of project " + QByteArray::number(i) + " is the " + QByteArray::number(i % 28 + 1)
                + "th of March.\n";
        shelf.write(u"project-%1.md"_s.arg(i, 3, 10, QLatin1Char('0')), text);
    }
    shelf.filled(u"House"_s);
}

} // namespace

class TestWhole final : public QObject {
    Q_OBJECT

    static AskWish wish(const QString &question, const llm::Endpoint &endpoint)
    {
        return {.query = {.collections = {u"House"_s}, .text = question}, .before = {}, .endpoint = endpoint};
    }

    static void verifyQuotes(Shelf &shelf, const Answer &answer)
    {
        for (const Citation &citation : answer.citations) {
            const QString whole = shelf.textOf(QFileInfo(citation.document).fileName());
            const text::CodePointMap map(whole);
            const qsizetype start = map.unit(citation.start);
            QCOMPARE(citation.quote, whole.sliced(start, map.unit(citation.end) - start));
        }
    }

private Q_SLOTS:
    void questionsAboutTheWholeAreRecognised_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<int>("kind"); // -1: none
        const auto add = [](const char *question, int kind) {
            QTest::addRow("%s", question) << QString::fromUtf8(question) << kind;
        };
        for (const char *question : {"Summarize all documents", "Please summarise everything",
                                     "Give me an overview of all files", "What are these documents about?",
                                     "What are the main themes across the reports?", "Fasse alle Dokumente zusammen",
                                     "Fasse bitte die ganze Sammlung zusammen.", "Ein Überblick über alle Berichte"})
            add(question, int(WholeKind::Summary));
        for (const char *question :
             {"List every deadline", "list all the people that are named", "Which documents mention Bolt?",
              "How many documents are about money?", "What is said about bees in every file?", "Liste alle Fristen auf",
              "Nenne alle Personen", "Welche Dokumente sprechen von Geld?"})
            add(question, int(WholeKind::Listing));
        for (const char *question :
             {"Within how many days must damage be reported?", "Who pays when a tool that I borrowed breaks?",
              "What is the refund policy?", "Summarize the refund policy", "Are all members allowed to borrow tools?",
              "Wer bezahlt alles?", "Fasse die Rückgaberegeln zusammen", ""})
            add(question, -1);
    }

    void questionsAboutTheWholeAreRecognised()
    {
        QFETCH(QString, question);
        QFETCH(int, kind);
        const auto found = wholeKindOf(question);
        QCOMPARE(found ? int(*found) : -1, kind);
    }

    void everyPassageIsGoneOverAndCited()
    {
        Shelf shelf;
        House house;
        ScriptedServer server;
        Reader reader(server);
        fill(shelf, 30);
        WholeAnswerer answerer(shelf.library, house.gateway, house.catalog, house.prices);
        std::optional<WholeEstimate> estimate;
        qint64 done = 0;
        QString said;
        WholeWatcher watcher;
        watcher.onEstimate = [&](const WholeEstimate &told) {
            QVERIFY(reader.prompts.isEmpty()); // said first
            estimate = told;
        };
        watcher.onProgress = [&](qint64 now, qint64 count) {
            QVERIFY(now > done && now <= count);
            done = now;
        };
        watcher.answer.onText = [&](const QString &text) { said += text; };
        const auto answer = resultOf(answerer.ask(wish(u"List every deadline"_s, reader.endpoint()), watcher, {}));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().message));
        QVERIFY(estimate);
        QCOMPARE(estimate->documents, 30);
        QCOMPARE(done, estimate->passages);
        QCOMPARE(qint64(reader.notes + reader.shortened + reader.finals), estimate->requests);
        QCOMPARE(answer->citations.size(), size_t(30));
        QCOMPARE(answer->claims.size(), size_t(answer->supported()));
        QVERIFY(!answer->text.contains(u"999999"_s)); // a passage that there is not
        QCOMPARE(said.trimmed(), answer->text);
        for (int i = 0; i < 30; ++i)
            QVERIFY(answer->text.contains(u"deadline of project %1 is"_s.arg(i)));
        verifyQuotes(shelf, *answer);
    }

    void notesThatAreTooLongAreMadeShorter()
    {
        Shelf shelf;
        House house;
        ScriptedServer server;
        Reader reader(server);
        fill(shelf, 60);
        house.facts.context = 1700;
        WholeAnswerer answerer(shelf.library, house.gateway, house.catalog, house.prices);
        const auto answer = resultOf(answerer.ask(wish(u"List every deadline"_s, reader.endpoint()), {}, {}));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().message));
        QVERIFY(reader.shortened > 0);
        QCOMPARE(reader.finals, 1);
        QVERIFY(!answer->citations.empty());
        verifyQuotes(shelf, *answer);
    }

    void aBudgetThatIsTooSmallIsSaidBeforeAnythingIsAsked()
    {
        Shelf shelf;
        House house;
        ScriptedServer server;
        Reader reader(server);
        fill(shelf, 3);
        WholeAnswerer answerer(shelf.library, house.gateway, house.catalog, house.prices);
        llm::Endpoint far = reader.endpoint(u"gpt-5-mini"_s);
        far.baseUrl = QUrl(u"https://models.example/v1"_s); // where it costs something; nobody is asked there
        AskWish asked = wish(u"Summarize all documents"_s, far);
        const auto estimate = resultOf(answerer.estimate(asked, {}));
        QVERIFY(estimate && estimate->cost && estimate->cost->nanoDollars > 0);
        asked.budget.money = usage::Money{estimate->cost->nanoDollars / 2};
        const auto answer = resultOf(answerer.ask(asked, {}, {}));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Budget);
        far.model = u"nobody-knows"_s;
        QCOMPARE(resultOf(answerer.estimate(wish(u"Summarize all"_s, far), {}))->cost, std::nullopt);
    }

    void withoutAModelEachDocumentIsQuoted()
    {
        Shelf shelf;
        House house;
        fill(shelf, 5);
        WholeAnswerer answerer(shelf.library, house.gateway, house.catalog, house.prices);
        const auto summary = resultOf(answerer.ask(wish(u"Summarize all documents"_s, llm::builtinEndpoint()), {}, {}));
        QVERIFY2(summary.has_value(), summary ? "" : qPrintable(summary.error().message));
        for (int i = 0; i < 5; ++i)
            QVERIFY2(summary->text.contains(u"**Project %1"_s.arg(i))
                         || summary->text.contains(u"project-00%1"_s.arg(i)),
                     qPrintable(summary->text));
        QVERIFY(summary->citations.size() >= 5);
        QVERIFY(std::ranges::all_of(summary->citations, &Citation::isVerified));
        verifyQuotes(shelf, *summary);
        for (const Claim &claim : summary->claims)
            QCOMPARE(summary->text.sliced(claim.start, claim.end - claim.start), claim.text);
        const auto list = resultOf(answerer.ask(wish(u"List every deadline"_s, llm::builtinEndpoint()), {}, {}));
        QVERIFY(list.has_value());
        QCOMPARE(list->text.count(u"deadline of project"_s), 5);
        verifyQuotes(shelf, *list);
    }

    void operatorsNarrowWhatIsGoneOver()
    {
        Shelf shelf;
        House house;
        ScriptedServer server;
        Reader reader(server);
        fill(shelf, 12);
        WholeAnswerer answerer(shelf.library, house.gateway, house.catalog, house.prices);
        const auto estimate =
            resultOf(answerer.estimate(wish(u"Summarize all file:project-01"_s, reader.endpoint()), {}));
        QCOMPARE(estimate->documents, 2); // 010 and 011
    }

    void itStopsWhenItIsToldTo()
    {
        Shelf shelf;
        House house;
        ScriptedServer server;
        Reader reader(server);
        fill(shelf, 30);
        CancelSource source;
        WholeWatcher watcher;
        watcher.onEstimate = [&source](const WholeEstimate &) { source.request_stop(); };
        WholeAnswerer answerer(shelf.library, house.gateway, house.catalog, house.prices);
        const auto answer =
            resultOf(answerer.ask(wish(u"List every deadline"_s, reader.endpoint()), watcher, source.get_token()));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
        QCOMPARE(reader.finals, 0);
    }
};

QTEST_GUILESS_MAIN(TestWhole)
#include "tst_whole.moc"
