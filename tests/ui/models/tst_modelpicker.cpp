// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "support/scriptedmodel.h"
#include "ui/models/modellist.h"
#include "ui/models/modelpicker.h"
#include "ui/models/modelsession.h"
#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace quintet::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestModelPicker final : public QObject {
    Q_OBJECT

    /// The picker on real services, with a server of two models and one that does not answer.
    struct Fixture {
        QTemporaryDir folder;
        Paths paths = *preparePaths(folder.path());
        ScriptedServer server;
        ScriptedModel model{server};
        EngineThread engine;
        std::unique_ptr<Services> services;
        std::unique_ptr<ModelSession> session;
        std::unique_ptr<ModelPicker> picker;

        Fixture()
        {
            model.models = {u"gpt-5-mini"_s, u"odd-one"_s};
            // With a variable, so that no keychain is asked: it may hang once a thread that asked it has ended.
            llm::EndpointRegistry registry(paths.settingsFile);
            auto put =
                registry.put({u"near"_s, llm::EndpointKind::OpenAi, server.url(u"/v1"_s), {}, u"QUINTET_TEST_KEY"_s});
            if (put)
                put = registry.put({u"gone"_s,
                                    llm::EndpointKind::OpenAi,
                                    QUrl(u"http://127.0.0.1:9/v1"_s),
                                    {},
                                    u"QUINTET_TEST_KEY"_s});
            engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
            session =
                std::make_unique<ModelSession>(ModelServices{engine, services->catalog(), services->prices(), paths});
            picker = std::make_unique<ModelPicker>(*session);
            picker->show();
        }
        ~Fixture()
        {
            picker.reset();
            session.reset();
            engine.waitForCalls(std::chrono::seconds(2));
            engine.runAndWait([this] { services.reset(); });
        }

        QListView *open()
        {
            QTest::mouseClick(picker->findChild<QAbstractButton *>(u"modelPicker"_s), Qt::LeftButton);
            return picker->findChild<QListView *>(u"modelList"_s);
        }
        QLineEdit *search() const { return picker->findChild<QLineEdit *>(u"modelSearch"_s); }
    };

    static QStringList titles(const QListView *view)
    {
        QStringList all;
        for (int i = 0; i < view->model()->rowCount(); ++i)
            all << view->model()->index(i, 0).data().toString();
        return all;
    }

private Q_SLOTS:
    void allModelsAreListedAndOneThatDoesNotAnswerSaysSo()
    {
        Fixture fixture;
        const QListView *view = fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(titles(view).contains(u"gpt-5-mini"_s), 30s);
        QVERIFY(titles(view).contains(u"odd-one"_s));
        QVERIFY(titles(view).contains(u"Built-in engine"_s));
        const auto choices = fixture.session->choices();
        const auto gone = std::ranges::find(choices, u"gone"_s, &ModelChoice::endpoint);
        QVERIFY(gone != choices.end() && !gone->problem.isEmpty());
        const auto mini = std::ranges::find(choices, u"gpt-5-mini"_s, &ModelChoice::model);
        QVERIFY(mini->isLocal && factsOf(*mini).contains(u"free"));
    }

    void typingSearchesAndEnterChooses()
    {
        Fixture fixture;
        QSignalSpy chosen(fixture.picker.get(), &ModelPicker::chosen);
        const QListView *view = fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(titles(view).contains(u"odd-one"_s), 30s);
        QTest::keyClicks(fixture.search(), u"ODD near"_s);
        QCOMPARE(titles(view), QStringList{u"odd-one"_s});
        QTest::keyClick(fixture.search(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<ModelChoice>().model, u"odd-one"_s);
        QVERIFY(!view->isVisible());
    }

    void theArrowKeysMoveWhileOneTypes()
    {
        Fixture fixture;
        QSignalSpy chosen(fixture.picker.get(), &ModelPicker::chosen);
        const QListView *view = fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(titles(view).size() >= 4, 30s);
        const int before = view->currentIndex().row();
        QTest::keyClick(fixture.search(), before == 0 ? Qt::Key_Down : Qt::Key_Up);
        QVERIFY(view->currentIndex().row() != before);
    }

    void favouritesStandFirstAndLast()
    {
        Fixture fixture;
        const QListView *view = fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(titles(view).contains(u"odd-one"_s), 30s);
        const auto odd = *std::ranges::find(fixture.session->choices(), u"odd-one"_s, &ModelChoice::model);
        fixture.session->setFavourite(odd, true);
        QCOMPARE(titles(view).first(), u"odd-one"_s);
        ModelSession again({fixture.engine, fixture.services->catalog(), fixture.services->prices(), fixture.paths});
        again.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(again.choices().front().model == u"odd-one", 30s);
        fixture.session->setFavourite(odd, false);
        QVERIFY(titles(view).first() != u"odd-one");
    }
};

QTEST_MAIN(TestModelPicker)
#include "tst_modelpicker.moc"
