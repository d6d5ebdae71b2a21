// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/recording.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDeadlineTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

Message answer(const QString &id, const QString &markdown, bool isOpen = false)
{
    return {.id = id, .parts = {TextPart{markdown}}, .isOpen = isOpen};
}

QImage pictureOf(QWidget &widget)
{
    return widget.grab().toImage();
}

} // namespace

class TestTranscript final : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Transcript> m_transcript;

    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_transcript.get(), Qt::Key(key), modifiers);
    }

    void waitForFrame()
    {
        const qint64 before = m_transcript->work().updates;
        QDeadlineTimer patience(5000);
        while (m_transcript->work().updates == before && !patience.hasExpired())
            QTest::qWait(2);
        QVERIFY(m_transcript->work().updates > before);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_transcript = std::make_unique<Transcript>();
        m_transcript->resize(800, 600);
        m_transcript->show();
        m_transcript->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_transcript.get()));
    }

    void cleanup() { m_transcript.reset(); }

    // --- constant cost ---

    void streamingIntoALongConversationLaysOutOnlyWhatChanges_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("mixed") << test::mixedMarkdown(16'000);
        QTest::newRow("code") << u"```cpp\n"_s + u"int value = compute(12, \"text\"); // words\n"_s.repeated(400);
        QTest::newRow("paragraph") << u"some *words* and `code` to read "_s.repeated(500);
        QString table = u"| a | b |\n|---|---|\n"_s;
        for (int i = 0; i < 300; ++i)
            table += u"| row %1 | %2 |\n"_s.arg(i).arg(i * i);
        QTest::newRow("table") << table;
    }
    void streamingIntoALongConversationLaysOutOnlyWhatChanges()
    {
        QFETCH(QString, text);
        m_transcript->setMessages(test::longConversation(5000));
        m_transcript->append(answer(u"open"_s, {}, true));
        waitForPaint();
        const Transcript::Work before = m_transcript->work();
        int frames = 0;
        for (qsizetype i = 0; i < text.size(); i += 256, ++frames) {
            m_transcript->appendText(u"open"_s, text.sliced(i, std::min<qsizetype>(256, text.size() - i)));
            waitForFrame();
        }
        const Transcript::Work after = m_transcript->work();
        QCOMPARE(after.updates - before.updates, qint64(frames));
        const double layouts = double(after.layouts - before.layouts) / frames;
        const double characters = double(after.characters - before.characters) / double(text.size());
        QVERIFY2(layouts < 32, qPrintable(QString::number(layouts)));
        QVERIFY2(characters < 16, qPrintable(QString::number(characters)));
        QVERIFY2(after.liveRows < 400, qPrintable(QString::number(after.liveRows)));
    }

    void aFrameTakesUpAllThatCameInIt()
    {
        m_transcript->append(answer(u"open"_s, {}, true));
        waitForPaint();
        const qint64 before = m_transcript->work().updates;
        for (int i = 0; i < 1000; ++i)
            m_transcript->appendText(u"open"_s, u"word "_s);
        waitForFrame();
        QVERIFY(m_transcript->work().updates - before <= 2);
    }

    void theEndIsShownAtOnce()
    {
        m_transcript->append(answer(u"open"_s, {}, true));
        m_transcript->appendText(u"open"_s, u"first words\n\nlast word"_s);
        m_transcript->finish(u"open"_s); // no frame between
        m_transcript->selectAll();
        QCOMPARE(m_transcript->selectedSource(), u"first words\n\nlast word"_s);
    }

    void openingALongConversationReadsOnlyItsEnd()
    {
        m_transcript->setMessages(test::longConversation(10'000));
        waitForPaint();
        QVERIFY2(m_transcript->work().layouts < 200, qPrintable(QString::number(m_transcript->work().layouts)));
        QVERIFY(m_transcript->isAtEnd());
    }

    void layoutsFarAwayAreForgotten()
    {
        m_transcript->setMessages(test::longConversation(2000));
        for (int i = 0; i < 40; ++i) {
            m_transcript->scrollToMessage(u"m%1"_s.arg(i * 50));
            QTest::qWait(1);
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_transcript->work().liveRows < 300, 3000);
    }

    void whatIsMovedLooksAsIfItWerePaintedAnew_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("mixed") << test::mixedMarkdown(6000).replace(u"```python"_s,
                                                                    u"```"_s); // no colours, which come late
        QTest::newRow("paragraph") << u"some *words* and `code` to read "_s.repeated(200);
        QTest::newRow("list") << u"- an item\n  - below\n- another\n"_s.repeated(60);
    }
    void whatIsMovedLooksAsIfItWerePaintedAnew()
    {
        QFETCH(QString, text);
        m_transcript->setMessages(test::longConversation(6));
        m_transcript->append(answer(u"open"_s, {}, true));
        waitForColours();
        for (qsizetype i = 0; i < text.size(); i += 97) {
            m_transcript->appendText(u"open"_s, text.sliced(i, std::min<qsizetype>(97, text.size() - i)));
            waitForFrame();
            QCoreApplication::processEvents();
            const QImage shown = m_transcript->screen()->grabWindow(m_transcript->winId()).toImage();
            if (shown.isNull())
                QSKIP("this platform gives no picture of what it shows");
            m_transcript->viewport()->repaint();
            const QImage anew = m_transcript->screen()->grabWindow(m_transcript->winId()).toImage();
            QVERIFY2(differences(shown, anew) < 20, qPrintable(QString::number(i)));
        }
    }

    // --- where the view is held ---

    void theViewStaysAtTheEndWhileTextComes()
    {
        m_transcript->setMessages(test::longConversation(50));
        m_transcript->append(answer(u"open"_s, {}, true));
        for (int i = 0; i < 30; ++i) {
            m_transcript->appendText(u"open"_s, u"a line of text\n\n"_s);
            waitForFrame();
            QVERIFY(m_transcript->isAtEnd());
            QCOMPARE(m_transcript->verticalScrollBar()->value(), m_transcript->verticalScrollBar()->maximum());
        }
    }

    void whatIsReadStaysToThePixelWhileTextComesBelow()
    {
        m_transcript->setMessages(test::longConversation(200));
        m_transcript->append(answer(u"open"_s, {}, true));
        m_transcript->scrollToMessage(u"m100"_s);
        waitForPaint();
        QVERIFY(!m_transcript->isAtEnd());
        waitForColours();
        const QImage before = readingArea();
        for (int i = 0; i < 20; ++i) {
            m_transcript->appendText(u"open"_s, test::mixedMarkdown(1000));
            waitForFrame();
            QCOMPARE(readingArea(), before);
        }
        m_transcript->finish(u"open"_s);
        QCOMPARE(readingArea(), before);
    }

    void whatIsReadStaysToThePixelWhenSomethingAboveUnfolds()
    {
        std::vector<Message> messages = test::longConversation(40);
        messages[11].parts.insert(messages[11].parts.begin(), ReasoningPart{u"long thought\n\n"_s.repeated(30), {}});
        m_transcript->setMessages(messages);
        m_transcript->scrollToMessage(u"m16"_s);
        waitForColours();
        const QImage before = readingArea();
        m_transcript->setFolded(u"m11"_s, 0, false);
        QCOMPARE(readingArea(), before);
        m_transcript->setFolded(u"m11"_s, 0, true);
        QCOMPARE(readingArea(), before);
    }

    void aNarrowerWindowKeepsTheRowThatIsRead()
    {
        m_transcript->setMessages(test::longConversation(400));
        m_transcript->find(u"Question 200:"_s);
        QTRY_COMPARE(m_transcript->foundCount(), 1);
        m_transcript->findNext();
        m_transcript->scrollToMessage(u"m200"_s);
        waitForPaint();
        for (const int width : {500, 900, 420, 800}) {
            m_transcript->resize(width, 600);
            waitForPaint();
            QVERIFY(hasMarkedRows()); // the match is still in the window
        }
    }

    void scrollingBackToTheEndHoldsItAgain()
    {
        m_transcript->setMessages(test::longConversation(50));
        m_transcript->scrollToMessage(u"m10"_s);
        QVERIFY(!m_transcript->isAtEnd());
        QSignalSpy spy(m_transcript.get(), &Transcript::atEndChanged);
        press(Qt::Key_End);
        QVERIFY(m_transcript->isAtEnd());
        QCOMPARE(spy.size(), 1);
        press(Qt::Key_Home);
        QVERIFY(!m_transcript->isAtEnd());
        QCOMPARE(m_transcript->verticalScrollBar()->value(), 0);
    }

    void aButtonLeadsBackToTheEnd()
    {
        m_transcript->setMessages(test::longConversation(50));
        auto *toEnd = m_transcript->findChild<QAbstractButton *>(u"toEnd"_s);
        QVERIFY(!toEnd->isVisible());
        press(Qt::Key_Home);
        QVERIFY(toEnd->isVisible());
        toEnd->click();
        QVERIFY(m_transcript->isAtEnd());
        QVERIFY(!toEnd->isVisible());
    }

    void theLinesOfAQuestionStayLines()
    {
        const auto heightOf = [this](const Message &message) {
            m_transcript->setMessages({message});
            return QAccessible::queryAccessibleInterface(m_transcript.get())->child(0)->rect().height();
        };
        const QString lines = u"one\ntwo\nthree\nfour"_s;
        const int question = heightOf({.id = u"q"_s, .author = Author::User, .parts = {TextPart{lines}}});
        QVERIFY(question > heightOf(answer(u"1"_s, lines)) + 40);
        m_transcript->setMessages({{.id = u"q"_s, .author = Author::User, .parts = {TextPart{lines}}}});
        m_transcript->selectAll();
        QCOMPARE(m_transcript->selectedSource(), lines);
    }

    // --- selecting and copying ---

    void selectingAllCopiesTheSourceOfAllMessages()
    {
        const QString first = u"# Heading\n\nSome **bold** text and `code`."_s;
        const QString second = u"1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nls\n```"_s;
        m_transcript->setMessages({answer(u"1"_s, first), answer(u"2"_s, second)});
        press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_transcript->selectedSource(), first + u"\n\n"_s + second);
        press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), first + u"\n\n"_s + second);
        QVERIFY(QGuiApplication::clipboard()->mimeData()->html().contains(u"Heading"_s));
    }

    void theMouseSelectsAcrossMessages()
    {
        m_transcript->setMessages({answer(u"1"_s, u"first message"_s), answer(u"2"_s, u"second message"_s)});
        waitForPaint();
        QTest::mousePress(m_transcript->viewport(), Qt::LeftButton, {}, QPoint(22, 30));
        QTest::mouseMove(m_transcript->viewport(), QPoint(500, 110));
        QTest::mouseRelease(m_transcript->viewport(), Qt::LeftButton, {}, QPoint(500, 110));
        QCOMPARE(m_transcript->selectedSource(), u"first message\n\nsecond message"_s);
        press(Qt::Key_Escape);
        QVERIFY(!m_transcript->hasSelection());
    }

    void theKeyboardSelectsCharactersWordsAndLines()
    {
        m_transcript->setMessages({answer(u"1"_s, u"alpha beta gamma\n\nsecond paragraph"_s)});
        waitForPaint();
        press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_transcript->selectedSource(), u"a"_s);
        press(Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(m_transcript->selectedSource(), u"alpha"_s);
        press(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(m_transcript->selectedSource(), u"alph"_s);
        press(Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(m_transcript->selectedSource(), u"alpha beta gamma"_s);
        press(Qt::Key_Down, Qt::ShiftModifier);
        press(Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(m_transcript->selectedSource(), u"alpha beta gamma\n\nsecond paragraph"_s);
        press(Qt::Key_Home, Qt::ShiftModifier | Qt::ControlModifier);
        QVERIFY(!m_transcript->hasSelection());
    }

    void aDoubleClickSelectsAWord()
    {
        m_transcript->setMessages({answer(u"1"_s, u"word"_s)});
        waitForPaint();
        QTest::mouseDClick(m_transcript->viewport(), Qt::LeftButton, {}, QPoint(40, 34));
        QCOMPARE(m_transcript->selectedSource(), u"word"_s);
    }

    void copyingAPartOfARowGivesItsText()
    {
        m_transcript->setMessages({answer(u"1"_s, u"**bold** words"_s)});
        waitForPaint();
        press(Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(m_transcript->selectedSource(), u"bold"_s);
    }

    // --- finding ---

    void findingGoesThroughAllMessagesAndShowsThem()
    {
        m_transcript->setMessages(test::longConversation(3000));
        m_transcript->find(u"answer 1777"_s);
        QTRY_COMPARE(m_transcript->foundCount(), 1);
        m_transcript->findNext();
        waitForPaint();
        QCOMPARE(m_transcript->foundCurrent(), 0);
        QVERIFY(!m_transcript->isAtEnd());
        QVERIFY(hasMarkedRows());
        m_transcript->find({});
        QCOMPARE(m_transcript->foundCount(), 0);
    }

    void theFindBarGoesForwardAndBack()
    {
        m_transcript->setMessages({answer(u"1"_s, u"one two one"_s), answer(u"2"_s, u"**o**ne"_s)});
        press(Qt::Key_F, Qt::ControlModifier);
        auto *words = m_transcript->findChild<QLineEdit *>(u"findWords"_s);
        QVERIFY(words && words->isVisible());
        QTest::keyClicks(words, u"one"_s);
        QTRY_COMPARE(m_transcript->foundCount(), 3);
        QTest::keyClick(words, Qt::Key_Return);
        QTest::keyClick(words, Qt::Key_Return);
        QTest::keyClick(words, Qt::Key_Return);
        QCOMPARE(m_transcript->foundCurrent(), 2);
        QTest::keyClick(words, Qt::Key_Return);
        QCOMPARE(m_transcript->foundCurrent(), 0);
        QTest::keyClick(words, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_transcript->foundCurrent(), 2);
        QTest::keyClick(words, Qt::Key_Escape);
        QVERIFY(!words->isVisible());
        QCOMPARE(m_transcript->foundCount(), 0);
    }

    void whatIsWrittenLaterIsFoundToo()
    {
        m_transcript->append(answer(u"open"_s, u"nothing yet"_s, true));
        m_transcript->find(u"needle"_s);
        QTRY_COMPARE(m_transcript->foundCount(), 0);
        m_transcript->appendText(u"open"_s, u" but now a needle comes"_s);
        QTRY_COMPARE(m_transcript->foundCount(), 1);
    }

    // --- what can be done ---

    void everyTargetIsReachedByKeyboard()
    {
        m_transcript->resize(900, 1400);
        m_transcript->setMessages(test::sampleRun());
        waitForPaint();
        QSignalSpy approvals(m_transcript.get(), &Transcript::approvalGiven);
        QSignalSpy citations(m_transcript.get(), &Transcript::citationActivated);
        QSignalSpy sources(m_transcript.get(), &Transcript::sourceActivated);
        QSignalSpy errors(m_transcript.get(), &Transcript::errorActionChosen);
        for (int i = 0; i < 40 && errors.isEmpty(); ++i) {
            press(Qt::Key_Tab);
            press(Qt::Key_Return);
        }
        QCOMPARE(approvals.size(), 3);
        QCOMPARE(approvals.first(), QVariantList({u"a2"_s, u"ok"_s, u"once"_s}));
        QCOMPARE(citations.size(), 2);
        QCOMPARE(citations.last().at(1).toString(), u"2"_s);
        QCOMPARE(sources.size(), 2);
        QCOMPARE(errors.size(), 1);
    }

    void linksGoOnlyWhereTheySayAndOnlyByTheUser()
    {
        m_transcript->setMessages(
            {answer(u"1"_s, u"[one](https://example.org/x) [two](javascript:alert(1)) [three](file:///etc/passwd) "
                            "![four](http://example.org/pixel.png)"_s)});
        waitForPaint();
        QSignalSpy links(m_transcript.get(), &Transcript::linkActivated);
        QCOMPARE(links.size(), 0);
        for (int i = 0; i < 4; ++i) {
            press(Qt::Key_Tab);
            press(Qt::Key_Return);
        }
        QCOMPARE(links.size(), 3); // but not the script
        QCOMPARE(links[0][0].toUrl(), QUrl(u"https://example.org/x"_s));
        QCOMPARE(links[2][0].toUrl(), QUrl(u"http://example.org/pixel.png"_s));
    }

    void codeIsCopiedSavedAndWrappedWhole()
    {
        QString code = u"int x = 0;\n"_s.repeated(100);
        code.chop(1);
        m_transcript->setMessages({answer(u"1"_s, u"```cpp\n"_s + code + u"\n```"_s)});
        m_transcript->scrollToMessage(u"1"_s);
        waitForPaint();
        QSignalSpy saved(m_transcript.get(), &Transcript::saveCodeAsked);
        press(Qt::Key_Tab);
        press(Qt::Key_Return);
        QCOMPARE(QGuiApplication::clipboard()->text(), code);
        press(Qt::Key_Tab);
        press(Qt::Key_Return);
        QCOMPARE(saved.size(), 1);
        QCOMPARE(saved.first(), QVariantList({code, u"cpp"_s}));
    }

    void picturesComeFromFilesAlone()
    {
        const QTemporaryDir folder;
        QImage red(60, 40, QImage::Format_RGB32);
        red.fill(Qt::red);
        const QString path = folder.filePath(u"red.png"_s);
        QVERIFY(red.save(path));
        m_transcript->setMessages({answer(u"1"_s, u"![a red field](%1)"_s.arg(QUrl::fromLocalFile(path).toString()))});
        const auto isRed = [this] { return readingArea().pixelColor(40, 40) == QColor(Qt::red); };
        QTRY_VERIFY(isRed());
        m_transcript->setMessages({answer(u"1"_s, u"![a field](http://127.0.0.1:1/red.png)"_s)});
        QTest::qWait(50);
        QVERIFY(!isRed());
    }

    void longCodeWrapsWhenAsked()
    {
        m_transcript->setMessages({answer(u"1"_s, u"```\n"_s + u"word "_s.repeated(200) + u"\n```"_s)});
        const int before = m_transcript->verticalScrollBar()->maximum();
        QCOMPARE(before, 0);
        waitForPaint();
        for (int i = 0; i < 3; ++i)
            press(Qt::Key_Tab);
        const QImage unwrapped = pictureOf(*m_transcript);
        press(Qt::Key_Return);
        QVERIFY(pictureOf(*m_transcript) != unwrapped);
    }

    void wideCodeIsScrolledByKeyboard()
    {
        m_transcript->setMessages({answer(u"1"_s, u"```\n"_s + u"word "_s.repeated(100) + u"\n```"_s)});
        waitForPaint();
        press(Qt::Key_Tab);
        const QImage before = readingArea();
        press(Qt::Key_Right);
        QVERIFY(readingArea() != before);
        press(Qt::Key_Left);
        QCOMPARE(readingArea(), before);
    }

    void codeGetsItsColours()
    {
        m_transcript->setMessages({answer(u"1"_s, u"```python\nimport json\n```"_s)});
        waitForPaint();
        const QImage plain = pictureOf(*m_transcript);
        QTRY_VERIFY_WITH_TIMEOUT(pictureOf(*m_transcript) != plain, 5000);
    }

    void reasoningFoldsAndUnfolds()
    {
        Message message{.id = u"1"_s, .parts = {ReasoningPart{u"a hidden thought"_s, {}}}};
        m_transcript->setMessages({message});
        m_transcript->selectAll();
        QVERIFY(!m_transcript->selectedSource().contains(u"hidden"_s));
        m_transcript->setFolded(u"1"_s, 0, false);
        m_transcript->selectAll();
        QVERIFY(m_transcript->selectedSource().contains(u"a hidden thought"_s));
    }

    void partsFollowTheTextAsTheyCome()
    {
        m_transcript->append({.id = u"1"_s, .isOpen = true});
        m_transcript->appendReasoning(u"1"_s, u"hm"_s);
        m_transcript->setPart(u"1"_s, 0, ReasoningPart{u"hm"_s, std::chrono::milliseconds(1500)});
        m_transcript->appendText(u"1"_s, u"I look it up."_s);
        m_transcript->setPart(u"1"_s, 2, ToolPart{.id = u"t"_s, .name = u"search"_s});
        m_transcript->appendText(u"1"_s, u"Found **it**."_s);
        m_transcript->setPart(u"1"_s, 2, ToolPart{.id = u"t"_s, .name = u"search"_s, .state = ToolPart::Done});
        m_transcript->appendText(u"1"_s, u" Really."_s);
        m_transcript->finish(u"1"_s);
        m_transcript->selectAll();
        QCOMPARE(m_transcript->selectedSource(),
                 u"Thought for 1.5 s\n\nI look it up.\n\nsearch\n\nFound **it**. Really."_s);
    }

    void marksOfSourcesLiveOnceTheSourcesHaveCome()
    {
        m_transcript->append({.id = u"1"_s, .isOpen = true});
        m_transcript->appendText(u"1"_s, u"So it is [2]."_s);
        m_transcript->setPart(u"1"_s, 1, FactsPart{{u"fact"_s}});
        m_transcript->finish(u"1"_s);
        QSignalSpy citations(m_transcript.get(), &Transcript::citationActivated);
        press(Qt::Key_Tab);
        press(Qt::Key_Return);
        QCOMPARE(citations.size(), 0);
        m_transcript->setPart(u"1"_s, 2, SourcesPart{{{u"2"_s, u"a.pdf"_s, {}, {}}}});
        waitForPaint();
        m_transcript->setFocus();
        press(Qt::Key_Tab);
        press(Qt::Key_Return);
        QCOMPARE(citations.size(), 1);
        QCOMPARE(citations.first(), QVariantList({u"1"_s, u"2"_s}));
    }

    void messagesAreReplacedAndRemoved()
    {
        m_transcript->setMessages({answer(u"1"_s, u"one"_s), answer(u"2"_s, u"two"_s), answer(u"3"_s, u"three"_s)});
        m_transcript->setMessage(answer(u"2"_s, u"second"_s));
        m_transcript->removeFrom(u"3"_s);
        QCOMPARE(m_transcript->count(), 2);
        m_transcript->appendText(u"3"_s, u"ignored"_s);
        m_transcript->selectAll();
        QCOMPARE(m_transcript->selectedSource(), u"one\n\nsecond"_s);
        m_transcript->clear();
        QCOMPARE(m_transcript->count(), 0);
        QVERIFY(!m_transcript->hasSelection());
    }

    void theMenuOffersWhatAMessageCanDo()
    {
        Message message = answer(u"1"_s, u"words"_s);
        message.actions = {{u"again"_s, u"Write again"_s}};
        m_transcript->setMessages({message});
        waitForPaint();
        QSignalSpy chosen(m_transcript.get(), &Transcript::actionChosen);
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(40, 34),
                                m_transcript->viewport()->mapToGlobal(QPoint(40, 34)));
        QCoreApplication::sendEvent(m_transcript->viewport(), &event);
        auto *menu = m_transcript->findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        const QList<QAction *> actions = menu->actions();
        const auto action = std::ranges::find(actions, u"Write again"_s, &QAction::text);
        QVERIFY(action != actions.end());
        (*action)->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first(), QVariantList({u"1"_s, u"again"_s}));
        menu->close();
    }

    void zoomChangesTheSizeAndKeepsThePlace()
    {
        m_transcript->setMessages(test::longConversation(100));
        m_transcript->scrollToMessage(u"m40"_s);
        const int before = m_transcript->verticalScrollBar()->maximum();
        press(Qt::Key_Plus, Qt::ControlModifier);
        press(Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(m_transcript->zoom() > 1.15);
        QVERIFY(m_transcript->verticalScrollBar()->maximum() > before);
        press(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_transcript->zoom(), 1.0);
        m_transcript->setZoom(17);
        QCOMPARE(m_transcript->zoom(), 3.0);
    }

    void arabicStandsAtTheRight()
    {
        m_transcript->setMessages({answer(u"1"_s, u"مرحبا"_s)});
        waitForPaint();
        const QImage image = pictureOf(*m_transcript->viewport());
        const QColor ground = image.pixelColor(2, 2);
        const auto hasInk = [&](int from, int to) {
            for (int x = from; x < to; ++x) {
                for (int y = 22; y < 45; ++y) {
                    if (image.pixelColor(x, y) != ground)
                        return true;
                }
            }
            return false;
        };
        QVERIFY(!hasInk(20, image.width() / 2));
        QVERIFY(hasInk(image.width() / 2, image.width() - 20));
    }

    // --- for those who cannot see it ---

    void aScreenReaderReadsMessagesAsTexts()
    {
        m_transcript->setMessages({{.id = u"q"_s, .author = Author::User, .parts = {TextPart{u"a question"_s}}},
                                   answer(u"1"_s, u"# Title\n\nfirst *word* second"_s)});
        waitForPaint();
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_transcript.get());
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 2);
        QCOMPARE(list->child(0)->text(QAccessible::Name), u"You"_s);
        QAccessibleInterface *message = list->child(1);
        QCOMPARE(message->text(QAccessible::Name), u"Answer"_s);
        QCOMPARE(message->parent(), list);
        QCOMPARE(list->indexOfChild(message), 1);
        QAccessibleTextInterface *text = message->textInterface();
        QVERIFY(text);
        QCOMPARE(text->text(0, text->characterCount()), u"Title\nfirst word second"_s);
        int start = 0;
        int end = 0;
        QCOMPARE(text->textAtOffset(13, QAccessible::WordBoundary, &start, &end), u"word"_s);
        QCOMPARE(start, 12);
        const QRect w = text->characterRect(12);
        QVERIFY(w.width() > 3 && w.height() > 8);
        QVERIFY(message->rect().contains(w.center()));
        QCOMPARE(text->offsetAtPoint(QPoint(w.left() + 1, w.center().y())), 12);
        QCOMPARE(list->childAt(w.center().x(), w.center().y()), message);
        text->setSelection(0, 6, 11);
        QCOMPARE(m_transcript->selectedSource(), u"first"_s);
        QCOMPARE(text->selectionCount(), 1);
        text->selection(0, &start, &end);
        QCOMPARE(std::pair(start, end), std::pair(6, 11));
        QCOMPARE(text->cursorPosition(), 11);
    }

    void aScreenReaderFollowsAnAnswerThatGrows()
    {
        m_transcript->append(answer(u"open"_s, u"one"_s, true));
        QAccessibleInterface *message = QAccessible::queryAccessibleInterface(m_transcript.get())->child(0);
        QVERIFY(message->state().busy);
        m_transcript->appendText(u"open"_s, u" two"_s);
        m_transcript->finish(u"open"_s);
        QVERIFY(!message->state().busy);
        QCOMPARE(message->textInterface()->text(0, -1), u"one two"_s);
        m_transcript->clear();
        QVERIFY(!message->isValid());
    }

    void hostileMarkdownIsShown_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::newRow("nested quotes") << QString(50'000, u'>') + u" x"_s;
        QTest::newRow("a line of 5 MB") << u"word "_s.repeated(1'000'000);
        QTest::newRow("a word of 1 MB") << QString(1'000'000, u'x');
        QTest::newRow("back-ticks") << QString(1'000'000, u'`');
        QTest::newRow("links") << u"[a](https://example.org/x) "_s.repeated(10'000);
        QTest::newRow("bidi") << u"\u202E\u2066\u200B\u200F"_s.repeated(5000) + u"end"_s;
        QTest::newRow("combining") << u"a"_s + QString(20'000, u'\u0301');
        QTest::newRow("code in a line") << u"```\n"_s + QString(500'000, u'x') + u"\n```"_s;
        QTest::newRow("wide table") << u"|a"_s.repeated(500) + u"|\n"_s + u"|-"_s.repeated(500) + u"|\n"_s;
    }
    void hostileMarkdownIsShown()
    {
        QFETCH(QString, markdown);
        m_transcript->append(answer(u"1"_s, {}, true));
        for (qsizetype i = 0; i < markdown.size(); i += markdown.size() / 4 + 1) {
            m_transcript->appendText(u"1"_s,
                                     markdown.sliced(i, std::min(markdown.size() / 4 + 1, markdown.size() - i)));
            waitForFrame();
        }
        m_transcript->finish(u"1"_s);
        waitForPaint();
        press(Qt::Key_Home);
        m_transcript->resize(500, 600);
        waitForPaint();
        m_transcript->selectAll();
        QVERIFY(pictureOf(*m_transcript).height() > 0);
    }

private:
    void waitForPaint()
    {
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
    }

    /// Pixels that are not the same; round corners that are cut at an edge are drawn a little otherwise.
    static int differences(const QImage &a, const QImage &b)
    {
        int count = 0;
        for (int y = 0; y < a.height(); ++y) {
            for (int x = 0; x < a.width(); ++x)
                count += a.pixel(x, y) != b.pixel(x, y);
        }
        return count;
    }

    /// Until the colours of code have come, from another thread.
    void waitForColours()
    {
        for (QImage last; last != readingArea(); QTest::qWait(200))
            last = readingArea();
    }

    /// What is in the window but for the scroll bar.
    QImage readingArea() { return m_transcript->viewport()->grab().toImage(); }

    /// Whether something is marked as found.
    bool hasMarkedRows()
    {
        const QImage image = readingArea();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); x += 2) {
                const QColor color = image.pixelColor(x, y);
                if (color.red() > 200 && color.red() - color.blue() > 60)
                    return true;
            }
        }
        return false;
    }
};

QTEST_MAIN(TestTranscript)
#include "tst_transcript.moc"
