// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "support/scriptedmodel.h"
#include "ui/models/modelsession.h"
#include "ui/summarize/sourcepane.h"
#include "ui/summarize/summarizesession.h"
#include "ui/summarize/summarizetab.h"
#include "ui/summarize/summaryview.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

const QString report =
    u"The co-operative closed its fortieth year with more members than ever before. Revenue rose by 12 "
    "per cent to 48.2 million, carried by the new repair workshops. Energy prices fell from their peak, "
    "though they remain a third above the average. The move of the northern depot was delayed by eight "
    "months and cost 1.9 million more than the budget allowed. The board proposes to keep the dividend at "
    "three per cent. The proposal will be put to the vote in May."_s;

/// The tab on real services in a folder, as the program has it.
class Fixture final {
public:
    explicit Fixture(const QString &folder) : paths(*preparePaths(folder))
    {
        engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
        session = std::make_unique<SummarizeSession>(
            SummarizeServices{engine, services->summarizer(), services->extractor(), services->pages(),
                              services->catalog(), services->summaries(), paths});
        QSignalSpy restored(&session->sources(), &SourceShelf::shownChanged);
        models = std::make_unique<ModelSession>(ModelServices{engine, services->catalog(), services->prices(), paths});
        tab = std::make_unique<SummarizeTab>(*session, *models);
        tab->resize(1000, 700);
        tab->show();
        tab->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(tab.get()));
        QTRY_VERIFY(!restored.isEmpty()); // the draft was read
    }

    ~Fixture()
    {
        session->saveDraftNow();
        tab.reset();
        models.reset();
        session.reset();
        QVERIFY(engine.waitForCalls(std::chrono::seconds(2)));
        engine.runAndWait([this] { services.reset(); });
    }

    template<typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = tab->findChild<Widget *>(QLatin1StringView(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }

    QString textOf(const char *label) const { return find<QLabel>(label)->text(); }
    TextView *source() const { return find<TextView>("source"); }
    SummaryView *summary() const { return find<SummaryView>("summary"); }
    void click(const char *button) const { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }

    Paths paths;
    EngineThread engine;
    std::unique_ptr<Services> services;
    std::unique_ptr<SummarizeSession> session;
    std::unique_ptr<ModelSession> models;
    std::unique_ptr<SummarizeTab> tab;
};

} // namespace

class TestSummarizeTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new Theme(this); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsTypedIsSummarizedByCtrlReturn()
    {
        const Fixture fixture(m_folder->path());
        QTest::keyClicks(fixture.source(), report);
        QTest::keyClick(fixture.source(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!fixture.summary()->markdown().isEmpty());
        QVERIFY(report.contains(fixture.summary()->markdown().section(u'\n', 0, 0)));
        const auto marks = fixture.source()->extraSelections();
        QVERIFY(!marks.isEmpty());
        for (const auto &mark : marks)
            QVERIFY(fixture.summary()->markdown().contains(mark.cursor.selectedText()));
        QCOMPARE(fixture.textOf("summaryEndpoint"), u"Built-in"_s);
        QVERIFY(fixture.textOf("summaryFacts").contains(u"words"_s));
        QVERIFY(fixture.textOf("quotedFacts").contains(u"quoted"_s));
        QTRY_VERIFY(fixture.textOf("sourceFacts").contains(u"words"_s));
        QVERIFY(fixture.find<QWidget>("builtinCard")->isVisible());
    }

    void severalTextsAreSummarizedTogether()
    {
        const Fixture fixture(m_folder->path());
        QStringList paths;
        for (const auto &[name, text] :
             {std::pair(u"a.txt"_s, report),
              std::pair(u"b.txt"_s, QString(report).replace(u"co-operative"_s, u"library"_s))}) {
            paths << m_folder->filePath(name);
            QFile file(paths.constLast());
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0);
        }
        fixture.session->sources().addFiles(paths);
        QTRY_VERIFY(fixture.session->canSummarizeTogether());
        fixture.click("summarizeTogether");
        QTRY_VERIFY(!fixture.session->isRunning() && fixture.session->shown().summary);
        QVERIFY(fixture.session->shown().name.contains(u"2"));
        QVERIFY(fixture.session->shown().content->document.text.contains(u"library"));
        QVERIFY(fixture.session->shown().content->document.text.contains(u"co-operative"));
        QSignalSpy asked(fixture.tab.get(), &SummarizeTab::chatAsked);
        fixture.click("toChat");
        QCOMPARE(asked.size(), 1);
    }

    void whatWasSummarizedStandsInTheHistory()
    {
        const Fixture fixture(m_folder->path());
        QTest::keyClicks(fixture.source(), report);
        QTest::keyClick(fixture.source(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!fixture.summary()->markdown().isEmpty());
        fixture.click("history");
        auto *list = fixture.find<QListWidget>("summaryList");
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().startsWith(u"The co-operative closed"));
        QTest::keyClicks(fixture.find<QLineEdit>("summarySearch"), u"nowhere to be found"_s);
        QTRY_COMPARE(list->count(), 0);
        fixture.find<QLineEdit>("summarySearch")->clear();
        QTRY_COMPARE(list->count(), 1);
        fixture.click("historyRemove");
        QCOMPARE(list->count(), 0);
    }

    void choosingASentenceScrollsToItsPlace()
    {
        const Fixture fixture(m_folder->path());
        // The sentence stands far below what is seen.
        fixture.session->sources().setTypedText(QString(u"\n"_s).repeated(300) + report);
        fixture.session->sources().addText(fixture.session->sources().typedText(), u"long"_s);
        QTRY_VERIFY(fixture.session->shown().state == Source::Ready);
        fixture.click("summarize");
        QTRY_VERIFY(!fixture.summary()->markdown().isEmpty());
        const int before = fixture.source()->cursorRect().top();
        Q_EMIT fixture.summary()->sentenceChosen(0);
        QVERIFY(fixture.source()->viewport()->rect().contains(fixture.source()->cursorRect().center()));
        QVERIFY(fixture.source()->textCursor().position() >= 200 || before != fixture.source()->cursorRect().top());
    }

    void aModelsAnswerComesInWithItsFacts()
    {
        test::ScriptedServer server;
        const test::ScriptedModel model(server);
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.session->setEndpoint(u"scripted"_s);
        QTest::keyClicks(fixture.source(), u"One two three four."_s);
        fixture.click("summarize");
        QTRY_COMPARE(fixture.summary()->markdown(), test::ScriptedModel::answerTo(u"One two three four."_s));
        QCOMPARE(fixture.textOf("summaryEndpoint"), u"scripted-small"_s);
        QVERIFY(fixture.textOf("summaryFacts").contains(u"tokens"_s));
        QVERIFY(fixture.source()->extraSelections().isEmpty());
        QVERIFY(!fixture.find<QWidget>("builtinCard")->isVisible());
    }

    void escStops_data()
    {
        QTest::addColumn<QByteArray>("silentAt");
        QTest::newRow("while it is asked what model there is") << QByteArray("/v1/models");
        QTest::newRow("while it answers") << QByteArray("/v1/chat/completions");
    }
    void escStops()
    {
        QFETCH(QByteArray, silentAt);
        test::ScriptedServer server;
        const test::ScriptedModel model(server);
        server.on(silentAt, [](const test::Received &) { return test::Script::eventStream().stall(); });
        connectTo(server.url(u"/v1"_s), {});
        const Fixture fixture(m_folder->path());
        fixture.session->setEndpoint(u"scripted"_s);
        QTest::keyClicks(fixture.source(), u"One two three four."_s);
        fixture.click("summarize");
        QTRY_VERIFY(std::ranges::contains(server.received(), silentAt, &test::Received::path));
        QCOMPARE(fixture.find<QAbstractButton>("summarize")->text(), u"Stop"_s);
        QTest::keyClick(fixture.source(), Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session->isRunning(), 1000);
        QVERIFY(!fixture.find<QWidget>("summaryError")->isVisible());
        QCOMPARE(fixture.find<QAbstractButton>("summarize")->text(), u"Summarize"_s);
    }

    void whatArrivedBeforeEscStaysAndAnotherSourceKeepsItsOwnSummary()
    {
        test::ScriptedServer server;
        const test::ScriptedModel model(server);
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        QTest::keyClicks(fixture.source(), report);
        fixture.click("summarize");
        QTRY_VERIFY(!fixture.summary()->markdown().isEmpty());
        const QString quoted = fixture.summary()->markdown();

        fixture.session->setEndpoint(u"scripted"_s);
        server.enqueue(test::Script::eventStream()
                           .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half of it\"}}]}")
                           .stall());
        fixture.session->sources().addText(report, u"second"_s);
        QTRY_VERIFY(fixture.session->shown().state == Source::Ready);
        const int second = fixture.session->shown().id;
        fixture.click("summarize");
        QTRY_COMPARE(fixture.session->partial(), u"half of it"_s);
        fixture.session->sources().show(fixture.session->sources().all().front().id);
        QCOMPARE(fixture.summary()->markdown(), quoted);
        fixture.session->sources().show(second);
        QTRY_COMPARE(fixture.summary()->markdown(), u"half of it"_s);
        QTest::keyClick(fixture.source(), Qt::Key_Escape);
        QTRY_VERIFY(!fixture.session->isRunning());
        QCOMPARE(fixture.summary()->markdown(), u"half of it"_s);
        QVERIFY(fixture.textOf("summaryFacts").startsWith(u"Incomplete"_s));
    }

    void marksGoWhenTheWordsChange()
    {
        const Fixture fixture(m_folder->path());
        QTest::keyClicks(fixture.source(), report);
        fixture.click("summarize");
        QTRY_VERIFY(!fixture.source()->extraSelections().isEmpty());
        fixture.session->sources().setTypedText(u"Something before. "_s + report);
        QVERIFY(fixture.session->shown().summary->marks.empty());
    }

    void aPageOfLastTimeIsFetchedOnlyOnDemand()
    {
        test::ScriptedServer server;
        server.on("/page",
                  [](const test::Received &) { return test::Script::response(200, report.toUtf8(), "text/plain"); });
        QUrl url = server.url(u"/page"_s);
        url.setUserInfo(u"user:hunter2"_s);
        {
            const Fixture fixture(m_folder->path());
            fixture.session->sources().addLink(url);
            QTRY_VERIFY(fixture.session->shown().state == Source::Ready);
            QCOMPARE(server.count("GET"), 1);
        }
        QFile draft(m_folder->filePath(u"drafts/summarize.json"_s));
        QVERIFY(draft.open(QIODevice::ReadOnly));
        QVERIFY(!draft.readAll().contains("hunter2"));
        const Fixture fixture(m_folder->path());
        QTRY_COMPARE(fixture.session->sources().all().size(), size_t(2));
        const Source &page = fixture.session->sources().all().back();
        QTest::qWait(100);
        QCOMPARE(server.count("GET"), 1);
        fixture.session->sources().readAgain(page.id);
        QTRY_COMPARE(server.count("GET"), 2);
    }

    void aMissingFileIsSaidWhereItWouldBe()
    {
        const Fixture fixture(m_folder->path());
        fixture.session->sources().addFiles({m_folder->filePath(u"missing.txt"_s)});
        QTRY_VERIFY(fixture.find<QWidget>("sourceError")->isVisible());
        QVERIFY(fixture.textOf("sourceErrorMessage").contains(u"missing.txt"_s));
        // Once it is there, the button beside the error reads it.
        write(u"missing.txt"_s, report);
        fixture.click("sourceErrorAction");
        QTRY_VERIFY(!fixture.find<QWidget>("sourceError")->isVisible());
        QTRY_COMPARE(fixture.source()->toPlainText(), report);
    }

    void aServerThatHangsUpIsSaidWithTheActionBesideIt()
    {
        test::ScriptedServer server;
        server.on("/", [](const test::Received &) { return test::Script::raw({}).close(); });
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.session->setEndpoint(u"scripted"_s);
        QTest::keyClicks(fixture.source(), u"One two three four."_s);
        fixture.click("summarize");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QWidget>("summaryError")->isVisible(), 20'000);
        QCOMPARE(fixture.find<QAbstractButton>("summaryErrorAction")->text(), u"Try again"_s);
    }

    void aRefusedKeyLeadsToTheSettings()
    {
        test::ScriptedServer server;
        test::ScriptedModel model(server);
        model.key = "right";
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.session->setEndpoint(u"scripted"_s);
        QTest::keyClicks(fixture.source(), u"One two three four."_s);
        QSignalSpy asked(fixture.tab.get(), &SummarizeTab::connectionAsked);
        fixture.click("summarize");
        QTRY_VERIFY(fixture.find<QWidget>("summaryError")->isVisible());
        fixture.click("summaryErrorAction");
        QCOMPARE(asked.size(), 1);
    }

    void droppedAndPastedFilesAreRead()
    {
        const Fixture fixture(m_folder->path());
        write(u"report.txt"_s, report);
        drop(m_folder->filePath(u"report.txt"_s), fixture.source()->viewport());
        QTRY_COMPARE(fixture.source()->toPlainText(), report);
        QVERIFY(fixture.source()->isReadOnly());
        // Taking the chip away brings the typed text back.
        QTest::keyClick(fixture.find<QAbstractButton>("chip1"), Qt::Key_Delete);
        QTRY_VERIFY(!fixture.source()->isReadOnly());
        QVERIFY(fixture.source()->toPlainText().isEmpty());
    }

    void aDroppedPdfIsSummarizedWithItsPages()
    {
        const Fixture fixture(m_folder->path());
        drop(QStringLiteral(QUINTET_TEST_DATA "/pdf/kettles.pdf"), fixture.source()->viewport());
        QTRY_VERIFY(fixture.session->shown().state == Source::Ready
                    && fixture.session->shown().id != SourceShelf::typed);
        QVERIFY(fixture.session->shown().content->labels.size() > 1);
        QTest::keyClick(fixture.source(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!fixture.summary()->markdown().isEmpty());
        QVERIFY(fixture.summary()->toPlainText().contains(u"p. "_s));
        for (const auto &mark : fixture.source()->extraSelections())
            QVERIFY(mark.cursor.hasSelection());
    }

    void aLockedDocumentAsksForItsPassword()
    {
        const Fixture fixture(m_folder->path());
        fixture.session->sources().addFiles({QStringLiteral(QUINTET_TEST_DATA "/pdf/locked.pdf")});
        QTRY_COMPARE(fixture.session->shown().state, Source::Failed);
        auto *password = fixture.find<QLineEdit>("password");
        QTRY_VERIFY(password->isVisible());
        QVERIFY(!fixture.find<QAbstractButton>("sourceErrorAction")->isVisible());
        QTest::keyClicks(password, u"wrong"_s);
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_COMPARE(fixture.session->shown().state, Source::Failed);
        QVERIFY(fixture.session->shown().error.message.contains(u"wrong"));
        QTest::keyClicks(password, u"secret"_s);
        fixture.click("passwordOpen");
        QTRY_COMPARE(fixture.session->shown().state, Source::Ready);
        QVERIFY(!password->isVisible());
        QVERIFY(password->text().isEmpty());
    }

    void aDocumentThatWasSetAsideIsTriedAgainWhenAsked()
    {
        write(u"report.txt"_s, report);
        const QString path = m_folder->filePath(u"report.txt"_s);
        const document::Quarantine quarantine(preparePaths(m_folder->path())->dataFolder + u"/set-aside"_s);
        quarantine.add(path, *document::openInput({.path = path}), u"its reader crashed over it"_s);
        const Fixture fixture(m_folder->path());
        fixture.session->sources().addFiles({path});
        QTRY_COMPARE(fixture.session->shown().state, Source::Failed);
        QVERIFY(fixture.session->shown().error.message.contains(u"its reader crashed over it"));
        fixture.click("sourceErrorAction");
        QTRY_COMPARE(fixture.session->shown().state, Source::Ready);
    }

    void theDraftComesBack()
    {
        write(u"report.txt"_s, report);
        {
            const Fixture fixture(m_folder->path());
            QTest::keyClicks(fixture.source(), u"Half a thought"_s);
            fixture.click("styleBullets");
            fixture.session->sources().addFiles({m_folder->filePath(u"report.txt"_s)});
        }
        const Fixture fixture(m_folder->path());
        QTRY_COMPARE(fixture.session->sources().all().size(), size_t(2));
        fixture.session->sources().show(SourceShelf::typed);
        QCOMPARE(fixture.source()->toPlainText(), u"Half a thought"_s);
        QVERIFY(fixture.find<QAbstractButton>("styleBullets")->isChecked());
    }

    void aLargeTextComesInSlicesAndHoldsNothingUp()
    {
        const Fixture fixture(m_folder->path());
        const QString paragraph = report + u"\n\n"_s;
        const QString large = paragraph.repeated(5'000'000 / paragraph.size());
        fixture.session->sources().addText(large, u"large"_s);
        QTRY_VERIFY(fixture.session->shown().state == Source::Ready);
        QElapsedTimer timer;
        qint64 longest = 0;
        timer.start();
        while (fixture.source()->isLoading()) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 0);
            longest = std::max(longest, timer.restart());
        }
        QCOMPARE(fixture.source()->document()->characterCount() - 1,
                 fixture.session->shown().content->document.text.size());
        qInfo() << "longest turn of the event loop:" << longest << "ms";
        QVERIFY(longest < 200);
    }

private:
    void connectTo(const QUrl &url, const QString &model = u"scripted-small"_s) const
    {
        llm::EndpointRegistry registry(preparePaths(m_folder->path())->settingsFile);
        QVERIFY(registry.put({u"scripted"_s, llm::EndpointKind::OpenAi, url, model,
                              u"QUINTET_TEST_KEY"_s})); // not the keychain of whoever runs this
    }

    static void drop(const QString &path, QWidget *target)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
    }

    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestSummarizeTab)
#include "tst_summarizetab.moc"
