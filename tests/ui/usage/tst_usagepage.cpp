// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "ui/theme/theme.h"
#include "ui/usage/usagepage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

/// The page on real services in a folder of its own, as the program has it.
class Fixture final {
public:
    Fixture()
    {
        engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
        session = std::make_unique<UsageSession>(UsageServices{engine, services->database(), services->ledger(),
                                                               services->spending(), services->gatewaySettings(),
                                                               services->prices()});
        page = std::make_unique<UsagePage>(*session);
        page->resize(1200, 1600);
    }

    ~Fixture()
    {
        page.reset();
        session.reset();
        QVERIFY(engine.waitForCalls(std::chrono::seconds(8)));
        engine.runAndWait([this] { services.reset(); });
    }

    void record(const QString &pattern, const QDateTime &time, std::optional<double> dollars, bool cached = false)
    {
        usage::UsageEvent event;
        event.time = time.toUTC();
        event.pattern = pattern;
        event.endpoint = u"shop"_s;
        event.model = dollars ? u"gpt-5-mini"_s : u"mystery"_s;
        event.tokens = {.prompt = 1000, .completion = 100};
        event.cached = cached;
        if (dollars)
            event.cost = usage::Money::fromDollars(cached ? 0 : *dollars);
        if (dollars && cached)
            event.saved = usage::Money::fromDollars(*dollars);
        event.firstTokenTime = milliseconds(200);
        event.totalTime = milliseconds(2000);
        event.attempts = 1;
        event.outcome = u"done"_s;
        engine.runAndWait([&] { services->ledger().record(event); });
    }

    void open()
    {
        engine.runAndWait([this] {
            services->database().writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
        });
        QSignalSpy changed(session.get(), &UsageSession::changed);
        page->show();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QVERIFY(!changed.isEmpty() || changed.wait());
    }

    template<typename Widget>
    Widget *find(const char *name, const char *within = nullptr) const
    {
        const QObject *parent = within ? page->findChild<QWidget *>(QLatin1StringView(within)) : page.get();
        auto *widget = parent ? parent->findChild<Widget *>(QLatin1StringView(name)) : nullptr;
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }

    QString textOf(const char *label) const { return find<QLabel>(label)->text(); }
    void click(const char *button, const char *within = nullptr) const
    {
        QTest::mouseClick(find<QAbstractButton>(button, within), Qt::LeftButton);
    }

    QString cell(int row, const QString &title, int occurrence = 0) const
    {
        const QAbstractItemModel *model = find<QTableView>("usageTable")->model();
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() == title && occurrence-- == 0)
                return model->index(row, column).data().toString();
        }
        return u"no such column"_s;
    }

    QTemporaryDir folder;
    Paths paths = *preparePaths(folder.path());
    EngineThread engine;
    std::unique_ptr<Services> services;
    std::unique_ptr<UsageSession> session;
    std::unique_ptr<UsagePage> page;
};

} // namespace

class TestUsagePage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void whileNothingWasAskedItSaysWhatItWillShow()
    {
        Fixture fixture;
        fixture.open();
        QVERIFY(fixture.find<QWidget>("usageEmpty")->isVisible());
        QSignalSpy start(fixture.page.get(), &UsagePage::startAsked);
        QTest::mouseClick(fixture.find<QWidget>("usageEmpty")->findChild<QAbstractButton *>(), Qt::LeftButton);
        QCOMPARE(start.count(), 1);
    }

    void theFiguresAreThoseOfThePeriod()
    {
        Fixture fixture;
        const QDateTime now = QDateTime::currentDateTime();
        fixture.record(u"chat"_s, now.addSecs(-60), 0.5);
        fixture.record(u"chat"_s, now.addSecs(-50), 0.5, true);
        fixture.record(u"batch"_s, now.addDays(-10), 2);
        fixture.record(u"batch"_s, now.addDays(-80), 4);
        fixture.open();
        QVERIFY(fixture.find<QWidget>("usageReport")->isVisible());
        QCOMPARE(fixture.textOf("usageRequests"), u"3"_s);
        QCOMPARE(fixture.textOf("usageCost"), u"$2.50"_s);
        QCOMPARE(fixture.textOf("usageCache"), u"33 %"_s);
        QCOMPARE(fixture.textOf("usageCacheFact"), u"$0.50 saved"_s);
        fixture.click("usage90d");
        QTRY_COMPARE(fixture.textOf("usageCost"), u"$6.50"_s);
        fixture.click("usage24h");
        QTRY_COMPARE(fixture.textOf("usageCost"), u"$0.50"_s);
        fixture.click("usageAll");
        QTRY_COMPARE(fixture.textOf("usageRequests"), u"4"_s);
    }

    void aPriceThatIsNotKnownIsNeverNothing()
    {
        Fixture fixture;
        fixture.record(u"chat"_s, QDateTime::currentDateTime(), std::nullopt);
        fixture.open();
        QCOMPARE(fixture.textOf("usageCost"), u"unknown"_s);
        QCOMPARE(fixture.cell(0, u"Cost"_s), u"unknown"_s);
        QCOMPARE(fixture.cell(0, u"a request"_s), u"unknown"_s);
        QVERIFY(fixture.textOf("usageForecast").contains(u"without a known price"_s, Qt::CaseInsensitive));
    }

    void theTableIsSplitAndSortedAsIsLiked()
    {
        Fixture fixture;
        const QDateTime now = QDateTime::currentDateTime();
        for (int i = 0; i < 3; ++i)
            fixture.record(u"chat"_s, now, 1);
        fixture.record(u"agent"_s, now, 10);
        fixture.open();
        auto *table = fixture.find<QTableView>("usageTable");
        QCOMPARE(fixture.cell(0, u"Pattern"_s), u"Chat"_s); // the most requests first
        QCOMPARE(fixture.cell(0, u"Cost"_s), u"$3.00"_s);
        QCOMPARE(fixture.cell(0, u"a request"_s), u"$1.00"_s);
        QVERIFY(fixture.cell(0, u"Average time"_s).startsWith(u"2.0"_s));
        const QHeaderView *header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(1) + header->sectionSize(1) / 2, 10});
        const QString first = fixture.cell(0, u"Requests"_s);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(1) + header->sectionSize(1) / 2, 10});
        QVERIFY(fixture.cell(0, u"Requests"_s) != first);
        fixture.click("day", "usageSplit");
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(fixture.cell(0, u"Day"_s), QLocale().toString(now.date(), QLocale::ShortFormat));
        fixture.click("model", "usageSplit");
        QCOMPARE(fixture.cell(0, u"Model"_s), u"gpt-5-mini"_s);
        table->selectRow(0);
        QTest::keySequence(table, QKeySequence::Copy);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"gpt-5-mini\t4\t"_s));
        QCOMPARE(table->model()->index(0, 1).data(Qt::AccessibleTextRole).toString(), u"Requests: 4"_s);
    }

    void behindEachChartIsItsTable()
    {
        Fixture fixture;
        fixture.record(u"chat"_s, QDateTime::currentDateTime(), 1);
        fixture.open();
        for (const char *card : {"usageCosts", "usageLatency", "usageCacheShare"}) {
            const QByteArray name(card);
            auto *chart = fixture.find<QWidget>((name + "Chart").constData());
            auto *figures = fixture.find<QTableView>((name + "Figures").constData());
            QVERIFY(chart->isVisible() && !figures->isVisible());
            QVERIFY(!chart->accessibleName().isEmpty());
            auto *turn = fixture.find<QAbstractButton>((name + "Table").constData());
            turn->setFocus();
            QTest::keyClick(turn, Qt::Key_Space);
            QVERIFY(figures->isVisible() && !chart->isVisible());
            QVERIFY(figures->model()->rowCount() > 0);
        }
        QCOMPARE(fixture.find<QTableView>("usageCostsFigures")->model()->index(0, 1).data().toString(), u"$1.00"_s);
    }

    void chartsFollowTheTheme()
    {
        Fixture fixture;
        fixture.record(u"chat"_s, QDateTime::currentDateTime(), 1);
        fixture.record(u"agent"_s, QDateTime::currentDateTime(), 1);
        fixture.open();
        auto *chart = fixture.find<QWidget>("usageCostsChart");
        m_theme->setAppearance(Appearance::Light);
        QTest::qWait(20);
        const QImage light = chart->grab().toImage();
        m_theme->setAppearance(Appearance::Dark);
        QTest::qWait(20);
        QVERIFY(chart->grab().toImage() != light);
        m_theme->setAppearance(Appearance::Light);
        QTRY_COMPARE(chart->grab().toImage(), light);
    }

    void budgetsSayWhatIsLeftAndWhereTheMonthGoes()
    {
        Fixture fixture;
        fixture.record(u"chat"_s, QDateTime::currentDateTime(), 1);
        fixture.engine.runAndWait([&] {
            std::ignore = fixture.services->gatewaySettings().setBudgets(
                {.day = {.money = usage::Money::fromDollars(4), .tokens = {}}, .month = {}, .unpricedAllowed = {}});
        });
        fixture.open();
        QCOMPARE(fixture.textOf("usageDaySpent"), u"$1.00"_s);
        QCOMPARE(fixture.textOf("usageDayLeft"), u"$3.00 of $4.00 left"_s);
        QCOMPARE(fixture.textOf("usageMonthLeft"), u"no budget"_s);
        QVERIFY(fixture.textOf("usageForecast").contains(u"month"_s));
        QSignalSpy settings(fixture.page.get(), &UsagePage::settingsAsked);
        fixture.click("usageSetBudgets");
        QCOMPARE(settings.count(), 1);
    }

    void aPlanIsReckonedAsItIsTyped()
    {
        Fixture fixture;
        fixture.open();
        fixture.click("usageSidePlan");
        auto *model = fixture.find<QComboBox>("plannerModel");
        QVERIFY(model->count() > 5);
        model->lineEdit()->selectAll();
        QTest::keyClicks(model->lineEdit(), u"gpt-5-mini"_s);
        QTRY_VERIFY(fixture.textOf("plannerSums").startsWith(u"1,000,000 requests a day: $"_s));
        const auto type = [&](const char *name, const QString &text) {
            auto *field = fixture.find<QSpinBox>(name);
            field->setFocus();
            field->selectAll();
            QTest::keyClicks(field, text);
            QTest::keyClick(field, Qt::Key_Tab);
        };
        // In: $0.25 for a million tokens, out: $2.
        type("planner-chat-requests", u"1000"_s);
        type("planner-chat-prompt", u"4000"_s);
        type("planner-chat-completion", u"500"_s);
        type("planner-chat-cache", u"50"_s);
        QTRY_COMPARE(fixture.textOf("planner-chat-plain"), u"$2.00"_s);
        QTRY_COMPARE(fixture.textOf("planner-chat-best"), u"$1.00"_s);
        auto *batch = fixture.find<QCheckBox>("planner-chat-batch");
        QTest::mouseClick(batch, Qt::LeftButton, {}, {8, batch->height() / 2});
        QTRY_COMPARE(fixture.textOf("planner-chat-best"), u"$0.50"_s);
        QCOMPARE(fixture.textOf("planner-chat-month"), u"$15.00"_s);
        model->lineEdit()->selectAll();
        QTest::keyClicks(model->lineEdit(), u"nobody-knows"_s);
        QTRY_COMPARE(fixture.textOf("planner-chat-plain"), u"unknown"_s);
        QVERIFY(fixture.textOf("plannerSums").contains(u"not known"_s));
        fixture.session->refresh(); // does not write over what was typed
        QTest::qWait(50);
        QCOMPARE(fixture.find<QSpinBox>("planner-chat-requests")->value(), 1000);
        fixture.click("plannerBegin");
        QCOMPARE(fixture.find<QSpinBox>("planner-chat-requests")->value(), 300'000);
    }

    void whatIsShownIsExported()
    {
        Fixture fixture;
        fixture.record(u"chat"_s, QDateTime::currentDateTime(), 1);
        fixture.open();
        const QString path = fixture.folder.filePath(u"usage.csv"_s);
        fixture.session->exportCsv(usage::SplitBy::Model, path);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("\r\ngpt-5-mini,1,0,0,1000,100,1.000000000,0,"));
        QTRY_VERIFY(fixture.find<QWidget>("usageNotice")->isVisible());
        fixture.session->exportCsv(usage::SplitBy::Model, u"/nowhere/at/all.csv"_s);
        QTRY_VERIFY(fixture.find<QWidget>("usageError")->isVisible());
    }

    void allFitsInASmallWindow()
    {
        Fixture fixture;
        for (int i = 0; i < 40; ++i)
            fixture.record(i % 2 ? u"chat"_s : u"agent"_s, QDateTime::currentDateTime().addDays(-i), 1234);
        fixture.page->resize(824, 570);
        fixture.open();
        fixture.page->resize(824, 570);
        QTRY_VERIFY(fixture.find<QWidget>("usageReport")->width() <= 824);
        QVERIFY(fixture.page->minimumSizeHint().width() <= 824);
        fixture.click("usageSidePlan");
        QVERIFY(fixture.find<QWidget>("planner")->minimumSizeHint().width() <= 824 - 40);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestUsagePage)
#include "tst_usagepage.moc"
