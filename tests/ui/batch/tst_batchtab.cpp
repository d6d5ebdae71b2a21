// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "support/scriptedserver.h"
#include "ui/batch/batchsession.h"
#include "ui/batch/batchtab.h"
#include "ui/batch/itemtablemodel.h"
#include "ui/batch/limitdialog.h"
#include "ui/batch/throughputchart.h"
#include "ui/models/modelsession.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

/// The tab on real services in a folder, as the program has it.
class Fixture final {
public:
    explicit Fixture(const QString &folder) : paths(*preparePaths(folder))
    {
        engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
        session = std::make_unique<BatchSession>(
            BatchServices{engine, services->batchParts(), services->prices(), services->cache(), paths});
        models = std::make_unique<ModelSession>(ModelServices{engine, services->catalog(), services->prices(), paths});
        tab = std::make_unique<BatchTab>(*session, *models);
        tab->resize(1200, 760);
        tab->show();
        QVERIFY(QTest::qWaitForWindowActive(tab.get()));
    }

    ~Fixture()
    {
        tab.reset();
        models.reset();
        session.reset();
        QVERIFY(engine.waitForCalls(std::chrono::seconds(8)));
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
    void click(const char *button) const { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }

    void drop(const QString &path) const
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QWidget *target = find<QWidget>("setUpView");
        QDragEnterEvent enter(QPoint(40, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QDropEvent drop(QPointF(40, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
    }

    void choose(const char *combo, int index) const
    {
        auto *box = find<QComboBox>(combo);
        box->setFocus();
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }

    QString cell(int row, int column) const { return items()->model()->index(row, column).data().toString(); }
    QTableView *items() const { return find<QTableView>("items"); }
    int rows() const { return items()->model()->rowCount(); }

    Paths paths;
    EngineThread engine;
    std::unique_ptr<Services> services;
    std::unique_ptr<BatchSession> session;
    std::unique_ptr<ModelSession> models;
    std::unique_ptr<BatchTab> tab;
};

} // namespace

class TestBatchTab final : public QObject {
    Q_OBJECT

private:
    QString items(int count) const
    {
        const QString folder = m_folder->filePath(u"in"_s);
        QDir().mkpath(folder);
        for (int i = 0; i < count; ++i) {
            QFile file(folder + u"/item%1.txt"_s.arg(i, 3, 10, QLatin1Char('0')));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("cannot write");
            file.write(u"The kettle number %1 is blue. A blue kettle holds two litres.\n"_s.arg(i).toUtf8());
        }
        return folder;
    }

    void connectTo(const QUrl &url) const
    {
        const Paths paths = *preparePaths(m_folder->path());
        llm::EndpointRegistry registry(paths.settingsFile);
        QVERIFY(registry.put(
            {.name = u"scripted"_s, .baseUrl = url, .model = u"m"_s, .keyVariable = u"QUINTET_TEST_KEY"_s}));
        QVERIFY(registry.setDefault(u"scripted"_s));
    }

    static test::Script say(const QString &text)
    {
        const QJsonObject choice{
            {u"index"_s, 0}, {u"message"_s, QJsonObject{{u"content"_s, text}}}, {u"finish_reason"_s, u"stop"_s}};
        return test::Script::response(
            200,
            QJsonDocument(QJsonObject{{u"choices"_s, QJsonArray{choice}},
                                      {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, 7}, {u"completion_tokens"_s, 2}}}})
                .toJson());
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("QUINTET_TEST_KEY", "test");
        new Theme(this);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aFolderThatIsDroppedIsCountedAndRunAndShown()
    {
        const QString folder = items(40);
        const Fixture fixture(m_folder->path());
        QVERIFY(!fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.drop(folder);
        fixture.choose("task", 4); // keywords
        QTRY_VERIFY(fixture.textOf("estimate").startsWith(u"40 items"_s));
        QVERIFY(fixture.find<QPlainTextEdit>("preview")->toPlainText().contains(u"kettle number 0"_s));
        fixture.click("startRun");
        QTRY_COMPARE(fixture.textOf("figureDone"), u"40"_s);
        QTRY_COMPARE(fixture.rows(), 40);
        QTRY_VERIFY(fixture.cell(0, 2).contains(u"kettle"_s, Qt::CaseInsensitive));
        QCOMPARE(fixture.cell(39, 1), u"item039.txt"_s);
        QCOMPARE(fixture.find<QListView>("runs")->model()->rowCount(), 1);
    }

    void choosingAnItemShowsItsSourceAndResult()
    {
        const Fixture fixture(m_folder->path());
        fixture.drop(items(5));
        fixture.choose("task", 1); // summarize
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_COMPARE(fixture.textOf("figureDone"), u"5"_s);
        QTRY_COMPARE(fixture.rows(), 5);
        const QTableView *table = fixture.items();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(3, 1)).center());
        QTRY_COMPARE(fixture.textOf("itemName"), u"item003.txt"_s);
        QTRY_VERIFY(fixture.find<QPlainTextEdit>("itemSource")->toPlainText().contains(u"kettle number 3"_s));
        QVERIFY(fixture.find<QPlainTextEdit>("itemResult")->toPlainText().contains(u"kettle"_s));
        QTest::keyClick(fixture.items(), Qt::Key_Down);
        QTRY_COMPARE(fixture.textOf("itemName"), u"item004.txt"_s);
    }

    void fieldsBecomeColumnsAndTheTableIsFilteredAndSorted()
    {
        test::ScriptedServer server;
        server.on("/v1/chat/completions", [](const test::Received &request) {
            const int at = static_cast<int>(request.body.indexOf("kettle number "));
            const QByteArray number = request.body.mid(at + 14, 3).split(' ').first();
            return say(u"{\"number\":%1,\"colour\":\"blue %1\"}"_s.arg(QString::fromUtf8(number)));
        });
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.drop(items(30));
        fixture.choose("task", 2); // extract
        QTest::keyClicks(fixture.find<QLineEdit>("fields"), u"number int, colour"_s);
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_COMPARE(fixture.textOf("figureDone"), u"30"_s);
        const QAbstractItemModel *model = fixture.items()->model();
        QTRY_COMPARE(model->headerData(2, Qt::Horizontal).toString(), u"number"_s);
        QCOMPARE(model->headerData(3, Qt::Horizontal).toString(), u"colour"_s);
        QTRY_COMPARE(fixture.cell(7, 3), u"blue 7"_s);
        QTest::keyClicks(fixture.find<QLineEdit>("itemFilter"), u"blue 12"_s);
        QTRY_COMPARE(fixture.rows(), 1);
        QTRY_COMPARE(fixture.cell(0, 1), u"item012.txt"_s);
        fixture.find<QLineEdit>("itemFilter")->clear();
        QTRY_COMPARE(fixture.rows(), 30);
        fixture.items()->sortByColumn(1, Qt::DescendingOrder);
        QTRY_COMPARE(fixture.cell(0, 1), u"item029.txt"_s);
    }

    void whatFailedIsGroupedAndTriedAgain()
    {
        test::ScriptedServer server;
        bool fails = true;
        server.on("/v1/chat/completions", [&fails](const test::Received &request) {
            if (fails && request.body.contains("number 2 "))
                return test::Script::response(200, "this is no answer");
            return say(u"Said."_s);
        });
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.drop(items(4));
        QTest::keyClicks(fixture.find<QPlainTextEdit>("prompt"), u"Say it."_s);
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.textOf("figureFailed"), u"1"_s, 30'000);
        QTRY_VERIFY(fixture.tab->findChild<QAbstractButton *>(u"retryGroup"_s));
        fixture.click("showFailed");
        QTRY_COMPARE(fixture.rows(), 1);
        fails = false;
        QTRY_VERIFY(fixture.session->workingCount() == 0);
        fixture.click("retryGroup");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.textOf("figureDone"), u"4"_s, 30'000);
    }

    void aRunIsPausedAndResumedByItsButton()
    {
        test::ScriptedServer server;
        server.on("/v1/chat/completions",
                  [](const test::Received &) { return say(u"Said."_s).drip(20, std::chrono::milliseconds(2)); });
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.drop(items(150));
        QTest::keyClicks(fixture.find<QPlainTextEdit>("prompt"), u"Say it."_s);
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_VERIFY(server.count("POST") > 5);
        QTRY_VERIFY(fixture.find<QAbstractButton>("goOn")->isVisible());
        fixture.click("goOn");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.find<QAbstractButton>("goOn")->text(), u"Resume"_s, 20'000);
        QCOMPARE(fixture.session->runs().front().state, batch::RunState::Paused);
        const auto before = server.count("POST");
        QCOMPARE(fixture.session->runs().front().done, before);
        fixture.click("goOn");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.textOf("figureDone"), u"150"_s, 30'000);
        QCOMPARE(server.count("POST"), 150);
    }

    void aRunStopsAtWhatItMayTakeAndGoesOnOnceItMayTakeMore()
    {
        test::ScriptedServer server;
        server.on("/v1/chat/completions", [](const test::Received &) { return say(u"Said."_s); });
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.drop(items(5));
        QTest::keyClicks(fixture.find<QPlainTextEdit>("prompt"), u"Say it."_s);
        auto *tokens = fixture.find<QSpinBox>("tokenLimit");
        tokens->selectAll();
        QTest::keyClicks(tokens, u"30"_s); // fewer than an item takes, as far as anybody knows
        fixture.find<QWidget>("prompt")->setFocus();
        QCOMPARE(fixture.session->draft().budget, (usage::Limit{{}, 30}));
        QTRY_VERIFY(fixture.textOf("estimate").contains(u"more than it may take"));
        fixture.click("startRun");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.find<QAbstractButton>("goOn")->text(), u"Resume…"_s, 20'000);
        QCOMPARE(server.count("POST"), 0);
        fixture.click("goOn");
        auto *dialog = fixture.tab->findChild<LimitDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->limit(), (usage::Limit{{}, 30}));
        auto *more = dialog->findChild<QSpinBox *>(u"tokenLimit"_s);
        more->selectAll();
        QTest::keyClicks(more, u"100000"_s);
        QTest::keyClick(more, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.textOf("figureDone"), u"5"_s, 20'000);
        QCOMPARE(server.count("POST"), 5);
        QTRY_COMPARE(fixture.textOf("figureTokens"), u"45"_s);
        QCOMPARE(fixture.session->runs().front().spec.budget, (usage::Limit{{}, 100'000}));
    }

    void aNewRunGoesWithTheDefaultUnlessAnotherModelWasChosen()
    {
        const Paths paths = *preparePaths(m_folder->path());
        llm::EndpointRegistry registry(paths.settingsFile);
        for (const QString &name : {u"one"_s, u"two"_s, u"three"_s})
            QVERIFY(registry.put({.name = name,
                                  .baseUrl = QUrl(u"http://127.0.0.1:9/v1"_s),
                                  .model = u"model-of-"_s + name,
                                  .keyVariable = u"QUINTET_TEST_KEY"_s}));
        QVERIFY(registry.setDefault(u"one"_s));
        const Fixture fixture(m_folder->path());
        BatchSession &session = *fixture.session;
        const auto model = [&session] { return session.draft().endpoint.model; };
        QCOMPARE(model(), u"model-of-one"_s);
        fixture.drop(items(2));
        QVERIFY(registry.setDefault(u"two"_s)); // the settings tell
        session.refreshEndpoints();
        QCOMPARE(model(), u"model-of-two"_s);
        // Whoever runs something again takes its model, until that has begun.
        batch::RunSpec draft = session.draft();
        draft.prompt = u"Say it."_s;
        draft.endpoint = session.endpointNamed(u"three"_s);
        session.setDraft(draft);
        session.refreshEndpoints();
        fixture.drop(items(3));
        QCOMPARE(model(), u"model-of-three"_s);
        session.start();
        QTRY_VERIFY(session.shown());
        QCOMPARE(session.shown()->spec.endpoint.model, u"model-of-three"_s);
        QVERIFY(registry.setDefault(u"one"_s)); // by another process: nobody tells
        fixture.click("newRun");
        QCOMPARE(model(), u"model-of-one"_s);
        // Who picks the default goes with it.
        draft.endpoint = session.endpointNamed(u"three"_s);
        session.setDraft(draft);
        draft.endpoint = session.endpointNamed(u"one"_s);
        session.setDraft(draft);
        QVERIFY(registry.setDefault(u"two"_s));
        session.refreshEndpoints();
        QCOMPARE(model(), u"model-of-two"_s);
    }

    void whatCannotBeReadIsShownAndTriedAgainOnceItIsThere()
    {
        const QString folder = items(2);
        QFile file(folder + u"/empty.txt"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const Fixture fixture(m_folder->path());
        fixture.drop(folder);
        fixture.choose("task", 4); // keywords
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_COMPARE(fixture.textOf("figureFailed"), u"1"_s);
        QTRY_VERIFY(fixture.tab->findChild<QAbstractButton *>(u"showGroup"_s));
        fixture.click("showGroup");
        QTRY_COMPARE(fixture.rows(), 1);
        QTRY_COMPARE(fixture.session->workingCount(), 0);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("A green teapot. The teapot is old.\n");
        file.close();
        QTRY_VERIFY(fixture.tab->findChild<QAbstractButton *>(u"retryGroup"_s));
        fixture.click("retryGroup");
        QTRY_COMPARE(fixture.textOf("figureDone"), u"3"_s);
        fixture.click("showAll");
        QTRY_COMPARE(fixture.rows(), 3);
        fixture.items()->selectRow(0);
        QTRY_VERIFY(fixture.textOf("itemFacts").contains(u"changed since it was listed"_s));
    }

    void threeItemsAreTriedFirst()
    {
        test::ScriptedServer server;
        server.on("/v1/chat/completions", [](const test::Received &) { return say(u"A short answer."_s); });
        connectTo(server.url(u"/v1"_s));
        const Fixture fixture(m_folder->path());
        fixture.drop(items(10));
        QTest::keyClicks(fixture.find<QPlainTextEdit>("prompt"), u"Say it."_s);
        QTRY_VERIFY(fixture.find<QAbstractButton>("tryItems")->isEnabled());
        fixture.click("tryItems");
        QTRY_VERIFY(fixture.find<QPlainTextEdit>("preview")->toPlainText().contains(u"item002.txt\nA short answer."_s));
        QCOMPARE(server.count("POST"), 3);
        QVERIFY(fixture.session->runs().empty());
        fixture.click("startRun");
        QTRY_COMPARE(fixture.textOf("figureDone"), u"10"_s);
        QCOMPARE(server.count("POST"), 10); // what was tried is taken from the cache
    }

    void whatNeedsAModelIsSaidBeforeItStarts()
    {
        const Fixture fixture(m_folder->path());
        fixture.drop(items(3));
        fixture.choose("task", 5); // translate
        QTest::keyClicks(fixture.find<QLineEdit>("language"), u"French"_s);
        QTRY_VERIFY(fixture.find<QWidget>("setUpError")->isVisible());
        QVERIFY(!fixture.find<QAbstractButton>("startRun")->isEnabled());
        QSignalSpy asked(fixture.tab.get(), &BatchTab::connectionAsked);
        QTest::mouseClick(fixture.find<QWidget>("setUpError")->findChild<QAbstractButton *>(), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void twoRunsOverTheSameItemsAreCompared()
    {
        const Fixture fixture(m_folder->path());
        fixture.drop(items(4));
        fixture.choose("task", 4);
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_COMPARE(fixture.textOf("figureDone"), u"4"_s);
        QTRY_COMPARE(fixture.session->workingCount(), 0);
        fixture.session->setUpLike(fixture.session->runs().front().id.value);
        fixture.choose("task", 1);
        QTRY_VERIFY(fixture.find<QAbstractButton>("startRun")->isEnabled());
        fixture.click("startRun");
        QTRY_COMPARE(fixture.session->runs().size(), 2);
        QTRY_COMPARE(fixture.session->workingCount(), 0);
        QTRY_COMPARE(fixture.rows(), 4);
        fixture.items()->selectRow(1);
        auto *runs = fixture.find<QComboBox>("compareWith");
        QTRY_COMPARE(runs->count(), 2);
        fixture.choose("compareWith", 1);
        QTRY_VERIFY(fixture.find<QPlainTextEdit>("otherResult")->toPlainText().contains(u", "_s));
    }

    void manyRowsAreShownWithoutReadingThem()
    {
        Fixture fixture(m_folder->path());
        ItemTableModel model(fixture.engine, fixture.session->parts());
        // Rows stand in the database as a listing leaves them.
        constexpr int count = 100'000;
        batch::Run run;
        fixture.engine.runAndWait([&] {
            auto written = fixture.services->database().writer().write([](store::Connection &connection) {
                return connection
                    .execute(
                        u"INSERT INTO batch_run (id, name, created, state, spec, total, queued) VALUES ('%1', 'many', 0, 'paused', '{}', %2, %2)"_s
                            .arg(u"a"_s.repeated(32))
                            .arg(count))
                    .and_then([&] {
                        return connection.execute(
                            u"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %1) INSERT INTO batch_item (id, name) SELECT (1 << 32) + i, 'row ' || (i + 1) FROM n"_s
                                .arg(count - 1));
                    });
            });
            written.waitForFinished();
            run = *batch::RunStore(fixture.services->database(), fixture.services->clock()).find(u"a"_s.repeated(32));
        });
        model.setRun(run);
        QTRY_COMPARE(model.rowCount(), count);
        QVERIFY(model.index(count - 1, 1).data().isNull());
        QTRY_COMPARE(model.index(count - 1, 1).data().toString(), u"row %1"_s.arg(count));
        QVERIFY(model.index(500, 1).data().isNull()); // only what was shown is read
    }

    void throughputIsReckonedFromItsSamples()
    {
        using namespace std::chrono_literals;
        QVERIFY(!ThroughputChart::perMinute({}));
        QVERIFY(!ThroughputChart::perMinute({{0ms, 0}}));
        QCOMPARE(*ThroughputChart::perMinute({{0ms, 0}, {1'000ms, 10}, {2'000ms, 20}}), 600.0);
        // Of late: what was long ago does not count.
        QCOMPARE(*ThroughputChart::perMinute({{0ms, 0}, {100'000ms, 1'000}, {110'000ms, 1'010}}), 60.0);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestBatchTab)
#include "tst_batchtab.moc"
