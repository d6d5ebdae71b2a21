// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/program.h"
#include "ui/actions/action.h"
#include "ui/batch/batchtab.h"
#include "ui/chat/chattab.h"
#include "ui/palette/commandpalette.h"
#include "ui/shell/rail.h"
#include "ui/transcript/transcript.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace quintet;
using namespace Qt::StringLiterals;

/// What the tabs have in common: actions and their shortcuts, the palette, the start page, what is dropped, what goes
/// from one tab to another.
class TestDesk final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        start();
    }

    void cleanup() { m_program.reset(); }

    void everyActionHasANameAndAKeyOfItsOwn()
    {
        QSet<QString> keys;
        const auto actions = ui::actionsIn(&window());
        QVERIFY(actions.size() > 50);
        for (const QAction *action : actions) {
            QVERIFY2(action->objectName().contains(u'.'), qPrintable(action->text()));
            QVERIFY2(!keys.contains(action->objectName()), qPrintable(action->objectName()));
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            keys << action->objectName();
        }
    }

    void noTwoActionsOfAPageHaveTheSameShortcut()
    {
        const auto actions = ui::actionsIn(&window());
        for (const QAction *one : actions) {
            for (const QAction *other : actions) {
                const bool meet = ui::pageOf(one) == ui::pageOf(other) || ui::pageOf(one) == &window();
                if (one == other || !meet)
                    continue;
                for (const QKeySequence &keys : one->shortcuts())
                    QVERIFY2(!other->shortcuts().contains(keys),
                             qPrintable(one->objectName() + u" and "_s + other->objectName()));
            }
        }
    }

    void thePaletteRunsAnActionOfAnotherTab()
    {
        openPalette();
        QTest::keyClicks(line(), u"new temporary"_s);
        QCOMPARE(list()->currentIndex().data().toString(), u"New temporary chat"_s);
        QTest::keyClick(line(), Qt::Key_Return);
        QVERIFY(!palette()->isVisible());
        QCOMPARE(window().shownPage(), u"chat"_s);
        QVERIFY(m_program->chatting().current().isTemporary());
        // What was used stands first the next time.
        openPalette();
        QCOMPARE(list()->model()->index(0, 0).data().toString(), u"New temporary chat"_s);
    }

    void escapeClosesThePaletteAndGivesTheKeyboardBack()
    {
        window().showPage(u"knowledge"_s);
        window().showPage(u"agent"_s);
        QWidget *before = window().findChild<QPlainTextEdit *>(u"taskText"_s);
        before->setFocus();
        openPalette();
        QVERIFY(line()->hasFocus());
        QTest::keyClick(line(), Qt::Key_Escape);
        QVERIFY(!palette()->isVisible());
        QVERIFY(before->hasFocus());
    }

    void thePaletteOffersTheTabsForWhateverIsTyped()
    {
        openPalette();
        QTest::keyClicks(line(), u"classify these 2000 reviews"_s);
        QTRY_VERIFY(list()->model()->rowCount() >= 5);
        QCOMPARE(list()->currentIndex().data().toString(), u"Run a batch on this"_s);
        QVERIFY(list()->currentIndex().data(Qt::AccessibleTextRole).toString().contains(u"queue"_s));
        QTest::keyClick(line(), Qt::Key_Return);
        QCOMPARE(window().shownPage(), u"batch"_s);
        QCOMPARE(m_program->batch().draft().prompt, u"classify these 2000 reviews"_s);
    }

    void filesThatArePastedIntoThePaletteAreOfferedToTheTabs()
    {
        auto *data = new QMimeData;
        data->setUrls({QUrl::fromLocalFile(write(u"a.txt"_s, "The text of the first file."))});
        QGuiApplication::clipboard()->setMimeData(data);
        openPalette();
        QTest::keyClick(line(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(list()->currentIndex().data().toString(), u"Summarize this"_s);
        QTest::keyClick(line(), Qt::Key_Return);
        QCOMPARE(window().shownPage(), u"summarize"_s);
        QTRY_COMPARE(m_program->summarizing().sources().all().size(), 2U);
    }

    void aShortcutIsChangedOnTheSheetAndKept()
    {
        QTest::keyClick(&window(), Qt::Key_Slash, Qt::ControlModifier);
        auto *sheet = window().findChild<QDialog *>(u"shortcutSheet"_s);
        QVERIFY(sheet && sheet->isVisible());
        choose(u"window.start"_s);
        click(sheet, "changeShortcut");
        QTest::keyClick(sheet->findChild<QWidget *>(u"pressedKeys"_s), Qt::Key_F9);
        QTRY_COMPARE(action(u"window.start"_s)->shortcut(), QKeySequence(Qt::Key_F9));
        window().showPage(u"settings"_s);
        QTest::keyClick(&window(), Qt::Key_F9);
        QCOMPARE(window().shownPage(), u"start"_s);
        m_program.reset();
        start();
        QCOMPARE(action(u"window.start"_s)->shortcut(), QKeySequence(Qt::Key_F9));
    }

    void aConflictOfShortcutsIsSaidAndResolved()
    {
        QTest::keyClick(&window(), Qt::Key_Slash, Qt::ControlModifier);
        auto *sheet = window().findChild<QDialog *>(u"shortcutSheet"_s);
        choose(u"chat.newTemporary"_s);
        click(sheet, "changeShortcut");
        QTest::keyClick(sheet->findChild<QWidget *>(u"pressedKeys"_s), Qt::Key_N, Qt::ControlModifier);
        auto *said = sheet->findChild<QLabel *>(u"shortcutConflictMessage"_s);
        QTRY_VERIFY(said->isVisible());
        QVERIFY2(said->text().contains(u"New conversation"_s), qPrintable(said->text()));
        QCOMPARE(action(u"chat.newConversation"_s)->shortcut(), QKeySequence(QKeySequence::New));
        click(sheet, "shortcutConflictAction");
        QCOMPARE(action(u"chat.newTemporary"_s)->shortcut(), QKeySequence(QKeySequence::New));
        QVERIFY(action(u"chat.newConversation"_s)->shortcut().isEmpty());
        // Another page may have the same keys.
        QCOMPARE(action(u"batch.newRun"_s)->shortcut(), QKeySequence(QKeySequence::New));
        QTRY_VERIFY(sheet->findChild<QTreeWidget *>()->topLevelItemCount() > 4);
        click(sheet, "resetShortcuts");
        QCOMPARE(action(u"chat.newConversation"_s)->shortcut(), QKeySequence(QKeySequence::New));
    }

    void theStartPageCarriesTextAndFilesOver()
    {
        window().showPage(u"start"_s);
        auto *wish = window().findChild<QPlainTextEdit *>(u"wish"_s);
        QTest::keyClicks(wish, u"summarize in three points"_s);
        drop(wish->viewport(), {write(u"minutes.txt"_s, "The board met. It decided.")});
        auto *pattern = window().findChild<QLabel *>(u"advisedPattern"_s);
        QTRY_COMPARE(pattern->text(), u"Summarize"_s);
        QTRY_VERIFY(window().findChild<QLabel *>(u"advisedExpectation"_s)->isVisible());
        QTest::keyClick(wish, Qt::Key_Return);
        QCOMPARE(window().shownPage(), u"summarize"_s);
        QCOMPARE(m_program->summarizing().instruction(), u"summarize in three points"_s);
        QTRY_COMPARE(m_program->summarizing().shown().name, u"minutes.txt"_s);
        QVERIFY(wish->toPlainText().isEmpty());
    }

    void aHintSaysWhereASimplerTabWouldDo()
    {
        window().showPage(u"agent"_s);
        auto *task = window().findChild<QPlainTextEdit *>(u"taskText"_s);
        auto *hint = window().findChild<QWidget *>(u"agentHint"_s);
        QTest::keyClicks(task, u"Find the total sales for last month"_s);
        QVERIFY(!hint->isVisible());
        task->clear();
        QTest::keyClicks(task, u"Summarize this letter to our members in a friendly tone"_s);
        QVERIFY(hint->isVisible());
        QVERIFY(window().findChild<QLabel *>(u"agentHintText"_s)->text().contains(u"Summarize costs about a"_s));
        click(&window(), "agentHintFollow");
        QCOMPARE(window().shownPage(), u"summarize"_s);
        QCOMPARE(m_program->summarizing().sources().typedText(), task->toPlainText());
        // No more of them, also not after the next start.
        window().showPage(u"agent"_s);
        click(&window(), "agentHintNever");
        QVERIFY(!hint->isVisible());
        m_program.reset();
        start();
        window().showPage(u"agent"_s);
        QTest::keyClicks(window().findChild<QPlainTextEdit *>(u"taskText"_s),
                         u"Summarize this letter to our members"_s);
        QVERIFY(!window().findChild<QWidget *>(u"agentHint"_s)->isVisible());
    }

    void aFolderDroppedOnBatchIsItsSourceAndCanBeUndone()
    {
        const QString one = QFileInfo(write(u"one/a.txt"_s, "a")).absolutePath();
        const QString two = QFileInfo(write(u"two/b.txt"_s, "b")).absolutePath();
        window().showPage(u"batch"_s);
        drop(&window(), {one});
        QCOMPARE(m_program->batch().draft().source.paths, QStringList{one});
        drop(&window(), {two});
        QCOMPARE(m_program->batch().draft().source.paths, QStringList{two});
        click(&window(), "batchUndoAction");
        QCOMPARE(m_program->batch().draft().source.paths, QStringList{one});
    }

    void aFolderDroppedOnAgentIsItsFolderAndTextItsTask()
    {
        const QString folder = QFileInfo(write(u"reports/a.txt"_s, "a")).absolutePath();
        window().showPage(u"agent"_s);
        drop(&window(), {folder});
        QCOMPARE(m_program->agents().draft().workplace.folder, folder);
        QMimeData text;
        text.setText(u"Add up the sales"_s);
        drop(&window(), text);
        QCOMPARE(m_program->agents().draft().task, u"Add up the sales"_s);
        text.setText(u"Another task"_s);
        drop(&window(), text);
        click(&window(), "agentNoticeAction");
        QCOMPARE(m_program->agents().draft().task, u"Add up the sales"_s);
    }

    void filesDroppedOnKnowledgeBecomeACollection()
    {
        window().showPage(u"knowledge"_s);
        drop(&window(), {QFileInfo(write(u"Rules/rules.txt"_s, "Bicycles are repaired on Fridays.")).absolutePath()});
        QTRY_VERIFY(m_program->knowing().current());
        QCOMPARE(m_program->knowing().current()->info.settings.name, u"Rules"_s);
        // Which then goes to an agent and into a chat.
        action(u"knowledge.agent"_s)->trigger();
        QCOMPARE(window().shownPage(), u"agent"_s);
        QCOMPARE(m_program->agents().draft().workplace.collections, QStringList{u"Rules"_s});
        action(u"knowledge.chat"_s)->trigger();
        QCOMPARE(window().shownPage(), u"chat"_s);
        QCOMPARE(m_program->chatting().current().conversation().settings().collections, QStringList{u"Rules"_s});
    }

    void whatADropWouldDoIsShownWhileItIsDragged()
    {
        window().showPage(u"chat"_s);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(write(u"a.txt"_s, "text"))});
        auto *frame = window().findChild<QWidget *>(u"dropFrame"_s);
        QDragEnterEvent enter(QPoint(300, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &enter);
        QVERIFY(frame->isVisible());
        QCOMPARE(frame->accessibleName(), u"Attach to this conversation"_s);
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(&window(), &leave);
        QVERIFY(!frame->isVisible());
    }

    void filesThatAreDroppedOnAnEditorAreNotWrittenIntoIt()
    {
        const QString folder = QFileInfo(write(u"reports/a.txt"_s, "a")).absolutePath();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder)});
        data.setText(QUrl::fromLocalFile(folder).toString());
        window().showPage(u"agent"_s);
        auto *task = window().findChild<QPlainTextEdit *>(u"taskText"_s);
        // As the desktop has it: by way of the window's handle, over the editor.
        const QPoint over = task->mapTo(&window(), task->rect().center());
        QDragEnterEvent enter(over, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window().windowHandle(), &enter);
        QVERIFY(window().findChild<QWidget *>(u"dropFrame"_s)->isVisible());
        QDragMoveEvent move(over, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        move.setAccepted(enter.isAccepted()); // as the desktop does: what was accepted stays so
        QCoreApplication::sendEvent(window().windowHandle(), &move);
        QVERIFY(move.isAccepted());
        QDropEvent drop(over, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window().windowHandle(), &drop);
        QVERIFY(!window().findChild<QWidget *>(u"dropFrame"_s)->isVisible());
        QCOMPARE(m_program->agents().draft().workplace.folder, folder);
        QVERIFY(task->toPlainText().isEmpty());
    }

    void theDesktopsSwitchesAreInTheSettings()
    {
        window().showPage(u"settings"_s);
        auto *box = window().findChild<QAbstractButton *>(u"noticesBox"_s);
        QVERIFY(box && box->isChecked());
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(!action(u"window.notices"_s)->isChecked());
        // Each section is an action.
        QVERIFY(action(u"settings.desktop"_s));
        window().showPage(u"chat"_s);
        window().runAction(action(u"settings.desktop"_s));
        QCOMPARE(window().shownPage(), u"settings"_s);
    }

    void aSourceThatWasRemovedComesBack()
    {
        ui::SummarizeSession &session = m_program->summarizing();
        session.sources().addFiles({write(u"minutes.txt"_s, "The board met. It decided.")});
        QTRY_COMPARE(session.sources().all().back().state, ui::Source::Ready);
        session.sources().show(session.sources().all().back().id);
        window().showPage(u"summarize"_s);
        session.sources().remove(session.shown().id);
        QCOMPARE(session.sources().all().size(), 1U);
        click(&window(), "sourceUndoAction");
        QCOMPARE(session.sources().all().size(), 2U);
        QCOMPARE(window().findChild<QPlainTextEdit *>(u"source"_s)->toPlainText(), u"The board met. It decided."_s);
    }

    void whatAPageHasNoUseForGoesToTheStartPage()
    {
        window().showPage(u"settings"_s);
        drop(&window(), {write(u"a.txt"_s, "text")});
        QCOMPARE(window().shownPage(), u"start"_s);
        QTRY_COMPARE(window().findChild<QLabel *>(u"advisedPattern"_s)->text(), u"Summarize"_s);
    }

    void theFilesOfAChatBecomeABatch()
    {
        const QString file = write(u"a.txt"_s, "The text of the first file.");
        window().showPage(u"chat"_s);
        drop(&window(), {file});
        QTRY_VERIFY(!m_program->chatting().current().isReadingFiles());
        action(u"chat.batch"_s)->trigger();
        QCOMPARE(window().shownPage(), u"batch"_s);
        QCOMPARE(m_program->batch().draft().source.paths, QStringList{file});
    }

    void theResultsOfABatchBecomeACollection()
    {
        write(u"letters/a.txt"_s, "The heat pump in the northern depot is broken. The heat pump must be repaired.");
        ui::BatchSession &session = m_program->batch();
        session.setSource({m_folder->filePath(u"letters"_s)});
        batch::RunSpec draft = session.draft();
        draft.task = batch::TaskKind::Keywords;
        draft.name = u"Letters"_s;
        session.setDraft(draft);
        QSignalSpy ended(&session, &ui::BatchSession::ended);
        session.start();
        QTRY_COMPARE(ended.size(), 1);
        QTRY_VERIFY(action(u"batch.knowledge"_s)->isEnabled());
        action(u"batch.knowledge"_s)->trigger();
        QTRY_COMPARE(window().shownPage(), u"knowledge"_s);
        QTRY_VERIFY(m_program->knowing().current());
        QTRY_COMPARE(m_program->knowing().current()->info.sums.indexed, 1);
    }

    void theQuickWindowSummarizesTheClipboard()
    {
        QGuiApplication::clipboard()->setText(
            u"The workshop opens at nine. The workshop repairs bicycles for members. Repairs cost nothing. "
            "Members bring their own parts to the workshop."_s);
        action(u"window.quick"_s)->trigger();
        ui::QuickWindow &quick = m_program->background().quickWindow();
        QVERIFY(quick.isVisible());
        QVERIFY(quick.findChild<QPlainTextEdit *>(u"quickText"_s)->toPlainText().startsWith(u"The workshop"_s));
        QSignalSpy ended(&m_program->background().quickSession(), &ui::QuickSession::ended);
        click(&quick, "quickRun");
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(m_program->background().quickSession().answer().contains(u"workshop"_s));
        click(&quick, "quickCopy");
        QCOMPARE(QGuiApplication::clipboard()->text(), m_program->background().quickSession().answer());
        click(&quick, "quickOpen");
        QVERIFY(!quick.isVisible());
        QCOMPARE(window().shownPage(), u"summarize"_s);
        QVERIFY(m_program->summarizing().sources().typedText().startsWith(u"The workshop"_s));
    }

    void theQuickWindowAnswersAQuestionAndTheChatGoesOnWithIt()
    {
        ui::QuickWindow &quick = m_program->background().quickWindow();
        QGuiApplication::clipboard()->setText(u"The workshop opens at nine. Bicycles are repaired on Fridays."_s);
        m_program->openQuick();
        QTest::mouseClick(quick.findChild<QAbstractButton *>(u"quickAsk"_s), Qt::LeftButton);
        auto *question = quick.findChild<QLineEdit *>(u"quickQuestion"_s);
        QTest::keyClicks(question, u"When are bicycles repaired?"_s);
        QSignalSpy ended(&m_program->background().quickSession(), &ui::QuickSession::ended);
        QTest::keyClick(question, Qt::Key_Return);
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY2(m_program->background().quickSession().answer().contains(u"Fridays"_s),
                 qPrintable(m_program->background().quickSession().answer()));
        QTRY_VERIFY(quick.findChild<QAbstractButton *>(u"quickOpen"_s)->isEnabled());
        click(&quick, "quickOpen");
        QTRY_COMPARE(window().shownPage(), u"chat"_s);
        QTRY_COMPARE(m_program->chatting().current().conversation().path().size(), 2U);
        // Esc hides it, and what was typed is there when it comes again.
        m_program->openQuick();
        QVERIFY(QTest::qWaitForWindowActive(&quick));
        QTest::keyClick(question, Qt::Key_Escape);
        QVERIFY(!quick.isVisible());
    }

    void theEndOfLongWorkIsToldToWhoeverIsNotLooking()
    {
        write(u"letters/a.txt"_s, "The heat pump in the northern depot is broken.");
        ui::TrayIcon &tray = m_program->background().tray();
        QSignalSpy notified(&tray, &ui::TrayIcon::notified);
        window().hide();
        ui::BatchSession &session = m_program->batch();
        session.setSource({m_folder->filePath(u"letters"_s)});
        batch::RunSpec draft = session.draft();
        draft.task = batch::TaskKind::Keywords;
        session.setDraft(draft);
        session.start();
        QTRY_COMPARE(notified.size(), 1);
        QCOMPARE(notified[0][0].toString(), u"A batch run has ended"_s);
        // Not after it was switched off.
        action(u"window.notices"_s)->trigger();
        session.setUp();
        session.start();
        QSignalSpy ended(&session, &ui::BatchSession::ended);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(notified.size(), 1);
    }

    void resultsAreDraggedOutOfATranscript()
    {
        window().showPage(u"chat"_s);
        ui::OpenChat &chat = m_program->chatting().current();
        chat.addBytes("The workshop opens at nine. Bicycles are repaired on Fridays.", u"rules.txt"_s);
        QTRY_VERIFY(!chat.isReadingFiles());
        chat.setDraftText(u"When are bicycles repaired?"_s);
        chat.send();
        QTRY_VERIFY(!chat.isRunning() && chat.conversation().path().size() == 2);
        auto *transcript = window().findChild<ui::Transcript *>(u"chatTranscript"_s);
        QTest::qWait(50); // laid out
        transcript->selectAll();
        const std::unique_ptr<QMimeData> selection(transcript->mimeAt(transcript->viewport()->rect().center()));
        std::unique_ptr<QMimeData> found;
        for (int y = 0; y < transcript->viewport()->height() && !found; y += 4)
            found.reset(transcript->mimeAt(QPointF(transcript->viewport()->width() / 2.0, y)));
        QVERIFY(found);
        QVERIFY(found->hasFormat(u"text/markdown"_s));
        QVERIFY2(found->text().contains(u"Fridays"_s), qPrintable(found->text()));
    }

    void whatWasBeingDoneIsKeptWithoutClosingAndComesBack()
    {
        write(u"Rules/rules.txt"_s, "Bicycles are repaired on Fridays.");
        window().resize(780, 560);
        window().showPage(u"knowledge"_s);
        drop(&window(), {m_folder->filePath(u"Rules"_s)});
        QTRY_VERIFY(m_program->knowing().current());
        QTest::keyClicks(window().findChild<QLineEdit *>(u"questionLine"_s), u"When"_s);
        QTest::keyClicks(window().findChild<QPlainTextEdit *>(u"taskText"_s), u"Add up the sales"_s);
        QTest::keyClicks(window().findChild<QPlainTextEdit *>(u"wish"_s), u"a wish"_s);
        m_program->batch().setSource({m_folder->filePath(u"Rules"_s)});
        window().findChild<QSplitter *>(u"agentSplitter"_s)->setSizes({300, 500, 200});
        ui::OpenChat &chat = m_program->chatting().current();
        chat.setDraftText(u"Hello"_s);
        chat.send();
        QTRY_COMPARE(chat.conversation().path().size(), 2U);
        QTRY_VERIFY(chat.isSettled());
        window().findChild<ui::ChatTab *>()->edit(chat.conversation().path().front()->id, u"Hello, changed"_s);
        window().showPage(u"knowledge"_s);
        // All of it is on disk while the window is still open.
        const QString file = m_folder->filePath(u"drafts/session.ini"_s);
        QTRY_COMPARE(QSettings(file, QSettings::IniFormat).value("chat/edit"_L1).toString(), u"Hello, changed"_s);
        QTRY_COMPARE(QSettings(file, QSettings::IniFormat).value("agent/task"_L1).toString(), u"Add up the sales"_s);
        QTRY_COMPARE(QSettings(file, QSettings::IniFormat).value("window/page"_L1).toString(), u"knowledge"_s);
        const QByteArray splitter = window().findChild<QSplitter *>(u"agentSplitter"_s)->saveState();
        m_program.reset();
        start();
        QCOMPARE(window().size(), QSize(780, 560));
        QCOMPARE(window().shownPage(), u"knowledge"_s);
        QCOMPARE(window().findChild<QLineEdit *>(u"questionLine"_s)->text(), u"When"_s);
        QCOMPARE(window().findChild<QPlainTextEdit *>(u"taskText"_s)->toPlainText(), u"Add up the sales"_s);
        QCOMPARE(window().findChild<QPlainTextEdit *>(u"wish"_s)->toPlainText(), u"a wish"_s);
        QCOMPARE(m_program->batch().draft().source.paths, QStringList{m_folder->filePath(u"Rules"_s)});
        QCOMPARE(window().findChild<QSplitter *>(u"agentSplitter"_s)->saveState(), splitter);
        QTRY_COMPARE(window().findChild<QPlainTextEdit *>(u"message"_s)->toPlainText(), u"Hello, changed"_s);
        QTRY_VERIFY(m_program->knowing().current());
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

    ui::MainWindow &window() const { return m_program->window(); }
    ui::CommandPalette *palette() const { return window().findChild<ui::CommandPalette *>(); }
    QLineEdit *line() const { return window().findChild<QLineEdit *>(u"paletteLine"_s); }
    QListView *list() const { return window().findChild<QListView *>(u"paletteList"_s); }
    QAction *action(const QString &key) const { return window().findChild<QAction *>(key); }

    void openPalette()
    {
        QTest::keyClick(window().focusWidget() ? window().focusWidget() : &window(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette()->isVisible());
    }

    /// Chooses an action on the sheet of shortcuts.
    void choose(const QString &key)
    {
        auto *tree = window().findChild<QTreeWidget *>(u"shortcutList"_s);
        QTreeWidgetItemIterator item(tree);
        while (*item && (*item)->data(0, Qt::UserRole).toString() != key)
            ++item;
        QVERIFY2(*item, qPrintable(key));
        tree->setCurrentItem(*item);
    }

    static void click(QWidget *in, const char *name)
    {
        auto *button = in->findChild<QAbstractButton *>(QLatin1StringView(name));
        QVERIFY2(button && button->isVisible(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }

    static void drop(QWidget *on, const QMimeData &data)
    {
        const QPoint middle = on->rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(on, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(on, &dropped);
    }

    static void drop(QWidget *on, const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls << QUrl::fromLocalFile(path);
        data.setUrls(urls);
        drop(on, data);
    }

    QString write(const QString &name, const QByteArray &text) const
    {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0)
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestDesk)
#include "tst_desk.moc"
