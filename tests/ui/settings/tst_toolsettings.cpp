// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets.h"
#include "ui/settings/tools/databasescard.h"
#include "ui/settings/tools/toolsettingssession.h"
#include "ui/settings/tools/websearchcard.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestToolSettings final : public QObject {
    Q_OBJECT

    struct Fixture {
        QTemporaryDir folder;
        QString settings = folder.filePath(u"settings.ini"_s);
        store::MemorySecrets secrets;
        EngineThread engine;
        ToolSettingsSession session{
            {engine, agent::WebServiceStore(settings, secrets), agent::DatabaseStore(settings, secrets)}};

        ~Fixture() { engine.waitForCalls(std::chrono::seconds(2)); }

        std::optional<agent::WebService> web() { return agent::WebServiceStore(settings, secrets).service(); }
        QMap<QString, QString> databases() { return agent::DatabaseStore(settings, secrets).all(); }
    };

    static void click(const QWidget &card, const QString &name)
    {
        auto *button = card.findChild<QAbstractButton *>(name);
        QVERIFY2(button, qPrintable(name));
        button->click();
    }

    static QLineEdit *field(const QWidget &card, const QString &name) { return card.findChild<QLineEdit *>(name); }

private Q_SLOTS:
    void searchingTheWebIsOffUntilAServiceIsSet()
    {
        Fixture fixture;
        WebSearchCard card(fixture.session);
        card.show();
        QVERIFY(!field(card, u"webUrl"_s)->isVisible());
        click(card, u"webSearxng"_s);
        QVERIFY(field(card, u"webUrl"_s)->isVisible());
        QVERIFY(!fixture.web());
        QTest::keyClicks(field(card, u"webUrl"_s), u"https://searx.example/x"_s);
        click(card, u"webSet"_s);
        QTRY_VERIFY(fixture.web());
        QCOMPARE(fixture.web()->url, QUrl(u"https://searx.example/x"_s));
        QTRY_VERIFY(fixture.session.state().web);

        click(card, u"webBrave"_s);
        QVERIFY(!field(card, u"webUrl"_s)->isVisible());
        QTest::keyClicks(field(card, u"webKey"_s), u"my-key"_s);
        QTest::keyClick(field(card, u"webKey"_s), Qt::Key_Return);
        QTRY_COMPARE(fixture.web()->kind, agent::WebService::Brave);
        QTRY_VERIFY(fixture.session.state().hasWebKey);
        QVERIFY(field(card, u"webKey"_s)->text().isEmpty());
        QFile file(fixture.settings);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("my-key"));

        click(card, u"webOff"_s);
        QTRY_VERIFY(!fixture.web());
        QTRY_VERIFY(!fixture.session.state().hasWebKey);
    }

    void anAddressThatIsNoneIsSaid()
    {
        Fixture fixture;
        WebSearchCard card(fixture.session);
        QSignalSpy failed(&fixture.session, &ToolSettingsSession::failed);
        click(card, u"webSearxng"_s);
        field(card, u"webUrl"_s)->setText(u"not an address"_s);
        click(card, u"webSet"_s);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!fixture.web());
    }

    void databasesAreAddedTestedAndRemoved()
    {
        Fixture fixture;
        DatabasesCard card(fixture.session);
        field(card, u"databaseName"_s)->setText(u"Shop"_s);
        field(card, u"databaseUrl"_s)->setText(u"sample"_s);
        click(card, u"databaseAdd"_s);
        QTRY_COMPARE(fixture.databases().value(u"Shop"_s), u"sample"_s);
        const auto result = [&card] { return card.findChild<QLabel *>(u"databaseResult-Shop"_s); };
        QTRY_VERIFY(result() && result()->text().startsWith(u'3'));

        field(card, u"databaseUrl"_s)->setText(u"/nowhere/at/all.sqlite"_s);
        click(card, u"databaseAdd"_s);
        QTRY_COMPARE(fixture.databases().keys(), (QStringList{u"Shop"_s, u"all.sqlite"_s}));
        const auto trouble = [&card] { return card.findChild<QLabel *>(u"databaseResult-all.sqlite"_s); };
        QTRY_VERIFY(trouble() && trouble()->text().contains(u"/nowhere"_s));

        QTRY_VERIFY(card.findChild<QAbstractButton *>(u"databaseRemove-Shop"_s));
        click(card, u"databaseRemove-Shop"_s);
        QTRY_COMPARE(fixture.databases().keys(), QStringList{u"all.sqlite"_s});
    }

    void everyControlSaysWhatItIs()
    {
        Fixture fixture;
        fixture.engine.runAndWait([] { });
        const WebSearchCard web(fixture.session);
        const DatabasesCard databases(fixture.session);
        for (const QWidget *card : {static_cast<const QWidget *>(&web), static_cast<const QWidget *>(&databases)}) {
            for (const QLineEdit *edit : card->findChildren<QLineEdit *>())
                QVERIFY(!edit->accessibleName().isEmpty() && !edit->objectName().isEmpty());
            for (const QAbstractButton *button : card->findChildren<QAbstractButton *>())
                QVERIFY(!(button->accessibleName() + button->text()).isEmpty());
        }
    }
};

QTEST_MAIN(TestToolSettings)
#include "tst_toolsettings.moc"
