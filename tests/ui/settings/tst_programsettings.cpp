// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/program/appearancecard.h"
#include "ui/settings/program/datacard.h"
#include "ui/settings/program/datasession.h"
#include "ui/settings/settingspage.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace Qt::StringLiterals;

namespace {

template<typename T>
T *part(const QWidget &of, const QString &name)
{
    T *found = of.findChild<T *>(name);
    if (!found)
        qFatal("no %s", qPrintable(name));
    return found;
}

void press(const QWidget &of, const QString &name)
{
    QTest::keyClick(part<QAbstractButton>(of, name), Qt::Key_Space);
}

} // namespace

/// Looks, data and the search box of the settings, by keyboard.
class TestProgramSettings final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_paths = preparePaths(m_folder->filePath(u"data"_s)).value();
        QFile(m_paths.settingsFile).open(QIODevice::WriteOnly);
        m_keys = {{u"endpoint/mine"_s, u"a-secret"_s}};
        m_kept.clear();
        m_forgotten = 0;
        m_engine = std::make_unique<EngineThread>();
        m_session = std::make_unique<ui::DataSession>(ui::DataServices{
            .engine = *m_engine,
            .paths = m_paths,
            .readKeys = [this]() -> Task<Result<backup::Keys>> { co_return Result<backup::Keys>(m_keys); },
            .keepKeys = [this](backup::Keys keys) -> Task<Result<store::Secrets::Place>> {
                m_kept = std::move(keys);
                co_return store::Secrets::Place::Keychain;
            },
            .forgetKeys = [this]() -> Task<Result<void>> {
                ++m_forgotten;
                co_return Result<void>();
            }});
        m_card = std::make_unique<ui::DataCard>(*m_session);
        m_card->show();
    }

    void cleanup()
    {
        m_card.reset();
        m_session.reset();
        m_engine.reset();
    }

    void whatIsChosenIsToldAtOnceAndWhatHasToWaitSaysSo()
    {
        ui::AppearanceCard card({}, {u"de"_s});
        card.show();
        QSignalSpy chosen(&card, &ui::AppearanceCard::chosen);
        const auto last = [&chosen] { return chosen.last().first().value<ui::ThemeChoice>(); };
        press(card, u"highContrast"_s);
        QVERIFY(last().highContrast);
        auto *accent = part<QComboBox>(card, u"accent"_s);
        QTest::keyClick(accent, Qt::Key_Down);
        QTest::keyClick(accent, Qt::Key_Down);
        QCOMPARE(last().accent, u"#1f6fd1"_s);
        const auto *later = part<QLabel>(card, u"appearanceLater"_s);
        QVERIFY(!later->isVisible());
        part<QSpinBox>(card, u"sizePercent"_s)->setValue(150);
        QCOMPARE(last().percent, 150);
        QVERIFY(later->isVisible());
        part<QSpinBox>(card, u"sizePercent"_s)->setValue(100);
        QVERIFY(!later->isVisible());
        auto *language = part<QComboBox>(card, u"language"_s);
        QCOMPARE(language->itemText(2), u"Deutsch"_s);
        QTest::keyClick(language, Qt::Key_End);
        QCOMPARE(last().language, u"de"_s);
        QVERIFY(later->isVisible());
    }

    void aBackupWithKeysWantsAPasswordAndComesBack()
    {
        const auto *button = part<QAbstractButton>(*m_card, u"backUp"_s);
        QVERIFY(button->isEnabled());
        press(*m_card, u"backupKeys"_s);
        QVERIFY(!button->isEnabled());
        QTest::keyClicks(part<QLineEdit>(*m_card, u"backupPassword"_s), u"open sesame"_s);
        QVERIFY(button->isEnabled());

        const QString file = m_folder->filePath(u"all.quintet"_s);
        QSignalSpy done(m_session.get(), &ui::DataSession::backedUp);
        m_session->backUp(file, u"open sesame"_s);
        QVERIFY(m_session->isRunning());
        QVERIFY(!button->isEnabled());
        QTRY_COMPARE(done.size(), 1);
        const auto *notice = part<ui::ErrorStrip>(*m_card, u"dataNotice"_s);
        QVERIFY(notice->message().contains("with the keys"_L1));

        QSignalSpy prepared(m_session.get(), &ui::DataSession::restorePrepared);
        QSignalSpy failed(m_session.get(), &ui::DataSession::failed);
        m_session->prepareRestoring(file, u"wrong"_s);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(part<ui::ErrorStrip>(*m_card, u"dataError"_s)->message().contains("password"_L1));
        QVERIFY(m_kept.isEmpty());
        m_session->prepareRestoring(file, u"open sesame"_s);
        QTRY_COMPARE(prepared.size(), 1);
        QCOMPARE(m_kept, m_keys);
        QVERIFY(backup::isRestoringPrepared(m_paths));
        press(*m_card, u"dataNoticeClose"_s);
        QTRY_VERIFY(!m_session->isRunning());
        QVERIFY(!backup::isRestoringPrepared(m_paths));
        m_session->prepareRestoring(file, {});
        QTRY_COMPARE(prepared.size(), 2);
        QSignalSpy restart(m_session.get(), &ui::DataSession::restartAsked);
        QTest::keyClick(notice->action(), Qt::Key_Space);
        QCOMPARE(restart.size(), 1);
    }

    void nothingIsDeletedByOnePress()
    {
        QSignalSpy erase(m_session.get(), &ui::DataSession::eraseAsked);
        press(*m_card, u"erase"_s);
        QVERIFY(part<QAbstractButton>(*m_card, u"eraseNot"_s)->isVisible());
        press(*m_card, u"eraseNot"_s);
        QVERIFY(part<QAbstractButton>(*m_card, u"erase"_s)->isVisible());
        QCOMPARE(m_forgotten, 0);
        press(*m_card, u"erase"_s);
        press(*m_card, u"eraseReally"_s);
        QTRY_COMPARE(erase.size(), 1);
        QCOMPARE(m_forgotten, 1);
    }

    void aSearchLeavesTheSectionsThatHaveTheWords()
    {
        ui::SettingsPage page;
        page.addSection(u"looks"_s, u"Appearance"_s, new ui::AppearanceCard({}, {}));
        page.addSection(u"things"_s, u"Data"_s, new QLabel(u"Where everything is"_s));
        page.show();
        auto *search = part<QLineEdit>(page, u"settingsSearch"_s);
        const auto *looks = part<QWidget>(page, u"looksSection"_s);
        const auto *things = part<QWidget>(page, u"thingsSection"_s);
        QTest::keyClicks(search, u"high CONTRAST"_s);
        QVERIFY(looks->isVisible());
        QVERIFY(!things->isVisible());
        search->clear();
        QTest::keyClicks(search, u"where"_s);
        QVERIFY(!looks->isVisible());
        QVERIFY(things->isVisible());
        QTest::keyClicks(search, u"xyz"_s);
        QVERIFY(part<QLabel>(page, u"settingsNothing"_s)->isVisible());
        search->clear();
        QVERIFY(looks->isVisible() && things->isVisible());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Paths m_paths;
    backup::Keys m_keys;
    backup::Keys m_kept;
    int m_forgotten = 0;
    std::unique_ptr<EngineThread> m_engine;
    std::unique_ptr<ui::DataSession> m_session;
    std::unique_ptr<ui::DataCard> m_card;
};

QTEST_MAIN(TestProgramSettings)
#include "tst_programsettings.moc"
