// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "support/resultof.h"
#include "ui/models/modelsession.h"
#include "ui/settings/endpointscard.h"
#include "ui/settings/settingssession.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestEndpointSettings final : public QObject {
    Q_OBJECT

    /// One server, "shop", on a port where nobody answers, with a key.
    struct Fixture {
        QTemporaryDir folder;
        Paths paths = *preparePaths(folder.path());
        EngineThread engine;
        store::MemorySecrets secrets;
        std::unique_ptr<Services> services;
        std::unique_ptr<net::HttpClient> client;
        std::unique_ptr<llm::ModelFactsStore> facts;
        std::unique_ptr<llm::Catalog> catalog; // of keys in memory, since a test has no keychain
        std::unique_ptr<SettingsSession> session;
        std::unique_ptr<EndpointsCard> card;
        llm::EndpointRegistry registry{paths.settingsFile};

        Fixture()
        {
            QVERIFY(registry.put(shop()) && registry.setDefault(u"shop"_s));
            engine.runAndWait([this] {
                services = std::move(*Services::open(paths));
                client = std::make_unique<net::HttpClient>();
                facts = std::make_unique<llm::ModelFactsStore>(services->database());
                catalog = std::make_unique<llm::Catalog>(*client, secrets, *facts);
                static_cast<void>(test::resultOf(secrets.write(llm::secretName(shop()), u"sk-shop"_s)));
            });
            session = std::make_unique<SettingsSession>(SettingsServices{engine, *catalog, secrets, paths});
            card = std::make_unique<EndpointsCard>(*session);
            card->show();
        }
        ~Fixture()
        {
            card.reset();
            session.reset();
            engine.waitForCalls(std::chrono::seconds(2));
            engine.runAndWait([this] {
                catalog.reset();
                client.reset();
                facts.reset();
                services.reset();
            });
        }

        static llm::Endpoint shop()
        {
            return {u"shop"_s, llm::EndpointKind::OpenAi, QUrl(u"http://127.0.0.1:9/v1"_s), u"small"_s, {}};
        }

        void click(const QString &name) { QTest::keyClick(card->findChild<QAbstractButton *>(name), Qt::Key_Space); }

        void enter(const QString &name, const QString &text)
        {
            auto *field = card->findChild<QLineEdit *>(name);
            field->selectAll();
            QTest::keyClicks(field, text);
        }

        QString keyOf(const llm::Endpoint &endpoint)
        {
            QString key;
            engine.runAndWait(
                [&] { key = test::resultOf(secrets.read(llm::secretName(endpoint))).value_or(QString()); });
            return key;
        }
    };

private Q_SLOTS:
    void aServerThatIsRenamedStaysOneServerWithItsKey()
    {
        Fixture fixture;
        fixture.click(u"edit-shop"_s);
        fixture.enter(u"endpointName"_s, u"store"_s);
        fixture.click(u"endpointSave"_s);
        QCOMPARE(fixture.registry.all().size(), size_t(1));
        const llm::Endpoint renamed = *fixture.registry.find(u"shop"_s);
        QCOMPARE(renamed.name, u"store"_s);
        QCOMPARE(fixture.registry.defaultName(), u"store"_s);
        QTRY_COMPARE(fixture.keyOf(renamed), u"sk-shop"_s);
        QVERIFY(fixture.card->findChild<QAbstractButton *>(u"edit-store"_s));
    }

    void aRenamedServerOnAnotherHostGetsNoKey()
    {
        Fixture fixture;
        fixture.click(u"edit-shop"_s);
        fixture.enter(u"endpointName"_s, u"store"_s);
        fixture.enter(u"endpointUrl"_s, u"http://127.0.0.2:9/v1"_s);
        fixture.click(u"endpointSave"_s);
        const llm::Endpoint renamed = *fixture.registry.find(u"store"_s);
        QCOMPARE(renamed.baseUrl.host(), u"127.0.0.2"_s);
        fixture.engine.waitForCalls(std::chrono::seconds(2));
        QCOMPARE(fixture.keyOf(renamed), QString());
    }

    void aNameThatIsTakenIsSaidInPlaceAndNothingChanges()
    {
        Fixture fixture;
        llm::Endpoint other = Fixture::shop();
        other.name = u"other"_s;
        QVERIFY(fixture.registry.put(other));
        fixture.click(u"edit-shop"_s);
        fixture.enter(u"endpointName"_s, u"other"_s);
        fixture.click(u"endpointSave"_s);
        QVERIFY(fixture.card->findChild<QWidget *>(u"settingsError"_s)->isVisible());
        QVERIFY(fixture.card->findChild<QWidget *>(u"endpointForm"_s)->isVisible());
        QCOMPARE(fixture.registry.find(u"shop"_s)->name, u"shop"_s);
        QCOMPARE(fixture.keyOf(Fixture::shop()), u"sk-shop"_s);
    }

    void aFavouriteStaysOneUnderTheNewName()
    {
        Fixture fixture;
        QSettings(fixture.paths.settingsFile, QSettings::IniFormat)
            .setValue("models/favourites"_L1, QStringList{u"shop/small"_s});
        QVERIFY(fixture.registry.rename(u"shop"_s, u"store"_s));
        ModelSession models({fixture.engine, *fixture.catalog, fixture.services->prices(), fixture.paths});
        QSignalSpy changed(&models, &ModelSession::changed);
        models.refresh();
        QTRY_VERIFY(std::ranges::contains(models.choices(), u"store"_s, &ModelChoice::endpoint));
        const auto choice = std::ranges::find(models.choices(), u"store"_s, &ModelChoice::endpoint);
        QVERIFY(choice->isFavourite);
        models.setFavourite(*choice, false);
        QVERIFY(!std::ranges::find(models.choices(), u"store"_s, &ModelChoice::endpoint)->isFavourite);
    }

    void eachTabMayAskAnEndpointOfItsOwn()
    {
        Fixture fixture;
        auto *batch = fixture.card->findChild<QComboBox *>(u"default-batch"_s);
        QVERIFY(batch->isVisible());
        QCOMPARE(batch->currentText(), u"In use"_s);
        batch->setCurrentText(u"shop"_s);
        Q_EMIT batch->activated(batch->currentIndex());
        QCOMPARE(fixture.registry.patternDefault(u"batch"_s), u"shop"_s);
        QCOMPARE(fixture.registry.patternDefault(u"chat"_s), QString());
        QCOMPARE(batch->currentText(), u"shop"_s);
        QVERIFY(fixture.registry.setDefault(u"builtin"_s));
        QCOMPARE(fixture.registry.resolve({}, u"batch"_s)->name, u"shop"_s);
        QCOMPARE(fixture.registry.resolve({}, u"chat"_s)->name, u"builtin"_s);
        batch->setCurrentIndex(0);
        Q_EMIT batch->activated(0);
        QCOMPARE(fixture.registry.patternDefault(u"batch"_s), QString());
        fixture.session->remove(u"shop"_s); // with nothing to choose from, nothing is offered
        QVERIFY(!batch->isVisible());
    }
};

QTEST_MAIN(TestEndpointSettings)
#include "tst_endpointsettings.moc"
