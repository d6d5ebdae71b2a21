// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/program.h"
#include "support/scriptedmodel.h"
#include "ui/shell/rail.h"
#include "ui/widgets/elidedlabel.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>

using namespace quintet;
using namespace Qt::StringLiterals;

/// The window as a whole, put together as the program does it.
class TestProgram final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        start();
    }

    void cleanup() { m_program.reset(); }

    void everyControlHasANameForPeopleAndForTests()
    {
        for (const QWidget *widget : m_program->window().findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<const QAbstractButton *>(widget)
                                   || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
                                   || qobject_cast<const QAbstractSpinBox *>(widget)
                                   || qobject_cast<const QPlainTextEdit *>(widget)
                                   || qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QTabBar *>(widget);
            const bool isPart = qobject_cast<const QLineEdit *>(widget->parentWidget()); // the cross that clears a line
            if (!isControl || isPart || widget->objectName().startsWith("qt_"_L1))
                continue;
            const QString what = QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName();
            QVERIFY2(!widget->objectName().isEmpty(), qPrintable(what));
            const bool isTemplate = qobject_cast<const QAbstractButton *>(widget)
                                    && !widget->isVisibleTo(&m_program->window())
                                    && static_cast<const QAbstractButton *>(widget)->text().isEmpty();
            QVERIFY2(isTemplate || !widget->accessibleName().isEmpty(), qPrintable(what));
        }
    }

    void everyPageIsReachedByKeyboard()
    {
        QTest::keyClick(&m_program->window(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(m_program->window().shownPage(), u"summarize"_s);
        QTest::keyClick(&m_program->window(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(m_program->window().shownPage(), u"settings"_s);
        QTest::keyClick(&m_program->window(), Qt::Key_U, Qt::ControlModifier);
        QCOMPARE(m_program->window().shownPage(), u"usage"_s);
        QTest::keyClick(&m_program->window(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_program->window().shownPage(), u"start"_s);
        click("statusToday");
        QCOMPARE(m_program->window().shownPage(), u"usage"_s);
        auto *rail = m_program->window().findChild<ui::Rail *>();
        QTest::mouseClick(rail, Qt::LeftButton, {}, rail->tabRect(0).center());
        QCOMPARE(m_program->window().shownPage(), u"summarize"_s);
    }

    void tabReachesEveryControlOfAPage_data() { addPages(); }
    void tabReachesEveryControlOfAPage()
    {
        QFETCH(QString, page);
        ui::MainWindow &window = m_program->window();
        QVERIFY(window.showPage(page));
        QSet<const QWidget *> reached;
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, Qt::Key_Tab);
            reached << QApplication::focusWidget();
        }
        for (const auto *button : window.findChildren<QAbstractButton *>()) {
            // Of a segmented control Tab reaches the chosen one, the arrow keys the others.
            const bool isSegment = button->property("look").toString() == u"segment";
            if (button->isVisible() && button->isEnabled() && button->focusPolicy() & Qt::TabFocus && !isSegment)
                QVERIFY2(reached.contains(button), qPrintable(button->objectName()));
        }
    }

    void nothingIsCutOffInASmallWindow_data() { addPages(); }
    void nothingIsCutOffInASmallWindow()
    {
        QFETCH(QString, page);
        ui::MainWindow &window = m_program->window();
        window.resize(900, 600);
        QVERIFY(window.showPage(page));
        QTest::qWait(50);
        QCOMPARE(window.size(), QSize(900, 600));
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            const bool counts = (label && !label->wordWrap() && !qobject_cast<const ui::ElidedLabel *>(widget))
                                || qobject_cast<const QAbstractButton *>(widget);
            if (!counts || !widget->isVisible() || widget->visibleRegion().isEmpty())
                continue;
            QVERIFY2(widget->width() >= widget->sizeHint().width(),
                     qPrintable(widget->objectName() + u' ' + (label ? label->text() : QString())));
        }
    }

    void filesDroppedAnywhereOnSummarizeLandThere()
    {
        m_program->window().showPage(u"summarize"_s);
        QFile file(m_folder->filePath(u"a.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("A text to be read.");
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDragEnterEvent enter(QPoint(20, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_program->window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(20, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_program->window(), &drop);
        QCOMPARE(m_program->window().shownPage(), u"summarize"_s);
        QTRY_COMPARE(m_program->window().findChild<QPlainTextEdit *>(u"source"_s)->toPlainText(),
                     u"A text to be read."_s);
    }

    void thePageAndTheSizeComeBack()
    {
        m_program->window().showPage(u"summarize"_s);
        m_program->window().resize(760, 520);
        m_program.reset();
        start();
        QCOMPARE(m_program->window().shownPage(), u"summarize"_s);
        QCOMPARE(m_program->window().size(), QSize(760, 520));
    }

    void whatIsTypedGoesToThePageThatIsShown()
    {
        ui::MainWindow &window = m_program->window();
        window.showPage(u"chat"_s);
        m_program->chatting().current().setDraftText(u"a draft"_s);
        window.showPage(u"start"_s);
        m_program.reset();
        start();
        ui::MainWindow &again = m_program->window();
        again.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&again));
        QCOMPARE(again.shownPage(), u"start"_s);
        QTRY_VERIFY(again.focusWidget() && again.focusWidget()->isVisible());
        QTest::keyClicks(again.focusWidget(), u"first words"_s);
        QCOMPARE(again.findChild<QPlainTextEdit *>(u"wish"_s)->toPlainText(), u"first words"_s);
        QVERIFY(!m_program->chatting().current().draftText().contains("first"_L1));
    }

    void aFieldLeavesTheUsageItsShortcut()
    {
        ui::MainWindow &window = m_program->window();
        window.showPage(u"settings"_s);
        auto *search = window.findChild<QLineEdit *>(u"settingsSearch"_s);
        search->setFocus();
        QTest::keyClicks(search, u"models"_s);
        QTest::keyClick(search, Qt::Key_U, Qt::ControlModifier);
        QCOMPARE(search->text(), u"models"_s);
        QCOMPARE(window.shownPage(), u"usage"_s);
    }

    void aModelServerIsConnectedTestedRemovedAndBroughtBack()
    {
        test::ScriptedServer server;
        const test::ScriptedModel model(server);
        ui::MainWindow &window = m_program->window();
        window.showPage(u"settings"_s);
        QTRY_VERIFY(window.findChild<QAbstractButton *>(u"addEndpoint"_s)->height() > 0); // once it is laid out
        click("addEndpoint");
        auto *provider = window.findChild<QComboBox *>(u"endpointProvider"_s);
        provider->setCurrentIndex(provider->count() - 1);
        Q_EMIT provider->activated(provider->count() - 1);
        QTest::keyClicks(window.findChild<QLineEdit *>(u"endpointUrl"_s), server.url(u"/v1"_s).toString());
        QTest::keyClicks(window.findChild<QLineEdit *>(u"endpointName"_s), u"scripted"_s);
        QTest::keyClicks(window.findChild<QLineEdit *>(u"endpointVariable"_s), u"QUINTET_TEST_KEY"_s);
        click("endpointSave");
        QTRY_COMPARE(window.findChild<QLabel *>(u"result-scripted"_s)->text(), u"Works: 2 models"_s);
        QCOMPARE(window.findChild<QLabel *>(u"statusEndpoint"_s)->text(), u"scripted"_s);
        click("remove-scripted");
        QTRY_VERIFY(window.findChild<QWidget *>(u"settingsNotice"_s)->isVisible());
        QCOMPARE(window.findChild<QLabel *>(u"statusEndpoint"_s)->text(), u"Built-in engine"_s);
        click("undoRemoval");
        QCOMPARE(window.findChild<QLabel *>(u"statusEndpoint"_s)->text(), u"scripted"_s);
    }

    void aServerThatDoesNotAnswerIsKeptButNotUsed()
    {
        ui::MainWindow &window = m_program->window();
        window.showPage(u"settings"_s);
        QTRY_VERIFY(window.findChild<QAbstractButton *>(u"addEndpoint"_s)->height() > 0);
        click("addEndpoint");
        auto *provider = window.findChild<QComboBox *>(u"endpointProvider"_s);
        provider->setCurrentIndex(provider->count() - 1);
        Q_EMIT provider->activated(provider->count() - 1);
        QTest::keyClicks(window.findChild<QLineEdit *>(u"endpointUrl"_s), u"http://127.0.0.1:9/v1"_s);
        QTest::keyClicks(window.findChild<QLineEdit *>(u"endpointName"_s), u"asleep"_s);
        QTest::keyClicks(window.findChild<QLineEdit *>(u"endpointVariable"_s), u"QUINTET_TEST_KEY"_s);
        click("endpointSave");
        QTRY_VERIFY(window.findChild<QLabel *>(u"result-asleep"_s));
        QTRY_VERIFY(!window.findChild<QLabel *>(u"result-asleep"_s)->text().isEmpty());
        QCOMPARE(window.findChild<QLabel *>(u"statusEndpoint"_s)->text(), u"Built-in engine"_s);
    }

    void aBrokenDatabaseIsSaidAndNotACrash()
    {
        m_program.reset();
        for (const QString &ending : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(m_folder->filePath(u"quintet.db"_s + ending));
        QFile file(m_folder->filePath(u"quintet.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("no database at all ").repeated(500));
        file.close();
        m_program = std::make_unique<Program>(preparePaths(m_folder->path()));
        m_program->window().show();
        QTRY_VERIFY(m_program->window().findChild<QLabel *>(u"fatalMessage"_s));
        QVERIFY(!m_program->window().findChild<QLabel *>(u"fatalMessage"_s)->text().isEmpty());
    }

    void withoutAFolderItSaysSo()
    {
        Program program{failure(ErrorKind::Storage, u"There is no home folder."_s)};
        program.window().show();
        QCOMPARE(program.window().findChild<QLabel *>(u"fatalMessage"_s)->text(), u"There is no home folder."_s);
    }

private:
    void start()
    {
        m_program = std::make_unique<Program>(preparePaths(m_folder->path()));
        QSignalSpy ready(m_program.get(), &Program::ready);
        m_program->window().show();
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window()));
    }

    /// As a user would; of several of that name, as while a list is made anew, the one that is seen.
    void click(const char *name) const
    {
        for (auto *button : m_program->window().findChildren<QAbstractButton *>(QLatin1StringView(name))) {
            if (button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(name);
    }

    static void addPages()
    {
        QTest::addColumn<QString>("page");
        for (const auto *page : {"start", "summarize", "batch", "usage", "settings"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestProgram)
#include "tst_program.moc"
