// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "ui/settings/budgetcard.h"
#include "ui/settings/cachecard.h"
#include "ui/settings/connectionfields.h"
#include "ui/settings/gatewaysession.h"
#include "ui/settings/pricescard.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestGatewaySettings final : public QObject {
    Q_OBJECT

    struct Fixture {
        QTemporaryDir folder;
        Paths paths = *preparePaths(folder.path());
        EngineThread engine;
        std::unique_ptr<Services> services;
        std::unique_ptr<GatewaySession> session;

        Fixture()
        {
            engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
            session = std::make_unique<GatewaySession>(GatewayServices{
                engine, services->gatewaySettings(), services->cache(), services->spending(), services->prices()});
            QSignalSpy changed(session.get(), &GatewaySession::changed);
            session->refresh();
            changed.wait();
        }
        ~Fixture()
        {
            session.reset();
            engine.waitForCalls(std::chrono::seconds(2));
            engine.runAndWait([this] { services.reset(); });
        }

        usage::Budgets budgets() { return llm::GatewaySettings(paths.settingsFile).budgets(); }
    };

    static void enter(QWidget &card, const QString &name, const QString &text)
    {
        auto *field = card.findChild<QLineEdit *>(name);
        field->setFocus();
        field->selectAll();
        if (text.isEmpty())
            field->clear();
        else
            QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

private Q_SLOTS:
    void aBudgetHoldsAsSoonAsItIsEntered()
    {
        Fixture fixture;
        BudgetCard card(*fixture.session);
        card.show();
        enter(card, u"budgetDayMoney"_s, u"2.5"_s);
        QTRY_COMPARE(fixture.budgets().day.money, usage::Money::fromDollars(2.5));
        enter(card, u"budgetMonthTokens"_s, u"1000000"_s);
        QTRY_COMPARE(fixture.budgets().month.tokens, 1'000'000);
        QCOMPARE(fixture.budgets().day.money, usage::Money::fromDollars(2.5));
        enter(card, u"budgetUnpriced"_s, u"one, two/x"_s);
        QTRY_COMPARE(fixture.budgets().unpricedAllowed, (QStringList{u"one"_s, u"two/x"_s}));
        enter(card, u"budgetDayMoney"_s, {});
        QTRY_VERIFY(!fixture.budgets().day.money);
    }

    void theCacheIsBoundedAndEmptied()
    {
        Fixture fixture;
        CacheCard card(*fixture.session);
        card.show();
        fixture.engine.runAndWait([&] {
            llm::Completion completion;
            completion.text = u"kept"_s;
            fixture.services->cache().put("k", completion);
            fixture.services->database()
                .writer()
                .write([](store::Connection &) { return Result<void>(); })
                .waitForFinished();
        });
        fixture.session->refresh();
        QTRY_VERIFY(card.findChild<QLabel *>(u"cacheFacts"_s)->text().startsWith(u"1 answer,"));
        auto *days = card.findChild<QSpinBox *>(u"cacheDays"_s);
        days->setValue(7);
        Q_EMIT days->editingFinished();
        QTRY_COMPARE(llm::GatewaySettings(fixture.paths.settingsFile).cache().longestDays, 7);
        QTest::mouseClick(card.findChild<QCheckBox *>(u"chat"_s), Qt::LeftButton);
        QTRY_VERIFY(!llm::GatewaySettings(fixture.paths.settingsFile).cache().patternsOff.contains(u"chat"_s));
        QTest::mouseClick(card.findChild<QAbstractButton *>(u"cacheClear"_s), Qt::LeftButton);
        QTRY_VERIFY(card.findChild<QLabel *>(u"cacheFacts"_s)->text().startsWith(u"0 answers"));
    }

    void aPriceOfOnesOwnGoesBeforeTheStandard()
    {
        Fixture fixture;
        PricesCard card(*fixture.session);
        card.show();
        auto *table = card.findChild<QTableWidget *>(u"pricesTable"_s);
        const int before = table->rowCount();
        QVERIFY(before > 20);
        auto *save = card.findChild<QAbstractButton *>(u"priceSave"_s);
        QVERIFY(!save->isEnabled());
        enter(card, u"priceModel"_s, u"my/model"_s);
        enter(card, u"priceInput"_s, u"0.5"_s);
        enter(card, u"priceOutput"_s, u"3"_s);
        QTRY_COMPARE(table->rowCount(), before + 1);
        QCOMPARE(table->item(0, 0)->text(), u"my/model"_s);
        const auto price = usage::Prices(fixture.paths.pricesFile()).find(u"my/model"_s, QDate(2026, 11, 1), 10);
        QCOMPARE(price->output, 3.0);
        table->selectRow(0);
        QTest::mouseClick(card.findChild<QAbstractButton *>(u"priceRemove"_s), Qt::LeftButton);
        QTRY_COMPARE(table->rowCount(), before);
    }

    void whatFewNeedIsKept()
    {
        ConnectionFields fields;
        llm::Endpoint endpoint{.name = u"e"_s};
        endpoint.limits.firstByte = std::chrono::seconds(30);
        endpoint.retries = 0;
        endpoint.rates = {2, 60, 1000};
        endpoint.headers = {{"X-Team", "a"}, {"X-Key", "${K}"}};
        endpoint.queryPrefix = u"search_query: "_s;
        fields.showEndpoint(endpoint);
        QVERIFY(fields.applied({.name = u"e"_s}) == endpoint);
        fields.findChild<QPlainTextEdit *>(u"headers"_s)->setPlainText(u"A: b\n\n broken \nC:d"_s);
        QCOMPARE(fields.applied(endpoint).headers.size(), 3);
    }
};

QTEST_MAIN(TestGatewaySettings)
#include "tst_gatewaysettings.moc"
