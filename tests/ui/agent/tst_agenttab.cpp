// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toolset.h"
#include "support/salesagent.h"
#include "ui/agent/agentlist.h"
#include "ui/agent/agentsession.h"
#include "ui/agent/agenttab.h"
#include "ui/agent/place/fieldbutton.h"
#include "ui/agent/place/toggle.h"
#include "ui/agent/steps/answerview.h"
#include "ui/agent/steps/approvalcard.h"
#include "ui/agent/steps/codebox.h"
#include "ui/agent/steps/previewtable.h"
#include "ui/agent/steps/resultchart.h"
#include "ui/agent/stepsview.h"
#include "ui/agent/tooldialog.h"
#include "ui/models/modelsession.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSettings>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::test;
using namespace quintet::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The tab on real services in a folder, as the program has it.
class Fixture final {
public:
    explicit Fixture(const QUrl &server = {}) : paths(*preparePaths(folder.filePath(u"data"_s)))
    {
        QDir().mkpath(work());
        engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
        if (!server.isEmpty()) {
            llm::EndpointRegistry registry(paths.settingsFile);
            std::ignore = registry.put({.name = u"scripted"_s,
                                        .baseUrl = server,
                                        .model = u"scripted-small"_s,
                                        .keyVariable = u"QUINTET_TEST_KEY"_s});
            std::ignore = registry.setDefault(u"scripted"_s);
        }
        open();
    }

    ~Fixture()
    {
        close();
        engine.runAndWait([this] { services.reset(); });
    }

    void open()
    {
        session = std::make_unique<AgentSession>(
            AgentServices{engine, agentWorkParts(*services),
                          [this](const llm::Endpoint &kept) { return services->endpointToday(kept); }, paths});
        models = std::make_unique<ModelSession>(ModelServices{engine, services->catalog(), services->prices(), paths});
        tab = std::make_unique<AgentTab>(*session, *models);
        tab->resize(1280, 800);
        tab->show();
        tab->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(tab.get()));
        QTRY_VERIFY(!session->lists().tasks.empty());
    }

    void close()
    {
        tab.reset();
        models.reset();
        session.reset();
        QVERIFY(engine.waitForCalls(5s));
    }

    QString work() const { return folder.filePath(u"work"_s); }

    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return tab->findChild<Widget *>(name);
    }

    void click(const QString &name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button, qPrintable(name));
        QTRY_VERIFY2(button->isVisible() && button->isEnabled(), qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }

    void begin(const QString &task) const
    {
        click(u"newTask"_s);
        QTest::keyClicks(find<QPlainTextEdit>(u"taskText"_s), task);
        QTest::keyClick(find<QPlainTextEdit>(u"taskText"_s), Qt::Key_Return, Qt::ControlModifier);
    }

    bool isShown(agent::RunState state) const
    {
        return session->run() && session->run()->state() == state
               && session->isShownWorking() == !session->run()->isOver();
    }

    /// Clicks the line of that title at the left.
    void choose(const QString &title) const
    {
        auto *view = find<QListView>(u"agentLines"_s);
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const QModelIndex index = view->model()->index(row, 0);
            if (index.data().toString() == title) {
                QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                                  view->visualRect(index).center() + QPoint(0, 10));
                return;
            }
        }
        QFAIL(qPrintable(title));
    }

    QStringList titles() const
    {
        QStringList titles;
        auto *view = find<QListView>(u"agentLines"_s);
        for (int row = 0; row < view->model()->rowCount(); ++row)
            titles << view->model()->index(row, 0).data().toString();
        return titles;
    }

    QTemporaryDir folder;
    Paths paths;
    EngineThread engine;
    std::unique_ptr<Services> services;
    std::unique_ptr<AgentSession> session;
    std::unique_ptr<ModelSession> models;
    std::unique_ptr<AgentTab> tab;
};

/// Writes a note, and answers with what came of it.
ScriptedTurn writeNote(const AgentRequest &request)
{
    const QStringList results = request.results();
    if (results.isEmpty())
        return {u"I write it down."_s,
                {{u"write_file"_s, u"{\"path\":\"note.md\",\"content\":\"# Note\\n\\nThe first line.\\n\"}"_s}}};
    return {u"It said: "_s + results.last()};
}

} // namespace

class TestAgentTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }
    void cleanupTestCase() { m_theme.reset(); }

    void aSavedTaskIsReplayedWithoutAModel()
    {
        Fixture fixture;
        fixture.choose(u"Monthly sales and growth"_s);
        QTRY_VERIFY(fixture.find<QWidget>(u"taskPane"_s)->isVisible());
        QCOMPARE(fixture.find<QWidget>(u"taskPane"_s)->findChildren<StepView *>().size(), 3);
        fixture.click(u"replayTask"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QVERIFY(fixture.session->run()->answer().contains(u"48,210.40"));
        auto *pane = fixture.find<QWidget>(u"runPane"_s);
        QVERIFY(pane->isVisible());
        QTRY_COMPARE(pane->findChildren<StepView *>().size(), 3);
        QVERIFY(pane->findChild<AnswerView *>(u"replayAnswer"_s)->toPlainText().contains(u"+12.00 %"));
        QVERIFY(pane->findChild<CodeBox *>(u"callSql"_s)->toPlainText().startsWith(u"SELECT"));
        QVERIFY(pane->findChildren<PreviewTable *>().last()->accessibleDescription().contains(u"48,210.40"));
        QVERIFY(pane->findChild<QWidget *>(u"resultChart"_s)->accessibleDescription().contains(u"48,210.4"));
        QVERIFY(pane->findChild<QLabel *>(u"runFacts"_s)->text().contains(u"without a model"));
        // And again, by its button.
        const QString first = fixture.session->shownId();
        fixture.click(u"replayRun"_s);
        QTRY_VERIFY(fixture.session->shownId() != first);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QTRY_COMPARE(fixture.session->lists().runs.size(), 2U);
    }

    void aModelsStepsAreShownAsTheyCome()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.begin(u"Find the total sales for last month and calculate growth"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QCOMPARE(fixture.session->run()->steps().size(), 5U);
        auto *pane = fixture.find<QWidget>(u"runPane"_s);
        QTRY_COMPARE(pane->findChildren<StepView *>().size(), 5);
        const auto answers = pane->findChildren<AnswerView *>(u"stepAnswer"_s);
        QVERIFY(answers.last()->toPlainText().contains(u"were 48210.4, growth 12"));
        QVERIFY(fixture.find<QLabel>(u"budgetFacts"_s)->text().startsWith(u"step 5 of 25"));
        // Kept, and the same after the program was closed.
        const agent::AgentRun run = *fixture.session->run();
        fixture.close();
        fixture.open();
        QTRY_VERIFY(!fixture.session->lists().runs.empty());
        fixture.choose(run.title());
        QTRY_VERIFY(fixture.session->run());
        QVERIFY(*fixture.session->run() == run);
    }

    void theUserIsAskedBeforeAFileIsWritten()
    {
        ScriptedServer server;
        ScriptedAgent model(server, writeNote);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.session->setWorkplace({.folder = fixture.work()});
        fixture.begin(u"Write a note"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Waiting), 20'000);
        QTRY_VERIFY(fixture.find<ApprovalCard>(u"approvalCard"_s));
        QVERIFY(fixture.find<CodeBox>(u"proposal"_s)->toPlainText().contains(u"+ # Note"));
        QVERIFY(!QFile::exists(fixture.work() + u"/note.md"_s));
        QCOMPARE(fixture.session->waitingCount(), 1);
        fixture.click(u"allowOnce"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QVERIFY(QFile::exists(fixture.work() + u"/note.md"_s));
        fixture.click(u"undoChange"_s);
        QTRY_VERIFY(!QFile::exists(fixture.work() + u"/note.md"_s));
        QVERIFY(!fixture.find<ApprovalCard>(u"approvalCard"_s)
                || !fixture.find<ApprovalCard>(u"approvalCard"_s)->isVisible());
    }

    void whatIsAllowedForGoodCanBeTakenBack()
    {
        ScriptedServer server;
        ScriptedAgent model(server, writeNote);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.session->setWorkplace({.folder = fixture.work()});
        QVERIFY(!fixture.find<QAbstractButton>(u"standingRules"_s)->isVisible());
        fixture.begin(u"Write a note"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<ApprovalCard>(u"approvalCard"_s), 20'000);
        fixture.click(u"allowAlways"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        fixture.begin(u"Write a note again"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session->run() && fixture.session->run()->title() == u"Write a note again"
                                     && fixture.isShown(agent::RunState::Finished),
                                 20'000);
        QTRY_COMPARE(fixture.session->lists().rules.size(), 1U);
        QTRY_VERIFY(fixture.find<QAbstractButton>(u"standingRules"_s)->isVisible());
        fixture.session->removeRule(fixture.session->lists().rules.front());
        QTRY_VERIFY(fixture.session->lists().rules.empty());
        QTRY_VERIFY(!fixture.find<QAbstractButton>(u"standingRules"_s)->isVisible());
    }

    void aNoIsToldWithItsReason()
    {
        ScriptedServer server;
        ScriptedAgent model(server, writeNote);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.session->setWorkplace({.folder = fixture.work()});
        fixture.begin(u"Write a note"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<ApprovalCard>(u"approvalCard"_s), 20'000);
        fixture.click(u"refuseCall"_s);
        QTest::keyClicks(fixture.find<QLineEdit>(u"refusalReason"_s), u"not today"_s);
        QTest::keyClick(fixture.find<QLineEdit>(u"refusalReason"_s), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QVERIFY(fixture.session->run()->answer().contains(u"not today"));
        QVERIFY(!QFile::exists(fixture.work() + u"/note.md"_s));
    }

    void theArgumentsOfACallCanBeChanged()
    {
        ScriptedServer server;
        ScriptedAgent model(server, writeNote);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.session->setWorkplace({.folder = fixture.work()});
        fixture.begin(u"Write a note"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<ApprovalCard>(u"approvalCard"_s), 20'000);
        fixture.click(u"editCall"_s);
        auto *editor = fixture.find<QPlainTextEdit>(u"callArguments"_s);
        editor->setPlainText(u"no JSON"_s);
        fixture.click(u"allowEdited"_s);
        QVERIFY(fixture.isShown(agent::RunState::Waiting)); // and says why
        editor->setPlainText(u"{\"path\":\"other.md\",\"content\":\"x\"}"_s);
        fixture.click(u"allowEdited"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QVERIFY(QFile::exists(fixture.work() + u"/other.md"_s));
        QVERIFY(!QFile::exists(fixture.work() + u"/note.md"_s));
    }

    void aRunIsStoppedAndResumed()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        bool isStalled = false;
        server.on("/v1/chat/completions", [&isStalled](const Received &received) {
            const AgentRequest request(received.body);
            if (request.results().isEmpty() || std::exchange(isStalled, true))
                return ScriptedAgent::streamOf(findSalesAndGrowth(request));
            return Script::eventStream().event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"I d\"}}]}").stall();
        });
        Fixture fixture(server.url(u"/v1"_s));
        fixture.begin(u"Find sales"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session->run() && fixture.session->run()->steps().size() == 2, 20'000);
        QTRY_VERIFY(fixture.tab->findChildren<AnswerView *>(u"stepAnswer"_s).last()->toPlainText().contains(u"I d"));
        fixture.click(u"stopRun"_s);
        QTRY_VERIFY(fixture.isShown(agent::RunState::Stopped));
        auto *strip = fixture.find<QWidget>(u"runFailure"_s);
        QTRY_VERIFY(strip->isVisible());
        QTest::mouseClick(strip->findChild<QAbstractButton *>(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QVERIFY(fixture.session->run()->answer().contains(u"48210.4"));
        QVERIFY(!strip->isVisible());
    }

    void theAgentHearsWhatIsSaidToIt()
    {
        ScriptedServer server;
        ScriptedAgent model(server, [](const AgentRequest &request) -> ScriptedTurn {
            return {request.whole().contains(u"louder") ? u"HELLO"_s : u"hello"_s};
        });
        Fixture fixture(server.url(u"/v1"_s));
        fixture.begin(u"Greet me"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QCOMPARE(fixture.session->run()->answer(), u"hello"_s);
        QTest::keyClicks(fixture.find<QLineEdit>(u"sayLine"_s), u"louder"_s);
        QTest::keyClick(fixture.find<QLineEdit>(u"sayLine"_s), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.session->run()->answer() == u"HELLO" && fixture.isShown(agent::RunState::Finished), 20'000);
        QTRY_VERIFY(fixture.find<QLabel>(u"said"_s)->text().contains(u"louder"));
    }

    void anotherTryBeginsBehindAStep()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.begin(u"Find sales"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        const QString first = fixture.session->shownId();
        fixture.session->tryFrom(2);
        QTRY_VERIFY(fixture.session->shownId() != first && fixture.session->run());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QCOMPARE(fixture.session->run()->steps().size(), 5U);
        QCOMPARE(model.turns, 8);
    }

    void aRunIsSavedAsATaskRemovedAndTakenBack()
    {
        ScriptedServer server;
        ScriptedAgent model(server, findSalesAndGrowth);
        Fixture fixture(server.url(u"/v1"_s));
        fixture.begin(u"Find sales"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        fixture.session->saveAsTask(u"My sales"_s);
        QTRY_VERIFY(fixture.titles().contains(u"My sales"_s));
        fixture.choose(u"My sales"_s);
        QTRY_VERIFY(fixture.session->task());
        fixture.click(u"replayTask"_s);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isShown(agent::RunState::Finished), 20'000);
        QVERIFY(fixture.session->run()->answer().contains(u"48210.4"));
        QCOMPARE(model.turns, 5);
        fixture.choose(u"My sales"_s);
        auto *view = fixture.find<QListView>(u"agentLines"_s);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Delete);
        QTRY_VERIFY(!fixture.titles().contains(u"My sales"_s));
        auto *undo = fixture.find<QWidget>(u"agentUndo"_s);
        QTRY_VERIFY(undo->isVisible());
        QTest::mouseClick(undo->findChild<QAbstractButton *>(), Qt::LeftButton);
        QTRY_VERIFY(fixture.titles().contains(u"My sales"_s));
    }

    void aTaskOfOnesOwnNeedsAModelAndSaysSo()
    {
        Fixture fixture;
        fixture.begin(u"Write a poem"_s);
        auto *error = fixture.find<QWidget>(u"agentError"_s);
        QTRY_VERIFY(error->isVisible());
        bool isAsked = false;
        QObject::connect(fixture.tab.get(), &AgentTab::connectionAsked, fixture.tab.get(), [&] { isAsked = true; });
        QTest::mouseClick(error->findChild<QAbstractButton *>(), Qt::LeftButton);
        QVERIFY(isAsked);
        QCOMPARE(fixture.session->draft().task, u"Write a poem"_s); // not lost
        QVERIFY(fixture.session->lists().runs.empty());
    }

    void toolsAreSwitchedInGroups()
    {
        Fixture fixture;
        QTRY_VERIFY(fixture.find<Toggle>(u"tools-database"_s));
        QVERIFY(!fixture.find<Toggle>(u"tools-files.write"_s));
        fixture.session->setWorkplace({.database = u"sample"_s, .folder = fixture.work()});
        QTRY_VERIFY(fixture.find<Toggle>(u"tools-files.write"_s));
        QVERIFY(fixture.session->draft().workplace.tools.isEmpty());
        fixture.click(u"tools-files.write"_s);
        const QStringList chosen = fixture.session->draft().workplace.tools;
        QVERIFY(chosen.contains(u"calculate"_s) && !chosen.contains(u"write_file"_s));
        // What is chosen is chosen the next time, too.
        fixture.close();
        fixture.open();
        QTRY_VERIFY(fixture.find<Toggle>(u"tools-files.write"_s));
        QVERIFY(!fixture.find<Toggle>(u"tools-files.write"_s)->isChecked());
        fixture.click(u"tools-files.write"_s);
        QVERIFY(fixture.session->draft().workplace.tools.isEmpty());
        // A folder that is gone is said so, and nothing crashes.
        fixture.session->setWorkplace({.folder = u"/nonexistent/folder"_s});
        QTRY_VERIFY(fixture.session->toolsProblem());
        QVERIFY(fixture.find<QLabel>(u"toolsProblem"_s)->isVisible());
    }

    void aToolIsCalledByHand()
    {
        Fixture fixture;
        QTRY_VERIFY(fixture.find<Toggle>(u"tools-database"_s));
        fixture.click(u"callByHand"_s);
        auto *dialog = fixture.tab->findChild<ToolDialog *>();
        QVERIFY(dialog);
        auto *choice = dialog->findChild<QComboBox *>(u"toolChoice"_s);
        choice->setCurrentIndex(choice->findData(u"query_database"_s));
        auto *arguments = dialog->findChild<QPlainTextEdit *>(u"toolArguments"_s);
        QVERIFY(arguments->toPlainText().contains(u"\"sql\""));
        auto *call = dialog->findChild<QAbstractButton *>(u"callTool"_s);
        arguments->setPlainText(u"{\"sql\":\"SELECT 41 + 1 AS answer\"}"_s);
        QTest::mouseClick(call, Qt::LeftButton);
        QTRY_VERIFY(dialog->findChild<PreviewTable *>());
        QVERIFY(dialog->findChild<PreviewTable *>()->accessibleDescription().contains(u"42"));
        arguments->setPlainText(u"{\"sql\":\"DELETE FROM sales\"}"_s);
        QTest::mouseClick(call, Qt::LeftButton);
        QTRY_VERIFY(dialog->findChild<QLabel *>(u"toolFailure"_s));
    }

    void aServerIsNotStartedBeforeTheUserAgrees()
    {
        EngineThread engine;
        auto consent = std::make_unique<ServerConsent>(engine);
        const auto ask = consent->asker();
        std::optional<bool> first;
        std::optional<bool> second;
        QObject receiver;
        const auto begin = [&](std::optional<bool> &answer) {
            return EngineCall<bool>(
                engine, &receiver,
                [ask](CancelToken) -> Task<Result<bool>> { co_return co_await ask(u"Start npx server?"_s); },
                [&answer](const Result<bool> &agreed) { answer = *agreed; });
        };
        const auto one = begin(first);
        QTRY_COMPARE(consent->question(), u"Start npx server?"_s);
        QVERIFY(!first);
        consent->answer(true);
        QTRY_COMPARE(first, true);
        QVERIFY(consent->question().isEmpty());
        // Whoever still waits when the window goes is refused.
        const auto two = begin(second);
        QTRY_VERIFY(!consent->question().isEmpty());
        consent.reset();
        QTRY_COMPARE(second, false);
    }

    void searchNarrowsTheListDown()
    {
        Fixture fixture;
        auto *search = fixture.find<QLineEdit>(u"agentSearch"_s);
        QTest::keyClicks(search, u"growth"_s);
        QTRY_COMPARE(fixture.titles(), QStringList{u"Monthly sales and growth"_s});
        search->clear();
        QTRY_VERIFY(fixture.titles().size() > 2);
    }

    void aLongRunShowsItsLastStepsAndTheWayToTheOthers()
    {
        Fixture fixture;
        agent::AgentRun run(agent::RunId::make());
        run.apply(agent::RunBegun{{.task = u"Long"_s}, QDateTime::currentDateTimeUtc()});
        for (int i = 1; i <= 500; ++i) {
            agent::Call call;
            call.id = u"%1.1"_s.arg(i);
            call.wish.name = u"query_database"_s;
            call.arguments = {{u"sql"_s, u"SELECT %1"_s.arg(i)}};
            call.state = agent::CallState::Done;
            call.result = agent::ToolResult{.text = u"| a |\n|---|\n| 1 |"_s};
            call.result->grid = agent::Grid{{u"a"_s}, {QJsonArray{i}, QJsonArray{2}}, true};
            run.apply(agent::StepBegun{i});
            run.apply(agent::StepPlanned{.step = i, .text = u"Step"_s, .calls = {call}});
        }
        StepsView view;
        view.resize(700, 600);
        view.show();
        view.setRun(run);
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const int shown = view.shownSteps();
        QVERIFY(shown < 100);
        QVERIFY(view.findChild<StepView *>(u"step-500"_s));
        // One more step makes one more view, and lets the first go: the work does not grow with the run.
        run.apply(agent::StepBegun{501});
        view.updateFrom(run, 501);
        QCOMPARE(view.shownSteps(), shown);
        QVERIFY(view.findChild<StepView *>(u"step-501"_s));
        auto *earlier = view.findChild<QAbstractButton *>(u"earlierSteps"_s);
        QVERIFY(earlier->isVisibleTo(&view));
        view.showEarlier(run);
        QCOMPARE(view.shownSteps(), 2 * shown);
    }

    void theChartSuitsTheGrid_data()
    {
        QTest::addColumn<QStringList>("columns");
        QTest::addColumn<QList<QJsonArray>>("rows");
        QTest::addColumn<bool>("suits");
        QTest::addColumn<QString>("first");
        const QList<QJsonArray> months{{u"2026-10"_s, 5.5}, {u"2026-09"_s, 4}};
        QTest::newRow("months, newest first") << QStringList{u"m"_s, u"t"_s} << months << true << u"2026-09"_s;
        QTest::newRow("words") << QStringList{u"w"_s, u"t"_s} << QList<QJsonArray>{{u"b"_s, 1}, {u"a"_s, 2}} << true
                               << u"b"_s;
        QTest::newRow("one row") << QStringList{u"w"_s, u"t"_s} << QList<QJsonArray>{{u"b"_s, 1}} << false << u""_s;
        QTest::newRow("no number") << QStringList{u"w"_s, u"t"_s}
                                   << QList<QJsonArray>{{u"b"_s, u"c"_s}, {u"d"_s, u"e"_s}} << false << u""_s;
        QTest::newRow("a null") << QStringList{u"w"_s, u"t"_s} << QList<QJsonArray>{{u"b"_s, 1}, {u"d"_s, QJsonValue()}}
                                << false << u""_s;
        QTest::newRow("no names") << QStringList{u"a"_s, u"b"_s} << QList<QJsonArray>{{1, 2}, {3, 4}} << false << u""_s;
    }

    void theChartSuitsTheGrid()
    {
        QFETCH(QStringList, columns);
        QFETCH(QList<QJsonArray>, rows);
        QFETCH(bool, suits);
        QFETCH(QString, first);
        const auto shape = chartShapeOf({columns, {rows.begin(), rows.end()}, true});
        QCOMPARE(shape.has_value(), suits);
        if (shape)
            QCOMPARE(shape->names.first(), first);
    }

    void theRightPaneGivesWayInANarrowWindow()
    {
        Fixture fixture;
        QVERIFY(fixture.find<QWidget>(u"workPane"_s)->isVisible());
        fixture.tab->resize(820, 570);
        QTRY_VERIFY(!fixture.find<QWidget>(u"workPane"_s)->isVisible());
        fixture.tab->resize(1200, 700);
        QTRY_VERIFY(fixture.find<QWidget>(u"workPane"_s)->isVisible());
    }

    void everyControlHasANameForThoseWhoCannotSeeIt()
    {
        Fixture fixture;
        QTRY_VERIFY(fixture.find<Toggle>(u"tools-database"_s));
        for (QAbstractButton *button : fixture.tab->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->focusPolicy() != Qt::NoFocus)
                QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                         qPrintable(button->objectName()));
        }
        for (QLineEdit *line : fixture.tab->findChildren<QLineEdit *>()) {
            if (line->isVisible() && line->objectName() != u"qt_spinbox_lineedit")
                QVERIFY2(!line->accessibleName().isEmpty(), qPrintable(line->objectName()));
        }
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestAgentTab)
#include "tst_agenttab.moc"
